package bucket

import (
	"context"

	"sluice/internal/fault"
)

// Deletion is what was deleted.
type Deletion struct {
	// Version is the ID of the version that was deleted or, if none was asked for in a bucket that has versions, of the
	// marker that was made. It is empty where there are no versions.
	Version string
	Marker  bool // what was deleted, or made, is a marker
}

// DeleteObject deletes the version of an ID for good. Without an ID it deletes the object or, in a bucket that has
// versions, makes a marker that there is none. What is not there is as good as deleted.
// Errors: Find's; Condition's, which looks at the newest version.
func (s *Service) DeleteObject(ctx context.Context, p Place, key, version string, condition Condition) (done Deletion, err error) {
	err = s.change(ctx, p, func(tx Tx, b *Bucket) error {
		done, err = remove(tx, b, key, version, condition)
		return err
	})
	return done, err
}

// Target is an object that is to be deleted with others.
type Target struct {
	Key       string
	Version   string // empty for none
	Condition Condition
}

// DeleteObjects deletes objects as DeleteObject does, all at once. What can't be deleted does not keep the others: each has a
// deletion or an error. Errors of the call itself: Find's.
func (s *Service) DeleteObjects(ctx context.Context, p Place, targets []Target) (done []Deletion, failed []error, err error) {
	err = s.change(ctx, p, func(tx Tx, b *Bucket) error {
		done, failed = make([]Deletion, len(targets)), make([]error, len(targets))
		for i, t := range targets {
			if failed[i] = CheckKey(t.Key); failed[i] != nil {
				continue
			}
			d, err := remove(tx, b, t.Key, t.Version, t.Condition)
			if err != nil && fault.Of(err).Kind == fault.Internal {
				return err
			}
			done[i], failed[i] = d, err // a refusal comes before the first change
		}
		return nil
	})
	return done, failed, err
}

func remove(tx Tx, b *Bucket, key, version string, condition Condition) (Deletion, error) {
	at := now()
	before, err := newest(tx, b.Name, key)
	if err != nil {
		return Deletion{}, err
	}
	if err := condition.check(before); err != nil {
		return Deletion{}, err
	}
	if version != "" {
		return removeVersion(tx, b, key, version)
	}
	if b.Versioning == Unversioned {
		return Deletion{}, ignoreMissing(tx.DeleteObject(b.Name, key, NullVersion, at))
	}
	marker := &Object{Key: key, Marker: true}
	err = add(tx, b, marker, Condition{}, at)
	return Deletion{Version: marker.Version, Marker: true}, err
}

func removeVersion(tx Tx, b *Bucket, key, version string) (Deletion, error) {
	o, err := tx.ObjectVersion(b.Name, key, version)
	if fault.Is(err, fault.NotFound, "object") {
		return Deletion{Version: version}, nil
	}
	if err != nil {
		return Deletion{}, err
	}
	return Deletion{Version: version, Marker: o.Marker}, tx.DeleteObject(b.Name, key, version, now())
}

func ignoreMissing(err error) error {
	if fault.Is(err, fault.NotFound, "object") {
		return nil
	}
	return err
}
