package storetest

import (
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"sluice/internal/bucket"
	"sluice/internal/fault"
)

// BucketStore is a bucket.Store that can be closed. Close waits for what runs.
type BucketStore interface {
	bucket.Store
	io.Closer
}

// NewBucket returns a bucket with every field set.
func NewBucket(name string) *bucket.Bucket {
	return &bucket.Bucket{
		Scope: scope, Name: name, Created: when, Versioning: bucket.Enabled, Settings: map[string]string{"policy": "{}"},
	}
}

// NewObject returns an object with every field set. Its content is one blob, named like its version.
func NewObject(bucketName, key, version string, order int64) *bucket.Object {
	return &bucket.Object{
		Bucket: bucketName, Key: key, Version: version, Order: order, Modified: when, ETag: "etag-1", Size: 3,
		Pieces: []bucket.Piece{{SHA256: "blob " + version, Size: 3}}, Uploaded: "upload",
		Checksum: bucket.Checksum{Algorithm: bucket.CRC32, Value: "AAAAAA==-1", Composite: true}, Labels: labels(),
	}
}

func labels() bucket.Labels {
	return bucket.Labels{
		Headers: map[string]string{"Content-Type": "text/plain"}, Metadata: map[string]string{"a": "b"}, Tags: map[string]string{"t": "v"},
	}
}

// NewUpload returns an upload with every field set.
func NewUpload(bucketName, key, id string) *bucket.Upload {
	return &bucket.Upload{Bucket: bucketName, Key: key, ID: id, Created: when, Algorithm: bucket.CRC32C, Whole: true, Labels: labels()}
}

// NewPart returns a part with every field set.
func NewPart(number int, blob string) *bucket.Part {
	return &bucket.Part{
		Number: number, Modified: when, ETag: "etag", Checksum: bucket.Checksum{Algorithm: bucket.CRC32C, Value: "AAAAAA=="},
		Piece: bucket.Piece{SHA256: blob, Size: 5},
	}
}

// Buckets runs the suite of bucket.Store. prepare makes an empty place for records, as for Functions.
func Buckets(t *testing.T, prepare func(t *testing.T) (open func() BucketStore)) {
	for _, tests := range []map[string]func(*testing.T, *bucketPlace){bucketTests, objectTests, uploadTests} {
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				open := prepare(t)
				test(t, &bucketPlace{open(), open})
			})
		}
	}
}

// bucketPlace holds the records of one test, and the store that is open on them.
type bucketPlace struct {
	BucketStore
	open func() BucketStore
}

