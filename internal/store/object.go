package store

import (
	"time"

	"sluice/internal/bucket"
)

// NewestObject implements bucket.Reader.
func (t *tx) NewestObject(bucketName, key string) (*bucket.Object, error) {
	return t.object("SELECT document FROM objects WHERE bucket = ? AND key = ? ORDER BY number DESC LIMIT 1", bucketName, key)
}

// ObjectVersion implements bucket.Reader.
func (t *tx) ObjectVersion(bucketName, key, id string) (*bucket.Object, error) {
	return t.object("SELECT document FROM objects WHERE bucket = ? AND key = ? AND version = ?", bucketName, key, id)
}

func (t *tx) object(query string, args ...any) (*bucket.Object, error) {
	o := &bucket.Object{}
	found, err := t.document(query, args, o)
	if err == nil && !found {
		err = noSuch("object", args[1])
	}
	return o, err
}

// Objects implements bucket.Reader.
func (t *tx) Objects(bucketName string, span bucket.Span, limit int) ([]*bucket.Object, error) {
	return documents[bucket.Object](t, "SELECT document FROM objects WHERE bucket = ? AND shown = 1 "+
		"AND key >= ? AND key > ? AND (? = '' OR key < ?) ORDER BY key LIMIT ?",
		append(within(bucketName, span), limited(limit))...)
}

// ObjectVersions implements bucket.Reader.
func (t *tx) ObjectVersions(bucketName string, span bucket.Span, before int64, limit int) ([]*bucket.Object, error) {
	return documents[bucket.Object](t, "SELECT document FROM objects WHERE bucket = ? "+
		"AND key >= ? AND key > ? AND (? = '' OR key < ?) AND NOT (? <> 0 AND key = ? AND number >= ?) "+
		"ORDER BY key, number DESC LIMIT ?",
		append(within(bucketName, span), before, span.From, before, limited(limit))...)
}

// PutObject implements bucket.Tx.
func (t *tx) PutObject(o *bucket.Object) error {
	marker := 0
	if o.Marker {
		marker = 1
	}
	err := t.put(o, "INSERT INTO objects (document, bucket, key, number, version, marker, shown) VALUES (?, ?, ?, ?, ?, ?, 0) "+
		"ON CONFLICT (bucket, key, number) DO UPDATE SET document = excluded.document",
		o.Bucket, o.Key, o.Order, o.Version, marker)
	if err != nil {
		return err
	}
	for _, p := range o.Pieces {
		_, err := t.exec("INSERT INTO object_blobs (sha256, bucket, key, number) VALUES (?, ?, ?, ?) "+
			"ON CONFLICT (sha256, bucket, key, number) DO NOTHING", p.SHA256, o.Bucket, o.Key, o.Order)
		if err != nil {
			return err
		}
	}
	return t.show(o.Bucket, o.Key)
}

// show puts the newest version of a key in lists, unless it is a marker, and no other.
func (t *tx) show(bucketName, key string) error {
	_, err := t.exec("UPDATE objects SET shown = 0 WHERE bucket = ? AND key = ? AND shown = 1", bucketName, key)
	if err != nil {
		return err
	}
	_, err = t.exec("UPDATE objects SET shown = 1 WHERE bucket = ? AND key = ? AND marker = 0 "+
		"AND number = (SELECT MAX(number) FROM objects WHERE bucket = ? AND key = ?)", bucketName, key, bucketName, key)
	return err
}

// DeleteObject implements bucket.Tx.
func (t *tx) DeleteObject(bucketName, key, id string, at time.Time) error {
	o, err := t.ObjectVersion(bucketName, key, id)
	if err != nil {
		return err
	}
	for _, p := range o.Pieces {
		if err := t.Release(p.SHA256, at); err != nil {
			return err
		}
		_, err := t.exec("DELETE FROM object_blobs WHERE sha256 = ? AND bucket = ? AND key = ? AND number = ?",
			p.SHA256, bucketName, key, o.Order)
		if err != nil {
			return err
		}
	}
	if err := t.delete("object", "DELETE FROM objects WHERE bucket = ? AND key = ? AND version = ?", bucketName, key, id); err != nil {
		return err
	}
	return t.show(bucketName, key)
}
