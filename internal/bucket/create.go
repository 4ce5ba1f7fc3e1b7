package bucket

import (
	"context"
	"maps"

	"sluice/internal/fault"
)

// Create makes a bucket.
// Errors: fault.Invalid "bucket name"; fault.Conflict "own bucket" if the account has it already, and "bucket" if another
// one has.
func (s *Service) Create(ctx context.Context, p Place, settings map[string]string) error {
	if err := CheckName(p.Bucket); err != nil {
		return err
	}
	return s.store.WriteBuckets(ctx, func(tx Tx) error {
		switch b, err := tx.Bucket(p.Bucket); {
		case fault.Is(err, fault.NotFound, "bucket"):
			return tx.PutBucket(&Bucket{Scope: p.Scope, Name: p.Bucket, Created: now(), Settings: maps.Clone(settings)})
		case err != nil:
			return err
		case b.Scope.Account != p.Account:
			return fault.Errorf(fault.Conflict, "bucket", "The requested bucket name is not available. "+
				"The bucket namespace is shared by all users of the system. Please select a different name and try again.")
		}
		return fault.Errorf(fault.Conflict, "own bucket", "Your previous request to create the named bucket succeeded and you already own it.")
	})
}

// Find returns a bucket. Errors: those of all that asks for a bucket: fault.NotFound "bucket", fault.Denied "bucket" if it
// is another account's, *Elsewhere if it lies in another region.
func (s *Service) Find(ctx context.Context, p Place) (found *Bucket, err error) {
	err = s.inBucket(ctx, p, func(_ Reader, b *Bucket) error {
		found = b
		return nil
	})
	return found, err
}

// Exists reports whether there is a bucket of a name, whoever has it.
func (s *Service) Exists(ctx context.Context, name string) bool {
	return s.store.ReadBuckets(ctx, func(r Reader) error {
		_, err := r.Bucket(name)
		return err
	}) == nil
}

// Buckets lists an account's buckets in all regions by name: those with a prefix, from after a name on; limit at most, or
// all if it is 0.
func (s *Service) Buckets(ctx context.Context, account, prefix, after string, limit int) (found []*Bucket, err error) {
	err = s.store.ReadBuckets(ctx, func(r Reader) error {
		found, err = r.Buckets(account, prefix, after, limit)
		return err
	})
	return found, err
}

// Delete deletes a bucket that is empty, with the uploads that were never completed in it.
// Error, beside Find's: fault.Conflict "contents".
func (s *Service) Delete(ctx context.Context, p Place) error {
	at := now()
	return s.change(ctx, p, func(tx Tx, b *Bucket) error {
		left, err := tx.ObjectVersions(b.Name, Span{}, 0, 1)
		if err != nil {
			return err
		}
		if len(left) > 0 {
			return notEmpty(b)
		}
		uploads, err := tx.Uploads(b.Name, Span{}, "", 0)
		if err != nil {
			return err
		}
		for _, u := range uploads {
			if err := tx.DeleteUpload(u.Bucket, u.Key, u.ID, at); err != nil {
				return err
			}
		}
		return tx.DeleteBucket(b.Name)
	})
}

func notEmpty(b *Bucket) error {
	const text = "The bucket you tried to delete is not empty"
	if b.Versioning == Unversioned {
		return fault.Errorf(fault.Conflict, "contents", text)
	}
	return fault.Errorf(fault.Conflict, "contents", text+". You must delete all versions in the bucket.")
}

// SetVersioning turns versioning on or suspends it. Errors: Find's.
func (s *Service) SetVersioning(ctx context.Context, p Place, v Versioning) error {
	return s.change(ctx, p, func(tx Tx, b *Bucket) error {
		changed := *b
		changed.Versioning = v
		return tx.PutBucket(&changed)
	})
}

// Set keeps a document about a bucket, by the name of what it sets; an empty one deletes it. Errors: Find's.
func (s *Service) Set(ctx context.Context, p Place, name, document string) error {
	return s.change(ctx, p, func(tx Tx, b *Bucket) error {
		changed := *b
		changed.Settings = maps.Clone(b.Settings)
		if changed.Settings == nil {
			changed.Settings = map[string]string{}
		}
		changed.Settings[name] = document
		if document == "" {
			delete(changed.Settings, name)
		}
		return tx.PutBucket(&changed)
	})
}
