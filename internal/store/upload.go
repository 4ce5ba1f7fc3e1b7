package store

import (
	"time"

	"sluice/internal/bucket"
)

// Upload implements bucket.Reader.
func (t *tx) Upload(bucketName, key, id string) (*bucket.Upload, error) {
	u := &bucket.Upload{}
	found, err := t.document("SELECT document FROM uploads WHERE bucket = ? AND key = ? AND id = ?", []any{bucketName, key, id}, u)
	if err == nil && !found {
		err = noSuch("upload", id)
	}
	return u, err
}

// Uploads implements bucket.Reader.
func (t *tx) Uploads(bucketName string, span bucket.Span, after string, limit int) ([]*bucket.Upload, error) {
	return documents[bucket.Upload](t, "SELECT document FROM uploads WHERE bucket = ? "+
		"AND key >= ? AND key > ? AND (? = '' OR key < ?) AND NOT (? <> '' AND key = ? AND id <= ?) ORDER BY key, id LIMIT ?",
		append(within(bucketName, span), after, span.From, after, limited(limit))...)
}

// Parts implements bucket.Reader.
func (t *tx) Parts(upload string, after, limit int) ([]*bucket.Part, error) {
	return documents[bucket.Part](t, "SELECT document FROM parts WHERE upload = ? AND number > ? ORDER BY number LIMIT ?",
		upload, after, limited(limit))
}

// PutUpload implements bucket.Tx.
func (t *tx) PutUpload(u *bucket.Upload) error {
	return t.put(u, "INSERT INTO uploads (document, bucket, key, id) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (bucket, key, id) DO UPDATE SET document = excluded.document", u.Bucket, u.Key, u.ID)
}

// DeleteUpload implements bucket.Tx.
func (t *tx) DeleteUpload(bucketName, key, id string, at time.Time) error {
	if _, err := t.Upload(bucketName, key, id); err != nil {
		return err
	}
	if err := t.releaseAll(at, "SELECT sha256 FROM parts WHERE upload = ?", id); err != nil {
		return err
	}
	if _, err := t.exec("DELETE FROM parts WHERE upload = ?", id); err != nil {
		return err
	}
	return t.delete("upload", "DELETE FROM uploads WHERE bucket = ? AND key = ? AND id = ?", bucketName, key, id)
}

// PutPart implements bucket.Tx.
func (t *tx) PutPart(upload string, p *bucket.Part, at time.Time) error {
	if err := t.releaseAll(at, "SELECT sha256 FROM parts WHERE upload = ? AND number = ?", upload, p.Number); err != nil {
		return err
	}
	return t.put(p, "INSERT INTO parts (document, upload, number, sha256) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (upload, number) DO UPDATE SET document = excluded.document, sha256 = excluded.sha256",
		upload, p.Number, p.SHA256)
}
