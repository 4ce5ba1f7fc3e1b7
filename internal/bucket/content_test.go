package bucket_test

import (
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"sluice/internal/bucket"
	"sluice/internal/fault"
)

// assembled puts an object of parts and returns its content, open, and what it is.
func (b *bench) assembled(parts ...string) (*bucket.Content, string) {
	b.t.Helper()
	u, named := b.upload("parts", parts...)
	_, err := b.complete(u, named)
	mustDo(b, err)
	_, content, err := b.Open(b.t.Context(), home, "parts", "")
	mustDo(b, err)
	b.t.Cleanup(func() { _ = content.Close() })
	return content, strings.Join(parts, "")
}

func TestContentReadsAnyStretch(t *testing.T) {
	b := newBench(t)
	content, want := b.assembled(whole("a"), whole("b"), whole("c"), "last")
	if content.Size() != int64(len(want)) {
		t.Errorf("size %d, want %d", content.Size(), len(want))
	}
	rapid.Check(t, func(t *rapid.T) {
		// Near the borders of parts is where something can go wrong.
		offset := bucket.MinPartSize*rapid.IntRange(0, 3).Draw(t, "part") + rapid.IntRange(-3, 8).Draw(t, "step")
		length := rapid.SampledFrom([]int{0, 1, 3, 10, bucket.MinPartSize, 2*bucket.MinPartSize + 2}).Draw(t, "length")
		got := make([]byte, length)
		n, err := content.ReadAt(got, int64(offset))
		if offset < 0 {
			if err == nil {
				t.Fatal("read before the beginning")
			}
			return
		}
		expected := want[min(offset, len(want)):min(offset+length, len(want))]
		if string(got[:n]) != expected || (n < length) != errors.Is(err, io.EOF) || err != nil && n == length {
			t.Fatalf("read %d of %d bytes at %d, %v; want %d", n, length, offset, err, len(expected))
		}
	})
}

func TestContentHoldsFewBlobsOpen(t *testing.T) {
	b := newBench(t)
	content, want := b.assembled(whole("a"), whole("b"), whole("c"), whole("d"), "e")
	b.blobs.most = 0
	got, err := io.ReadAll(content.Section(0, content.Size()))
	if string(got) != want || err != nil {
		t.Errorf("read %d bytes, %v", len(got), err)
	}
	for _, at := range []int64{0, 4, 1, 4, 3, 0} {
		if _, err := content.ReadAt(make([]byte, 1), at*bucket.MinPartSize); err != nil {
			t.Error(err)
		}
	}
	if b.blobs.most > 3 { // for a moment one more than stays open
		t.Errorf("%d blobs were open at once", b.blobs.most)
	}
}

func TestContentIsReadByManyAtOnce(t *testing.T) {
	b := newBench(t)
	content, want := b.assembled(whole("a"), whole("b"), whole("c"), whole("d"))
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			at := i * bucket.MinPartSize / 2
			got := make([]byte, bucket.MinPartSize)
			if n, err := content.ReadAt(got, int64(at)); string(got[:n]) != want[at:at+n] || err != nil && !errors.Is(err, io.EOF) {
				t.Errorf("read %d bytes at %d, %v", n, at, err)
			}
		})
	}
	wg.Wait()
}

func TestContentThatIsLostIsOurOwnFault(t *testing.T) {
	b := newBench(t)
	b.put("k", "x")
	u, named := b.upload("parts", whole("a"), "y")
	_, err := b.complete(u, named)
	mustDo(b, err)
	for _, content := range []string{"x", "y"} {
		b.blobs.lose(content)
	}
	t.Run("of one blob", func(t *testing.T) {
		_, _, err := b.Open(t.Context(), home, "k", "")
		wantFault(t, err, fault.Internal, "blob")
	})
	t.Run("of several", func(t *testing.T) {
		_, content, err := b.Open(t.Context(), home, "parts", "")
		mustDo(b, err)
		defer content.Close()
		n, err := content.ReadAt(make([]byte, 10), bucket.MinPartSize-5)
		if n != 5 {
			t.Errorf("read %d bytes", n)
		}
		wantFault(t, err, fault.Internal, "blob")
	})
}

func TestContentThatWasClosed(t *testing.T) {
	b := newBench(t)
	b.put("k", "x")
	_, content, err := b.Open(t.Context(), home, "k", "")
	mustDo(b, err)
	if err := errors.Join(content.Close(), content.Close()); err != nil {
		t.Error(err)
	}
	if n, err := content.ReadAt(make([]byte, 1), 0); n != 0 || err == nil {
		t.Errorf("read %d bytes, %v", n, err)
	}
}

func TestEmptyContent(t *testing.T) {
	b := newBench(t)
	b.put("k", "")
	_, content, err := b.Open(t.Context(), home, "k", "")
	mustDo(b, err)
	defer content.Close()
	got, err := io.ReadAll(content.Section(0, content.Size()))
	if len(got) != 0 || err != nil || content.Size() != 0 {
		t.Errorf("read %q, %v of %d", got, err, content.Size())
	}
}
