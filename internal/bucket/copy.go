package bucket

import (
	"context"
	"maps"

	"sluice/internal/fault"
)

// Source is an object that is copied.
type Source struct {
	Place
	Key     string
	Version string // empty for the newest
	// Allowed, if it is set, decides by the object whether it is copied. Its error becomes the call's.
	Allowed func(*Object) error
}

// Copy is an object that is to be made of another.
type Copy struct {
	Place
	Key       string
	From      Source
	Condition Condition
	// Labels replace the source's headers and metadata, and its tags; nil keeps them.
	Labels *Labels
	Tags   *map[string]string
	// SameAllowed allows to copy an object onto itself although nothing about it changes.
	SameAllowed bool
}

// Unfound is the error of what is to be copied and can't be; it says of which object.
type Unfound struct {
	From Source
	Err  error
}

// Error is the reason's text.
func (u *Unfound) Error() string { return u.Err.Error() }

// Unwrap is the reason.
func (u *Unfound) Unwrap() error { return u.Err }

// CopyObject makes an object of another, whose content is shared, and returns both.
// Errors: Find's; *Unfound with Find's and Head's of the source; Condition's; fault.Invalid "copy" of an object onto itself.
func (s *Service) CopyObject(ctx context.Context, c Copy) (made, from *Object, err error) {
	err = s.store.WriteBuckets(ctx, func(tx Tx) error {
		to, err := enter(tx, c.Place)
		if err != nil {
			return err
		}
		if from, err = source(tx, c.From); err != nil {
			return err
		}
		if err := c.checkSame(from); err != nil {
			return err
		}
		made = c.of(from)
		return add(tx, to, made, c.Condition, now())
	})
	return made, from, err
}

// source finds what is copied. Its errors are *Unfound.
func source(r Reader, from Source) (*Object, error) {
	o, err := allowed(r, from)
	if err != nil {
		return nil, &Unfound{From: from, Err: err}
	}
	return o, nil
}

func allowed(r Reader, from Source) (*Object, error) {
	b, err := enter(r, from.Place)
	if err != nil {
		return nil, err
	}
	o, err := find(r, b, from.Key, from.Version)
	if fault.Is(err, fault.Conflict, "marker") {
		err = fault.Errorf(fault.Invalid, "copy", "The source of a copy request may not specifically refer to a delete marker by version id.")
	}
	if err == nil && from.Allowed != nil {
		err = from.Allowed(o)
	}
	return o, err
}

// checkSame refuses a copy that would change nothing.
func (c Copy) checkSame(from *Object) error {
	same := from.Bucket == c.Bucket && from.Key == c.Key && c.From.Version == ""
	if !same || c.Labels != nil || c.Tags != nil || c.SameAllowed {
		return nil
	}
	return fault.Errorf(fault.Invalid, "copy", "This copy request is illegal because it is trying to copy an object to itself without "+
		"changing the object's metadata, storage class, website redirect location or encryption attributes.")
}

// of returns the object that is made of another. A whole checksum stays true; one over parts does too, since the parts stay.
func (c Copy) of(from *Object) *Object {
	made := &Object{
		Key: c.Key, ETag: from.ETag, Size: from.Size, Pieces: from.Pieces, Uploaded: from.Uploaded, Checksum: from.Checksum,
		Labels: Labels{Headers: maps.Clone(from.Headers), Metadata: maps.Clone(from.Metadata), Tags: maps.Clone(from.Tags)},
	}
	if c.Labels != nil {
		made.Headers, made.Metadata = c.Labels.Headers, c.Labels.Metadata
	}
	if c.Tags != nil {
		made.Tags = *c.Tags
	}
	return made
}
