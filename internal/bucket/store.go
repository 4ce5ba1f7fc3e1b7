package bucket

import (
	"context"
	"io"
	"time"
)

// Store keeps the records of buckets. internal/store implements it; storetest says what it must do.
//
// Read and Write run a closure in one transaction. Write returns after the changes are on disk; if the closure fails,
// nothing is changed.
type Store interface {
	ReadBuckets(ctx context.Context, read func(Reader) error) error
	WriteBuckets(ctx context.Context, write func(Tx) error) error
}

// Reader reads one consistent state. What does not exist is fault.NotFound about "bucket", "object" or "upload". Lists are
// ordered by the bytes of names and keys; a limit of 0 means none.
type Reader interface {
	Bucket(name string) (*Bucket, error)
	// Buckets lists an account's buckets by name, those after a name and with a prefix.
	Buckets(account, prefix, after string, limit int) ([]*Bucket, error)
	// BucketNames lists the names of all buckets, whoever has them.
	BucketNames() ([]string, error)
	// NewestObject returns the newest version of a key, which may be a marker.
	NewestObject(bucket, key string) (*Object, error)
	// ObjectVersion returns the version of an ID.
	ObjectVersion(bucket, key, id string) (*Object, error)
	// Objects lists the newest versions by key. Keys whose newest is a marker are not among them.
	Objects(bucket string, span Span, limit int) ([]*Object, error)
	// ObjectVersions lists all versions by key, the newest first. Of the key span.From only those older than the order before
	// are listed, if that is not 0.
	ObjectVersions(bucket string, span Span, before int64, limit int) ([]*Object, error)
	Upload(bucket, key, id string) (*Upload, error)
	// Uploads lists uploads by key and ID. Of the key span.From only those with an ID after the given one are listed, if
	// that is not empty.
	Uploads(bucket string, span Span, after string, limit int) ([]*Upload, error)
	// Parts lists an upload's parts by number, those after a number.
	Parts(upload string, after, limit int) ([]*Part, error)
	// Released lists blobs that were released before a time and are not forgotten, the oldest first.
	Released(before time.Time, limit int) ([]string, error)
	// InUse reports whether any object, part, function, version or layer has a blob as its content.
	InUse(sha256 string) (bool, error)
}

// Span is a stretch of keys: those with a prefix that come after one key and not before another. Empty means no bound.
type Span struct{ Prefix, After, From string }

// Tx reads and writes. Put creates or replaces the record of the same name.
type Tx interface {
	Reader
	PutBucket(b *Bucket) error
	// DeleteBucket deletes a bucket. Objects and uploads that it still has are an error.
	DeleteBucket(name string) error
	// PutObject puts a version, of a bucket that is there.
	PutObject(o *Object) error
	// DeleteObject deletes the version of an ID and releases its pieces.
	DeleteObject(bucket, key, id string, at time.Time) error
	PutUpload(u *Upload) error
	// DeleteUpload deletes an upload and its parts. Pieces of parts are released as those of objects.
	DeleteUpload(bucket, key, id string, at time.Time) error
	// PutPart puts a part of an upload that is there. The piece of the one that it replaces is released.
	PutPart(upload string, p *Part, at time.Time) error
	// Release notes that a blob may be in use no more.
	Release(sha256 string, at time.Time) error
	// Forget forgets the release of a blob, unless it was released again at a time or later.
	Forget(sha256 string, before time.Time) error
}

// Blobs keep the contents of objects by their SHA-256 in base64. internal/server makes one of internal/blob.
type Blobs interface {
	// Put keeps what it reads and returns its sum and size once it is on disk.
	Put(ctx context.Context, from io.Reader) (sha256 string, size int64, err error)
	Open(ctx context.Context, sha256 string) (Blob, error)
	// RemoveUnused removes a blob that was not put since a time, and reports whether it is gone.
	RemoveUnused(ctx context.Context, sha256 string, since time.Time) (removed bool, err error)
	// Old visits the blobs that were put before a time and not again since, until a visit fails.
	Old(ctx context.Context, before time.Time, visit func(sha256 string) error) error
}

// Blob is a blob that was opened. Its content does not change, even if it is removed.
type Blob interface {
	io.ReaderAt
	io.Closer
}
