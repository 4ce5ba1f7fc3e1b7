package bucket_test

import (
	"io"
	"strings"
	"testing"

	"sluice/internal/bucket"
)

func TestKnownAlgorithms(t *testing.T) {
	for _, a := range bucket.Algorithms {
		if !a.Known() {
			t.Errorf("%s is not known", a)
		}
	}
	for _, a := range []bucket.Algorithm{"", "MD5", "crc32", "CRC64"} {
		if a.Known() {
			t.Errorf("%q is known", a)
		}
	}
}

// AWS's page "Checking object integrity in Amazon S3" says which checksums of parts can be that of the whole.
func TestLinearAlgorithms(t *testing.T) {
	for a, want := range map[bucket.Algorithm]bool{
		bucket.CRC32: true, bucket.CRC32C: true, bucket.CRC64NVME: true, bucket.SHA1: false, bucket.SHA256: false,
	} {
		if a.Linear() != want {
			t.Errorf("%s: %v", a, a.Linear())
		}
	}
}

// A body's checksum is that of what was read, in whatever pieces it came.
func TestChecksumsOfBodies(t *testing.T) {
	content := strings.Repeat("0123456789abcdef", 10_000)
	for _, a := range bucket.Algorithms {
		t.Run(string(a), func(t *testing.T) {
			b := newBench(t)
			d := draft("k", "")
			d.Body = bucket.Body{From: io.MultiReader(strings.NewReader(content[:7]), strings.NewReader(content[7:])), Algorithm: a}
			o, err := b.Put(t.Context(), d)
			if err != nil || o.Checksum != a.Of([]byte(content)) {
				t.Errorf("%+v, %v", o, err)
			}
		})
	}
	t.Run("none", func(t *testing.T) {
		if o := newBench(t).put("k", content); o.Checksum != (bucket.Checksum{}) {
			t.Errorf("%+v", o.Checksum)
		}
	})
}

// A part that has no checksum of its upload's algorithm leaves nothing to compute one of.
func TestACompositeChecksumNeedsOneOfEachPart(t *testing.T) {
	b := newBench(t)
	u, err := b.Begin(t.Context(), home, bucket.Upload{Key: "k", Algorithm: bucket.CRC32})
	mustDo(b, err)
	p, err := b.PutPart(t.Context(), home, "k", u.ID, 1, bucket.Body{From: strings.NewReader("x"), Algorithm: bucket.SHA1})
	mustDo(b, err)
	if o, err := b.complete(u, []bucket.Named{{Number: 1, ETag: p.ETag}}); err == nil {
		t.Errorf("completed as %+v", o)
	}
}