var bucketTests = map[string]func(*testing.T, *bucketPlace){
	"every field of a bucket is kept, on disk": func(t *testing.T, p *bucketPlace) {
		p.write(t, func(tx bucket.Tx) error { return tx.PutBucket(NewBucket("b")) })
		p.again(t)
		wantSame(t, "the bucket", p.buckets(t, scope.Account, "", "", 0), []*bucket.Bucket{NewBucket("b")})
	},
	"a bucket that is put again is replaced": func(t *testing.T, p *bucketPlace) {
		b := NewBucket("b")
		p.write(t, func(tx bucket.Tx) error { return tx.PutBucket(b) })
		b.Versioning = bucket.Suspended
		p.write(t, func(tx bucket.Tx) error { return tx.PutBucket(b) })
		wantSame(t, "the bucket", p.buckets(t, scope.Account, "", "", 0), []*bucket.Bucket{b})
	},
	"buckets are listed by name, of one account, with a prefix, after a name": func(t *testing.T, p *bucketPlace) {
		p.write(t, func(tx bucket.Tx) error {
			foreign := NewBucket("ab-foreign")
			foreign.Scope.Account = "000000000000"
			for _, b := range []*bucket.Bucket{NewBucket("b"), NewBucket("ab-2"), NewBucket("ab-1"), NewBucket("ab"), foreign} {
				if err := tx.PutBucket(b); err != nil {
					return err
				}
			}
			return nil
		})
		for want, list := range map[string][]*bucket.Bucket{
			"[ab ab-1 ab-2 b]": p.buckets(t, scope.Account, "", "", 0), "[ab ab-1]": p.buckets(t, scope.Account, "ab", "", 2),
			"[ab-2]": p.buckets(t, scope.Account, "ab", "ab-1", 0),
		} {
			var names []string
			for _, b := range list {
				names = append(names, b.Name)
			}
			wantSame(t, "the list", fmt.Sprint(names), want)
		}
	},
	"all names are those of all accounts": func(t *testing.T, p *bucketPlace) {
		foreign := NewBucket("foreign")
		foreign.Scope.Account = "000000000000"
		p.write(t, func(tx bucket.Tx) error { return errorOf(tx.PutBucket(NewBucket("own")), tx.PutBucket(foreign)) })
		p.read(t, func(r bucket.Reader) error {
			names, err := r.BucketNames()
			wantSame(t, "the names", names, []string{"foreign", "own"})
			return err
		})
	},
	"a missing bucket is not found": func(t *testing.T, p *bucketPlace) {
		wantFault(t, p.ReadBuckets(t.Context(), func(r bucket.Reader) error { _, err := r.Bucket("b"); return err }), fault.NotFound, "bucket")
		wantFault(t, p.WriteBuckets(t.Context(), func(tx bucket.Tx) error { return tx.DeleteBucket("b") }), fault.NotFound, "bucket")
	},
	"a bucket with contents can't be deleted": func(t *testing.T, p *bucketPlace) {
		p.write(t, func(tx bucket.Tx) error { return tx.PutBucket(NewBucket("b")) })
		p.write(t, func(tx bucket.Tx) error { return tx.PutObject(NewObject("b", "k", "v", 1)) })
		if err := p.WriteBuckets(t.Context(), func(tx bucket.Tx) error { return tx.DeleteBucket("b") }); err == nil {
			t.Error("it was deleted")
		}
		p.write(t, func(tx bucket.Tx) error { return tx.DeleteObject("b", "k", "v", when) })
		p.write(t, func(tx bucket.Tx) error { return tx.DeleteBucket("b") })
	},
	"releases are listed by age and forgotten unless they are renewed": func(t *testing.T, p *bucketPlace) {
		p.write(t, func(tx bucket.Tx) error {
			for i, blob := range []string{"c", "a", "b"} {
				if err := tx.Release(blob, when.Add(time.Duration(i)*time.Second)); err != nil {
					return err
				}
			}
			return tx.Release("c", when.Add(5*time.Second))
		})
		wantSame(t, "all", p.released(t, when.Add(time.Hour), 0), []string{"a", "b", "c"})
		wantSame(t, "the oldest", p.released(t, when.Add(time.Hour), 1), []string{"a"})
		wantSame(t, "those before", p.released(t, when.Add(2*time.Second), 0), []string{"a"})
		p.write(t, func(tx bucket.Tx) error {
			return errorOf(tx.Forget("a", when.Add(2*time.Second)), tx.Forget("c", when.Add(2*time.Second)))
		})
		wantSame(t, "what is left", p.released(t, when.Add(time.Hour), 0), []string{"b", "c"})
	},
}

func errorOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *bucketPlace) write(t *testing.T, write func(bucket.Tx) error) {
	t.Helper()
	if err := p.WriteBuckets(t.Context(), write); err != nil {
		t.Fatal(err)
	}
}

func (p *bucketPlace) read(t *testing.T, read func(bucket.Reader) error) {
	t.Helper()
	if err := p.ReadBuckets(t.Context(), read); err != nil {
		t.Fatal(err)
	}
}

// again closes the store and opens it again.
func (p *bucketPlace) again(t *testing.T) {
	t.Helper()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	p.BucketStore = p.open()
}

func (p *bucketPlace) buckets(t *testing.T, account, prefix, after string, limit int) (found []*bucket.Bucket) {
	t.Helper()
	p.read(t, func(r bucket.Reader) (err error) { found, err = r.Buckets(account, prefix, after, limit); return err })
	return found
}

func (p *bucketPlace) released(t *testing.T, before time.Time, limit int) (found []string) {
	t.Helper()
	p.read(t, func(r bucket.Reader) (err error) { found, err = r.Released(before, limit); return err })
	return found
}

// inUse returns which of some blobs are in use.
func (p *bucketPlace) inUse(t *testing.T, blobs ...string) (used []string) {
	t.Helper()
	p.read(t, func(r bucket.Reader) error {
		for _, blob := range blobs {
			is, err := r.InUse(blob)
			if err != nil {
				return err
			}
			if is {
				used = append(used, blob)
			}
		}
		return nil
	})
	return slices.Clip(used)
}
