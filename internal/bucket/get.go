package bucket

import (
	"context"

	"sluice/internal/fault"
)

// Head returns an object: the version of an ID, or the newest if that is empty. A marker is returned together with the
// error that nothing is there.
// Errors, beside Find's: fault.NotFound "object", or "version" if the ID is no version's; fault.Conflict "marker" if the ID
// is a marker's.
func (s *Service) Head(ctx context.Context, p Place, key, version string) (found *Object, err error) {
	err = s.inBucket(ctx, p, func(r Reader, b *Bucket) error {
		found, err = find(r, b, key, version)
		return err
	})
	return found, err
}

func find(r Reader, b *Bucket, key, version string) (*Object, error) {
	if version == "" {
		o, err := newest(r, b.Name, key)
		if err == nil && (o == nil || o.Marker) {
			err = noObject()
		}
		return o, err
	}
	o, err := r.ObjectVersion(b.Name, key, version)
	switch {
	case fault.Is(err, fault.NotFound, "object"):
		return nil, fault.Errorf(fault.NotFound, "version", "The specified version does not exist.")
	case err == nil && o.Marker:
		err = fault.Errorf(fault.Conflict, "marker", "The specified method is not allowed against this resource.")
	}
	return o, err
}

// Open returns an object as Head does, with its content. The caller closes the content.
func (s *Service) Open(ctx context.Context, p Place, key, version string) (*Object, *Content, error) {
	// Between the record and its blobs an object may be replaced, and its blobs removed an hour later: enough to pin them.
	o, err := s.Head(ctx, p, key, version)
	if err != nil {
		return o, nil, err
	}
	c, err := s.open(ctx, o.Pieces)
	return o, c, err
}

// Describe changes the tags of an object. Errors: Head's.
func (s *Service) Describe(ctx context.Context, p Place, key, version string, tags map[string]string) (changed *Object, err error) {
	err = s.change(ctx, p, func(tx Tx, b *Bucket) error {
		o, err := find(tx, b, key, version)
		if err != nil {
			return err
		}
		again := *o
		again.Tags = tags
		changed = &again
		return tx.PutObject(changed)
	})
	return changed, err
}
