package bucket_test

import (
	"errors"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"

	"sluice/internal/bucket"
	"sluice/internal/fault"
)

func TestPutTellsWhatItKeeps(t *testing.T) {
	b := newBench(t)
	d := draft("k", "abc")
	d.Body.Algorithm = bucket.CRC32
	d.Labels = bucket.Labels{Headers: map[string]string{"Content-Type": "text/plain"}, Metadata: map[string]string{"a": "b"}, Tags: map[string]string{"t": "v"}}
	made, err := b.Put(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	o, err := b.Head(t.Context(), home, "k", "")
	if err != nil || o.ETag != "900150983cd24fb0d6963f7d28e17f72" || o.Size != 3 || o.Checksum.Value != "NSRBwg==" {
		t.Errorf("%+v, %v", o, err)
	}
	if o.Headers["Content-Type"] != "text/plain" || o.Metadata["a"] != "b" || o.Tags["t"] != "v" || !o.Modified.Equal(made.Modified) {
		t.Errorf("%+v", o)
	}
}

func TestAFailedPutKeepsNothing(t *testing.T) {
	broken := errors.New("connection reset")
	for name, change := range map[string]func(*bucket.Draft){
		"a broken body":     func(d *bucket.Draft) { d.Body.From = io.MultiReader(strings.NewReader("a"), iotest.ErrReader(broken)) },
		"a body of another": func(d *bucket.Draft) { d.Body.Verify = func(bucket.Sums) error { return broken } },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			d := draft("k", "abc")
			change(&d)
			if _, err := b.Put(t.Context(), d); !errors.Is(err, broken) {
				t.Errorf("%v", err)
			}
			b.wantNone("k", "", fault.NotFound, "object")
			if len(b.blobs.kept) != 0 {
				t.Errorf("%d blobs are kept", len(b.blobs.kept))
			}
		})
	}
}

func TestConditionsOfWriting(t *testing.T) {
	b := newBench(t)
	etag := b.put("there", "x").ETag
	for name, tt := range map[string]struct {
		key       string
		condition bucket.Condition
		kind      fault.Kind
		noun      string
	}{
		"absent":               {"new1", bucket.Condition{Absent: true}, 0, ""},
		"not absent":           {"there", bucket.Condition{Absent: true}, fault.Precondition, "absence"},
		"another":              {"there", bucket.Condition{ETag: "y"}, fault.Precondition, "etag"},
		"the same":             {"there", bucket.Condition{ETag: etag}, 0, ""},
		"something of nothing": {"new2", bucket.Condition{ETag: etag}, fault.NotFound, "object"},
	} {
		t.Run(name, func(t *testing.T) {
			d := draft(tt.key, "x")
			d.Condition = tt.condition
			_, err := b.Put(t.Context(), d)
			if tt.kind == 0 {
				if err != nil {
					t.Error(err)
				}
				return
			}
			wantFault(t, err, tt.kind, tt.noun)
		})
	}
}

func TestOfManyWhoWriteAnAbsentKeyOneSucceeds(t *testing.T) {
	b := newBench(t)
	var made atomic.Int32
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			d := draft("k", strings.Repeat("x", i))
			d.Condition.Absent = true
			_, err := b.Put(t.Context(), d)
			if err == nil {
				made.Add(1)
			} else if !fault.Is(err, fault.Precondition, "absence") {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if made.Load() != 1 {
		t.Errorf("%d succeeded", made.Load())
	}
}

func TestPlaces(t *testing.T) {
	b := newBench(t)
	missing, foreign, elsewhere := home, home, home
	missing.Bucket, foreign.Account, elsewhere.Region = "none", "111111111111", "eu-west-1"
	for _, tt := range []struct {
		place bucket.Place
		kind  fault.Kind
		noun  string
	}{
		{missing, fault.NotFound, "bucket"}, {foreign, fault.Denied, "bucket"}, {elsewhere, fault.Invalid, "region"},
	} {
		d := draft("k", "x")
		d.Place = tt.place
		_, err := b.Put(t.Context(), d)
		wantFault(t, err, tt.kind, tt.noun)
		_, err = b.Head(t.Context(), tt.place, "k", "")
		wantFault(t, err, tt.kind, tt.noun)
		_, err = b.List(t.Context(), tt.place, bucket.Listing{Max: 1})
		wantFault(t, err, tt.kind, tt.noun)
	}
	if _, err := b.Find(t.Context(), bucket.Place{Scope: home.Scope, Bucket: "home"}); err != nil {
		t.Error(err)
	}
}

func TestBuckets(t *testing.T) {
	b := newBench(t)
	wantFault(t, b.Create(t.Context(), home, nil), fault.Conflict, "own bucket")
	foreign := home
	foreign.Account = "111111111111"
	wantFault(t, b.Create(t.Context(), foreign, nil), fault.Conflict, "bucket")
	bad := home
	bad.Bucket = "Bad"
	wantFault(t, b.Create(t.Context(), bad, nil), fault.Invalid, "bucket name")
	other := home
	other.Bucket = "other"
	b.create(other)
	if found, err := b.Buckets(t.Context(), bucket.Search{Account: home.Account, After: "home"}); err != nil || len(found) != 1 || found[0].Name != "other" {
		t.Errorf("%v, %v", found, err)
	}
	b.put("k", "x")
	wantFault(t, b.Delete(t.Context(), home), fault.Conflict, "contents")
	b.delete("k", "")
	b.upload("left", "part")
	if err := b.Delete(t.Context(), home); err != nil {
		t.Error(err)
	}
	if b.Exists(t.Context(), "home") || !b.Exists(t.Context(), "other") {
		t.Error("the wrong bucket is gone")
	}
}

func TestSettingsAreAmendedOrLeft(t *testing.T) {
	b := newBench(t)
	broken := errors.New("broken")
	for _, step := range []struct {
		add  string
		err  error
		kept string
	}{{"a", nil, "a"}, {"b", nil, "ab"}, {"c", broken, "ab"}} {
		err := b.Amend(t.Context(), home, "policy", func(document string) (string, error) { return document + step.add, step.err })
		found, findErr := b.Find(t.Context(), home)
		if !errors.Is(err, step.err) || findErr != nil || found.Settings["policy"] != step.kept {
			t.Errorf("adding %s: %v, %v; %+v", step.add, err, findErr, found)
		}
	}
}

func TestSettingsAreKeptAndDeleted(t *testing.T) {
	b := newBench(t)
	for _, document := range []string{"<a/>", "<b/>", ""} {
		if err := b.Set(t.Context(), home, "policy", document); err != nil {
			t.Fatal(err)
		}
		if found, err := b.Find(t.Context(), home); err != nil || found.Settings["policy"] != document {
			t.Errorf("%+v, %v", found, err)
		}
	}
}
