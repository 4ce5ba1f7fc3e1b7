package bucket

import (
	"context"
	"io"
	"time"
)

// Draft is an object that is to be put.
type Draft struct {
	Place
	Key string
	Labels
	Condition Condition
	Body      Body
}

// Body is content as it arrives.
type Body struct {
	From io.Reader
	// Algorithm is that of the checksum to compute; empty computes none.
	Algorithm Algorithm
	// Verify, if it is set, is told what was received before anything is recorded. Its error becomes the call's.
	Verify func(Sums) error
}

// Sums are what content amounts to.
type Sums struct {
	MD5      string // hexadecimal
	Checksum Checksum
	Size     int64 // bytes
}

// Put keeps an object and returns it once it is on disk. The key has been checked by CheckKey.
// Errors: Find's; fault.TooLarge "object"; Condition's; the body's own.
func (s *Service) Put(ctx context.Context, d Draft) (*Object, error) {
	if _, err := s.Find(ctx, d.Place); err != nil { // before content for nobody is kept
		return nil, err
	}
	piece, sums, err := s.receive(ctx, d.Body)
	if err != nil {
		return nil, err
	}
	o := &Object{
		Key: d.Key, ETag: sums.MD5, Size: sums.Size, Pieces: []Piece{piece}, Checksum: sums.Checksum, Labels: d.Labels,
	}
	err = s.change(ctx, d.Place, func(tx Tx, b *Bucket) error { return add(tx, b, o, d.Condition, now()) })
	if err != nil {
		return nil, s.abandon(ctx, err, piece)
	}
	return o, nil
}

// add makes an object the newest version of its key, if a condition allows it. Without versioning it replaces the one that
// is there.
func add(tx Tx, b *Bucket, o *Object, condition Condition, at time.Time) error {
	before, err := newest(tx, b.Name, o.Key)
	if err != nil {
		return err
	}
	if err := condition.check(before); err != nil {
		return err
	}
	o.Bucket, o.Modified, o.Order = b.Name, at, at.UnixMicro()
	if before != nil {
		o.Order = max(o.Order, before.Order+1)
	}
	o.Version = newID()
	if b.Versioning != Enabled {
		o.Version = NullVersion
		if err := ignoreMissing(tx.DeleteObject(b.Name, o.Key, NullVersion, at)); err != nil {
			return err
		}
	}
	return tx.PutObject(o)
}

// abandon releases what was received for a record that could not be written, and returns why it couldn't.
func (s *Service) abandon(ctx context.Context, cause error, pieces ...Piece) error {
	ctx = context.WithoutCancel(ctx) // the caller may have left, which is why it failed
	err := s.store.WriteBuckets(ctx, func(tx Tx) error {
		for _, p := range pieces {
			if err := tx.Release(p.SHA256, now()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.logger.WarnContext(ctx, "content that belongs to no object stays on disk", "error", err)
	}
	return cause
}
