package bucket_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"sluice/internal/bucket"
	"sluice/internal/fault"
)

// completion is one of an upload that may be changed.
func completion(u *bucket.Upload, named []bucket.Named) bucket.Completion {
	return bucket.Completion{Place: home, Key: u.Key, Upload: u.ID, Parts: named}
}

func TestCompletionAsksBeforeItRecords(t *testing.T) {
	b := newBench(t)
	u, named := b.upload("k", "x")
	no := errors.New("no")
	c := completion(u, named)
	c.Verify = func(o *bucket.Object) error {
		if o.Size != 1 || o.Key != "k" {
			t.Errorf("asked about %+v", o)
		}
		return no
	}
	if _, err := b.Complete(t.Context(), c); !errors.Is(err, no) {
		t.Errorf("%v", err)
	}
	b.wantNone("k", "", fault.NotFound, "object")
	c.Verify = nil
	if _, err := b.Complete(t.Context(), c); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestConditionsOfCompletion(t *testing.T) {
	for name, tt := range map[string]struct {
		before    func(b *bench)
		condition bucket.Condition
		noun      string // of the refusal; empty for none
	}{
		"absent, and it is":     {func(*bench) {}, bucket.Condition{Absent: true}, ""},
		"absent, and it is not": {func(b *bench) { b.put("k", "y") }, bucket.Condition{Absent: true}, "absence"},
		"another ETag":          {func(b *bench) { b.put("k", "y") }, bucket.Condition{ETag: "other"}, "etag"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			tt.before(b)
			u, named := b.upload("k", "x")
			c := completion(u, named)
			c.Condition = tt.condition
			_, err := b.Complete(t.Context(), c)
			if tt.noun == "" {
				mustDo(b, err)
				b.want("k", "", "x")
				return
			}
			wantFault(t, err, fault.Precondition, tt.noun)
			if _, err := b.FindUpload(t.Context(), home, "k", u.ID); err != nil {
				t.Errorf("the upload after the refusal: %v", err)
			}
		})
	}
}

// A part may be replaced while a completion computes its checksum. What is recorded must not be a mixture.
func TestAPartThatIsReplacedDuringCompletion(t *testing.T) {
	b := newBench(t)
	u, named := b.upload("k", "x")
	c := completion(u, named)
	c.Verify = func(*bucket.Object) error { b.parts(u, "other"); return nil }
	_, err := b.Complete(t.Context(), c)
	wantFault(t, err, fault.Invalid, "part")
	b.wantNone("k", "", fault.NotFound, "object")
}

// A part that was put again with the same content is the same.
func TestAPartThatIsPutAgainDuringCompletion(t *testing.T) {
	b := newBench(t)
	u, named := b.upload("k", "x")
	c := completion(u, named)
	c.Verify = func(*bucket.Object) error { b.parts(u, "x"); return nil }
	if _, err := b.Complete(t.Context(), c); err != nil {
		t.Error(err)
	}
	b.want("k", "", "x")
}

func TestAnUploadThatIsAbortedDuringCompletion(t *testing.T) {
	b := newBench(t)
	u, named := b.upload("k", "x")
	c := completion(u, named)
	c.Verify = func(*bucket.Object) error { return b.Abort(t.Context(), home, "k", u.ID) }
	_, err := b.Complete(t.Context(), c)
	wantFault(t, err, fault.NotFound, "upload")
	b.wantNone("k", "", fault.NotFound, "object")
}

// Whoever completes again gets the object, unless another has taken its key since.
func TestCompletingAgain(t *testing.T) {
	b := newBench(t)
	u, named := b.upload("k", "x")
	_, err := b.complete(u, named)
	mustDo(b, err)
	b.put("k", "another")
	_, err = b.complete(u, named)
	wantFault(t, err, fault.NotFound, "upload")
}

func TestCompletionKeepsWhatTheUploadSaid(t *testing.T) {
	b := newBench(t)
	u, err := b.Begin(t.Context(), home, bucket.Upload{Key: "k", Labels: bucket.Labels{
		Headers: map[string]string{"Content-Type": "text/plain"}, Metadata: map[string]string{"a": "b"}, Tags: map[string]string{"t": "v"},
	}})
	mustDo(b, err)
	o, err := b.complete(u, b.parts(u, "x"))
	mustDo(b, err)
	if o.Headers["Content-Type"] != "text/plain" || o.Metadata["a"] != "b" || o.Tags["t"] != "v" || o.Uploaded != u.ID {
		t.Errorf("%+v", o)
	}
}

// The checksum of a whole is read from all its parts; a part that is lost fails the completion, and the upload stays.
func TestAPartThatIsLost(t *testing.T) {
	b := newBench(t)
	u, err := b.Begin(t.Context(), home, bucket.Upload{Key: "k", Algorithm: bucket.CRC32C, Whole: true})
	mustDo(b, err)
	named := b.parts(u, whole("a"), "x")
	b.blobs.lose("x")
	_, err = b.complete(u, named)
	wantFault(t, err, fault.Internal, "blob")
	if _, err := b.FindUpload(t.Context(), home, "k", u.ID); err != nil {
		t.Errorf("the upload: %v", err)
	}
}

// An ETag is the MD5 of the parts' MD5s, as clients compute it to compare: here of two parts, "aaa…" and "b".
func TestTheETagOfParts(t *testing.T) {
	b := newBench(t)
	u, named := b.upload("k", whole("a"), "b")
	o, err := b.complete(u, []bucket.Named{{Number: 1, ETag: `"` + named[0].ETag + `"`}, named[1]})
	if err != nil || o.ETag != "e5a8c5272b26fc10581a21089559b006-2" {
		t.Errorf("%+v, %v", o, err)
	}
}

func TestPartsOfWhatIsNotThere(t *testing.T) {
	b := newBench(t)
	u, _ := b.upload("k")
	gone := home
	gone.Bucket = "gone"
	for name, call := range map[string]func(ctx context.Context) error{
		"a part": func(ctx context.Context) error {
			_, err := b.PutPart(ctx, gone, "k", u.ID, 1, bucket.Body{From: strings.NewReader("x")})
			return err
		},
		"an upload": func(ctx context.Context) error {
			_, err := b.Begin(ctx, gone, bucket.Upload{Key: "k"})
			return err
		},
		"a completion": func(ctx context.Context) error {
			c := completion(u, nil)
			c.Place = gone
			_, err := b.Complete(ctx, c)
			return err
		},
		"a list": func(ctx context.Context) error { _, err := b.Uploads(ctx, gone, bucket.Listing{Max: 1}); return err },
	} {
		t.Run(name, func(t *testing.T) { wantFault(t, call(t.Context()), fault.NotFound, "bucket") })
	}
}
