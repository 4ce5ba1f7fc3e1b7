package bucket_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"sluice/internal/bucket"
	"sluice/internal/fault"
)

func TestPartsBecomeAnObject(t *testing.T) {
	b := newBench(t)
	u, named := b.upload("k", whole("a"), whole("b"), "c")
	o, err := b.complete(u, named)
	if err != nil {
		t.Fatal(err)
	}
	if o.Size != 2*bucket.MinPartSize+1 || !strings.HasSuffix(o.ETag, "-3") || len(o.PartSizes()) != 3 {
		t.Errorf("%d bytes, ETag %s, parts %v", o.Size, o.ETag, o.PartSizes())
	}
	b.want("k", "", whole("a")+whole("b")+"c")
	again, err := b.complete(u, named)
	if err != nil || again.ETag != o.ETag {
		t.Errorf("the second time: %+v, %v", again, err)
	}
	_, _, err = b.Parts(t.Context(), home, "k", u.ID, 0, 0)
	wantFault(t, err, fault.NotFound, "upload")
}

func TestWhoIsSecondToCompleteGetsTheSameObject(t *testing.T) {
	b := newBench(t)
	u, named := b.upload("k", whole("a"), "b")
	c := bucket.Completion{Place: home, Key: "k", Upload: u.ID, Parts: named}
	var first *bucket.Object
	c.Verify = func(*bucket.Object) (err error) { // between the look at the parts and the record
		first, err = b.complete(u, named)
		return err
	}
	second, err := b.Complete(t.Context(), c)
	if err != nil || second.ETag != first.ETag {
		t.Errorf("%+v, %v; the first got %+v", second, err, first)
	}
}

func TestWhoCompletesWhatIsJustGivenUpIsTold(t *testing.T) {
	b := newBench(t)
	b.put("k", "another upload's")
	u, named := b.upload("k", whole("a"), "b")
	c := bucket.Completion{Place: home, Key: "k", Upload: u.ID, Parts: named}
	c.Verify = func(*bucket.Object) error { return b.Abort(t.Context(), home, "k", u.ID) }
	_, err := b.Complete(t.Context(), c)
	wantFault(t, err, fault.NotFound, "upload")
}

func TestContentIsReadFromAnywhere(t *testing.T) {
	b := newBench(t)
	u, named := b.upload("k", whole("a"), whole("b"), "cd")
	if _, err := b.complete(u, named); err != nil {
		t.Fatal(err)
	}
	_, c, err := b.Open(t.Context(), home, "k", "")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, tt := range []struct {
		offset, length int64
		want           string
	}{
		{0, 2, "aa"}, {bucket.MinPartSize - 1, 2, "ab"}, {2*bucket.MinPartSize - 1, 3, "bcd"}, {2*bucket.MinPartSize + 1, 9, "d"}, {c.Size(), 3, ""},
	} {
		got, err := io.ReadAll(c.Section(tt.offset, tt.length))
		if err != nil || string(got) != tt.want {
			t.Errorf("from %d: %q, %v; want %q", tt.offset, got, err, tt.want)
		}
	}
	if err := iotest.TestReader(io.NewSectionReader(c, bucket.MinPartSize-5, bucket.MinPartSize+7), []byte("aaaaa"+whole("b")+"cd")); err != nil {
		t.Error(err)
	}
	if _, err := c.ReadAt(make([]byte, 1), -1); err == nil {
		t.Error("read before the beginning")
	}
}

func TestCompletionsThatAreRefused(t *testing.T) {
	b := newBench(t)
	u, named := b.upload("k", whole("a"), "b")
	small, few := b.upload("small", "a", "b")
	wrong := []bucket.Named{named[0], {Number: 2, ETag: "other"}}
	sum := []bucket.Named{named[0], {Number: 2, ETag: named[1].ETag, Checksum: &bucket.Checksum{Value: "x"}}}
	for name, tt := range map[string]struct {
		upload *bucket.Upload
		parts  []bucket.Named
		kind   fault.Kind
		noun   string
	}{
		"no parts":          {u, nil, fault.Invalid, "parts"},
		"another order":     {u, []bucket.Named{named[1], named[0]}, fault.Invalid, "part order"},
		"a part twice":      {u, []bucket.Named{named[0], named[0]}, fault.Invalid, "part order"},
		"a part of another": {u, wrong, fault.Invalid, "part"},
		"a part with a sum": {u, sum, fault.Invalid, "part"},
		"a part too many":   {u, append(named[:2:2], bucket.Named{Number: 3, ETag: "x"}), fault.Invalid, "part"},
		"parts too small":   {small, few, fault.Invalid, "part size"},
		"no upload":         {&bucket.Upload{Key: "k", ID: "none"}, named, fault.NotFound, "upload"},
		"another key's":     {&bucket.Upload{Key: "other", ID: u.ID}, named, fault.NotFound, "upload"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.complete(tt.upload, tt.parts)
			wantFault(t, err, tt.kind, tt.noun)
		})
	}
	if _, err := b.complete(u, named); err != nil {
		t.Errorf("after all refusals: %v", err)
	}
}

