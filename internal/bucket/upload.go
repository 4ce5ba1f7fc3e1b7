package bucket

import (
	"context"
	"crypto/rand"
	"time"

	"sluice/internal/fault"
)

// Upload is an object that arrives in parts.
type Upload struct {
	Bucket  string
	Key     string
	ID      string
	Created time.Time
	// Algorithm is that of the checksum that each part gets; empty means none. Whole says that the object's is computed over its
	// content and not over the parts' checksums.
	Algorithm Algorithm
	Whole     bool
	Labels
}

// Part is a part of an upload.
type Part struct {
	Number   int // from 1 to MaxPart
	Modified time.Time
	ETag     string // MD5 in hexadecimal
	Checksum Checksum
	Piece
}

// Bounds of multipart uploads (AWS's page "Amazon S3 multipart upload limits").
const (
	MaxPart     = 10_000
	MinPartSize = 5 << 20 // bytes; of all parts but the last
)

// Begin begins an upload in parts and returns it. The key has been checked by CheckKey. Errors: Find's.
func (s *Service) Begin(ctx context.Context, p Place, u Upload) (*Upload, error) {
	u.Bucket, u.ID, u.Created = p.Bucket, rand.Text()+rand.Text(), now()
	return &u, s.change(ctx, p, func(tx Tx, _ *Bucket) error { return tx.PutUpload(&u) })
}

// PutPart keeps a part of an upload and returns it once it is on disk. A part that has its number is replaced.
// Errors: Find's; fault.NotFound "upload"; fault.TooLarge "object"; the body's own.
func (s *Service) PutPart(ctx context.Context, p Place, key, upload string, number int, body Body) (*Part, error) {
	u, err := s.FindUpload(ctx, p, key, upload) // before content for nobody is kept
	if err != nil {
		return nil, err
	}
	if body.Algorithm == "" {
		body.Algorithm = u.Algorithm
	}
	piece, sums, err := s.receive(ctx, body)
	if err != nil {
		return nil, err
	}
	part := &Part{Number: number, Modified: now(), ETag: sums.MD5, Checksum: sums.Checksum, Piece: piece}
	err = s.change(ctx, p, func(tx Tx, b *Bucket) error {
		if _, err := uploadOf(tx, b, key, upload); err != nil {
			return err
		}
		return tx.PutPart(upload, part, part.Modified)
	})
	if err != nil {
		return nil, s.abandon(ctx, err, piece)
	}
	return part, nil
}

// CopyPart makes a part of a stretch of an object, whose content is read and kept again: length bytes from offset on.
// Errors: PutPart's; Head's of the source; fault.Invalid "range" if the object does not reach that far.
func (s *Service) CopyPart(ctx context.Context, p Place, key, upload string, number int, from Source, stretch func(size int64) (offset, length int64, err error)) (*Part, *Object, error) {
	o, content, err := s.openSource(ctx, from)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = content.Close() }()
	offset, length, err := stretch(o.Size)
	if err != nil {
		return nil, nil, err
	}
	part, err := s.PutPart(ctx, p, key, upload, number, Body{From: content.Section(offset, length)})
	return part, o, err
}

func (s *Service) openSource(ctx context.Context, from Source) (o *Object, c *Content, err error) {
	err = s.store.ReadBuckets(ctx, func(r Reader) error {
		o, err = source(r, from)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	c, err = s.open(ctx, o.Pieces)
	return o, c, err
}

// Abort gives an upload up, with its parts. Errors: Find's; fault.NotFound "upload".
func (s *Service) Abort(ctx context.Context, p Place, key, upload string) error {
	return s.change(ctx, p, func(tx Tx, b *Bucket) error {
		if _, err := uploadOf(tx, b, key, upload); err != nil {
			return err
		}
		return tx.DeleteUpload(b.Name, key, upload, now())
	})
}

// FindUpload returns an upload. Errors: Find's; fault.NotFound "upload".
func (s *Service) FindUpload(ctx context.Context, p Place, key, upload string) (found *Upload, err error) {
	err = s.inBucket(ctx, p, func(r Reader, b *Bucket) error {
		found, err = uploadOf(r, b, key, upload)
		return err
	})
	return found, err
}

// Parts lists the parts of an upload by number: those after a number, limit at most. Errors: FindUpload's.
func (s *Service) Parts(ctx context.Context, p Place, key, upload string, after, limit int) (u *Upload, parts []*Part, err error) {
	err = s.inBucket(ctx, p, func(r Reader, b *Bucket) error {
		if u, err = uploadOf(r, b, key, upload); err != nil {
			return err
		}
		parts, err = r.Parts(upload, after, limit)
		return err
	})
	return u, parts, err
}

// Uploads lists the uploads of a bucket that are neither completed nor aborted, by key and ID. Errors: Find's.
func (s *Service) Uploads(ctx context.Context, p Place, l Listing) (page Page[*Upload], err error) {
	err = s.inBucket(ctx, p, func(r Reader, b *Bucket) error {
		f := folding[*Upload]{
			listing: l, key: func(u *Upload) string { return u.Key }, id: func(u *Upload) string { return u.ID },
		}
		page, err = f.run(func(span Span, after string, limit int) ([]*Upload, error) {
			return r.Uploads(b.Name, span, after, limit)
		})
		return err
	})
	return page, err
}

func uploadOf(r Reader, b *Bucket, key, id string) (*Upload, error) {
	u, err := r.Upload(b.Name, key, id)
	if fault.Is(err, fault.NotFound, "upload") {
		return nil, noUpload()
	}
	return u, err
}

func noUpload() error {
	return fault.Errorf(fault.NotFound, "upload", "The specified upload does not exist. "+
		"The upload ID may be invalid, or the upload may have been aborted or completed.")
}
