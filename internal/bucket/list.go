package bucket

import "context"

// Listing asks for a page of a list.
type Listing struct {
	Prefix    string
	Delimiter string // keys that have it after the prefix are shown once, as what they have in common; empty shows each
	After     string // the list begins after this key, or after all keys with this common prefix
	// Version is the ID, or that of an upload, after which the list goes on within the key After; empty begins after the key.
	Version string
	Max     int // entries of a page, common prefixes among them; 0 lists nothing
}

// Page is a page of a list. Next is where the next page begins; empty if there is none.
type Page[T any] struct {
	Entries     []T
	Prefixes    []string // what keys have in common up to the delimiter
	Truncated   bool     // there is more
	Next        string   // for the next page's After
	NextVersion string   // for the next page's Version
}

// List lists the objects of a bucket by key. Errors: Find's.
func (s *Service) List(ctx context.Context, p Place, l Listing) (page Page[*Object], err error) {
	err = s.inBucket(ctx, p, func(r Reader, b *Bucket) error {
		f := folding[*Object]{listing: l, key: keyOfObject}
		page, err = f.run(func(span Span, _ string, limit int) ([]*Object, error) { return r.Objects(b.Name, span, limit) })
		return err
	})
	return page, err
}

func keyOfObject(o *Object) string { return o.Key }

// ListVersions lists all versions of objects, by key and the newest first. Errors: Find's.
func (s *Service) ListVersions(ctx context.Context, p Place, l Listing) (page Page[*Version], err error) {
	err = s.inBucket(ctx, p, func(r Reader, b *Bucket) error {
		f := folding[*Object]{listing: l, key: keyOfObject, id: func(o *Object) string { return o.Version }}
		found, err := f.run(func(span Span, after string, limit int) ([]*Object, error) {
			before, err := orderOf(r, b.Name, span.From, after)
			if err != nil {
				return nil, err
			}
			return r.ObjectVersions(b.Name, span, before, limit)
		})
		if err != nil {
			return err
		}
		page = Page[*Version]{Prefixes: found.Prefixes, Truncated: found.Truncated, Next: found.Next, NextVersion: found.NextVersion}
		page.Entries, err = versions(r, b, found.Entries)
		return err
	})
	return page, err
}

// orderOf returns the order of a version, from which those before it follow. One that is gone leaves the key behind.
func orderOf(r Reader, bucket, key, id string) (int64, error) {
	if id == "" {
		return 0, nil
	}
	o, err := r.ObjectVersion(bucket, key, id)
	if err != nil {
		return 1, ignoreMissing(err)
	}
	return o.Order, nil
}

// Version is a version of an object in a list.
type Version struct {
	*Object
	Newest bool
}

// versions tells which of the versions are their key's newest: those that follow another key, unless the page began within
// the key.
func versions(r Reader, b *Bucket, found []*Object) ([]*Version, error) {
	list := make([]*Version, 0, len(found))
	for i, o := range found {
		v := &Version{Object: o, Newest: i > 0 && found[i-1].Key != o.Key}
		if i == 0 {
			first, err := newest(r, b.Name, o.Key)
			if err != nil {
				return nil, err
			}
			v.Newest = first != nil && first.Version == o.Version
		}
		list = append(list, v)
	}
	return list, nil
}