func TestAPartIsReplacedAndOthersAreLeftOut(t *testing.T) {
	b := newBench(t)
	u, _ := b.upload("k", whole("a"), "left out")
	named := b.parts(u, "new")
	if _, err := b.complete(u, named); err != nil {
		t.Fatal(err)
	}
	b.want("k", "", "new")
}

func TestAnAbortedUploadIsGone(t *testing.T) {
	b := newBench(t)
	u, named := b.upload("k", "a")
	if err := b.Abort(t.Context(), home, "k", u.ID); err != nil {
		t.Fatal(err)
	}
	_, err := b.complete(u, named)
	wantFault(t, err, fault.NotFound, "upload")
	wantFault(t, b.Abort(t.Context(), home, "k", u.ID), fault.NotFound, "upload")
	_, err = b.PutPart(t.Context(), home, "k", u.ID, 1, bucket.Body{From: strings.NewReader("x")})
	wantFault(t, err, fault.NotFound, "upload")
}

func TestChecksumsOfUploads(t *testing.T) {
	first, second := bucket.CRC32.Of([]byte(whole("a"))), bucket.CRC32.Of([]byte("b"))
	both := append(decoded(t, first.Value), decoded(t, second.Value)...)
	for name, tt := range map[string]struct {
		whole bool
		want  bucket.Checksum
	}{
		"over the content":   {true, bucket.CRC32.Of([]byte(whole("a") + "b"))},
		"over the checksums": {false, bucket.Checksum{Algorithm: bucket.CRC32, Value: bucket.CRC32.Of(both).Value + "-2", Composite: true}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			u, err := b.Begin(t.Context(), home, bucket.Upload{Key: "k", Algorithm: bucket.CRC32, Whole: tt.whole})
			if err != nil {
				t.Fatal(err)
			}
			if o, err := b.complete(u, b.parts(u, whole("a"), "b")); err != nil || o.Checksum != tt.want {
				t.Errorf("%+v, %v; want %+v", o, err, tt.want)
			}
		})
	}
}

func decoded(t *testing.T, text string) []byte {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// The check values are those of the CRC catalogue for "123456789", and of FIPS 180-4 for "abc".
func TestAlgorithms(t *testing.T) {
	for a, tt := range map[bucket.Algorithm]struct{ content, want string }{
		bucket.CRC32: {"123456789", "y/Q5Jg=="}, bucket.CRC32C: {"123456789", "4waSgw=="}, bucket.CRC64NVME: {"123456789", "rosUhgp5mIg="},
		bucket.SHA1: {"abc", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="}, bucket.SHA256: {"abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="},
	} {
		if got := a.Of([]byte(tt.content)); got.Value != tt.want || len(decoded(t, got.Value)) != a.Size() {
			t.Errorf("%s of %q is %s, want %s", a, tt.content, got.Value, tt.want)
		}
	}
}

func TestACopiedPart(t *testing.T) {
	b := newBench(t)
	b.put("from", "0123456789")
	u, _ := b.upload("k")
	from := bucket.Source{Place: home, Key: "from"}
	part, _, err := b.CopyPart(t.Context(), home, "k", u.ID, 1, from, func(size int64) (int64, int64, error) { return 2, size - 4, nil })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.complete(u, []bucket.Named{{Number: 1, ETag: part.ETag}}); err != nil {
		t.Fatal(err)
	}
	b.want("k", "", "234567")
	no := errors.New("no")
	_, _, err = b.CopyPart(t.Context(), home, "k", u.ID, 1, from, func(int64) (int64, int64, error) { return 0, 0, no })
	if !errors.Is(err, no) {
		t.Errorf("%v", err)
	}
}

func TestUploadsAreListedByKeyAndID(t *testing.T) {
	b := newBench(t)
	var want []string
	for _, key := range []string{"a", "a", "b", "c/1", "c/2"} {
		u, _ := b.upload(key)
		want = append(want, u.ID)
	}
	for size := 1; size <= 6; size++ {
		l, got := bucket.Listing{Max: size}, map[string]bool{}
		for {
			page, err := b.Uploads(t.Context(), home, l)
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range page.Entries {
				if got[u.ID] {
					t.Errorf("%s is there twice", u.ID)
				}
				got[u.ID] = true
			}
			if !page.Truncated {
				break
			}
			l.After, l.Version = page.Next, page.NextVersion
		}
		if len(got) != len(want) {
			t.Errorf("pages of %d show %d uploads", size, len(got))
		}
	}
	page, err := b.Uploads(t.Context(), home, bucket.Listing{Max: 9, Delimiter: "/", Prefix: "c"})
	if err != nil || fmt.Sprint(page.Prefixes) != "[c/]" || len(page.Entries) != 0 {
		t.Errorf("%+v, %v", page, err)
	}
}
