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
	err := s.store.WriteBuckets(ctx, func(tx Tx) error {
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
	if err == nil {
		s.renamed(ctx, p.Bucket)
	}
	return err
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

// Search asks for buckets of an account.
type Search struct {
	Account string
	Region  string // empty for all regions
	Prefix  string
	After   string // the list begins after this name
	Limit   int    // buckets at most; 0 for all
}

// Buckets lists an account's buckets by name.
func (s *Service) Buckets(ctx context.Context, q Search) (found []*Bucket, err error) {
	err = s.store.ReadBuckets(ctx, func(r Reader) error {
		found, err = q.run(r)
		return err
	})
	return found, err
}

// run reads on until enough buckets are of the region: records know it in their documents only.
func (q Search) run(r Reader) (found []*Bucket, err error) {
	for {
		some, err := r.Buckets(q.Account, q.Prefix, q.After, q.Limit)
		if err != nil {
			return nil, err
		}
		for _, b := range some {
			if q.Region == "" || q.Region == b.Scope.Region {
				found = append(found, b)
			}
			if q.Limit > 0 && len(found) == q.Limit {
				return found, nil
			}
		}
		if q.Limit == 0 || len(some) < q.Limit {
			return found, nil
		}
		q.After = some[len(some)-1].Name
	}
}

// Delete deletes a bucket that is empty, with the uploads that were never completed in it.
// Error, beside Find's: fault.Conflict "contents".
func (s *Service) Delete(ctx context.Context, p Place) error {
	at := now()
	err := s.change(ctx, p, func(tx Tx, b *Bucket) error {
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
	if err == nil {
		s.renamed(ctx, p.Bucket)
	}
	return err
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
	return s.Amend(ctx, p, name, func(string) (string, error) { return document, nil })
}

// Amend is Set for a document that is made of the one before, which is empty if there was none. Errors: Find's and amend's.
func (s *Service) Amend(ctx context.Context, p Place, name string, amend func(document string) (string, error)) error {
	return s.change(ctx, p, func(tx Tx, b *Bucket) error {
		document, err := amend(b.Settings[name])
		if err != nil {
			return err
		}
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
