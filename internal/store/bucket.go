package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"sluice/internal/bucket"
)

var _ bucket.Store = (*Store)(nil)

// ReadBuckets implements bucket.Store.
func (s *Store) ReadBuckets(ctx context.Context, read func(bucket.Reader) error) error {
	return s.read(ctx, func(t *tx) error { return read(t) })
}

// WriteBuckets implements bucket.Store.
func (s *Store) WriteBuckets(ctx context.Context, write func(bucket.Tx) error) error {
	return s.write(ctx, func(t *tx) error { return write(t) })
}

// Bucket implements bucket.Reader.
func (t *tx) Bucket(name string) (*bucket.Bucket, error) {
	b := &bucket.Bucket{}
	found, err := t.document("SELECT document FROM buckets WHERE name = ?", []any{name}, b)
	if err == nil && !found {
		err = noSuch("bucket", name)
	}
	return b, err
}

// Buckets implements bucket.Reader.
func (t *tx) Buckets(account, prefix, after string, limit int) ([]*bucket.Bucket, error) {
	beyond := bucket.Beyond(prefix)
	return documents[bucket.Bucket](t, "SELECT document FROM buckets "+
		"WHERE account = ? AND name >= ? AND name > ? AND (? = '' OR name < ?) ORDER BY name LIMIT ?",
		account, prefix, after, beyond, beyond, limited(limit))
}

// BucketNames implements bucket.Reader.
func (t *tx) BucketNames() ([]string, error) {
	return rows(t, "SELECT name FROM buckets ORDER BY name", nil, func(row *sql.Rows) (name string, err error) { return name, row.Scan(&name) })
}

// PutBucket implements bucket.Tx.
func (t *tx) PutBucket(b *bucket.Bucket) error {
	return t.put(b, "INSERT INTO buckets (document, name, account) VALUES (?, ?, ?) "+
		"ON CONFLICT (name) DO UPDATE SET document = excluded.document", b.Name, b.Scope.Account)
}

// DeleteBucket implements bucket.Tx.
func (t *tx) DeleteBucket(name string) error {
	return t.delete("bucket", "DELETE FROM buckets WHERE name = ?", name)
}

// within are the arguments of a statement that asks for the keys of a span: from, after, and the two that end it.
func within(bucketName string, s bucket.Span) []any {
	beyond := bucket.Beyond(s.Prefix)
	return []any{bucketName, max(s.Prefix, s.From), s.After, beyond, beyond}
}

// InUse implements bucket.Reader.
func (t *tx) InUse(sha256 string) (bool, error) {
	for _, query := range []string{
		"SELECT 1 FROM object_blobs WHERE sha256 = ? LIMIT 1", "SELECT 1 FROM parts WHERE sha256 = ? LIMIT 1",
		"SELECT 1 FROM code_blobs WHERE sha256 = ? LIMIT 1",
	} {
		var one int
		if found, err := t.row(query, []any{sha256}, &one); found || err != nil {
			return found, err
		}
	}
	return false, nil
}

// Released implements bucket.Reader.
func (t *tx) Released(before time.Time, limit int) ([]string, error) {
	return t.sums("SELECT sha256 FROM released_blobs WHERE released < ? ORDER BY released LIMIT ?", micros(before), limited(limit))
}

// Release implements bucket.Tx.
func (t *tx) Release(sha256 string, at time.Time) error {
	_, err := t.exec("INSERT INTO released_blobs (sha256, released) VALUES (?, ?) "+
		"ON CONFLICT (sha256) DO UPDATE SET released = excluded.released", sha256, micros(at))
	return err
}

// Forget implements bucket.Tx.
func (t *tx) Forget(sha256 string, before time.Time) error {
	_, err := t.exec("DELETE FROM released_blobs WHERE sha256 = ? AND released < ?", sha256, micros(before))
	return err
}

// releaseAll releases the blobs that a query finds.
func (t *tx) releaseAll(at time.Time, query string, args ...any) error {
	sums, err := t.sums(query, args...)
	for _, sum := range sums {
		err = errors.Join(err, t.Release(sum, at))
	}
	return err
}
