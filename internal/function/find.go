package function

import (
	"context"
	"time"
)

// Found is what a name and a qualifier lead to.
type Found struct {
	Function *Function
	Version  *Version
	// Alias is the alias that the qualifier named; nil if it named a version or nothing.
	Alias *Alias
}

// Find looks a function up, and the version that a qualifier names: nothing or $LATEST, a number, or an alias, which
// stands for its main version. The version is as it is now (see Version.At).
// Errors: fault.NotFound "function", for a missing version or alias too.
func (s *Service) Find(ctx context.Context, id ID, qualifier string) (*Found, error) {
	found := &Found{}
	err := s.store.ReadFunctions(ctx, func(r Reader) (err error) {
		found.Function, err = r.Function(id)
		if err != nil {
			return err
		}
		number, isNumber := ParseNumber(qualifier)
		if qualifier != "" && !isNumber {
			if found.Alias, err = r.Alias(id, qualifier); err != nil {
				return err
			}
			number = found.Alias.Version
		}
		found.Version, err = version(r, found.Function, number)
		return err
	})
	if err != nil {
		return nil, notFoundAs(err, id, qualifier)
	}
	found.Version = found.Version.At(now())
	return found, nil
}

// version returns one of f's versions, $LATEST included.
func version(r Reader, f *Function, n Number) (*Version, error) {
	if n == Latest {
		return &f.Latest, nil
	}
	return r.Version(f.ID, n)
}

// Page says which part of a list is wanted.
type Page struct {
	After Cursor
	Limit int // at most so many; 0 means all
}

// Cursor is a place in a list: behind this item. The zero Cursor is before the first.
type Cursor struct {
	Name   string
	Number Number
}

// Functions lists $LATEST of each function by name, and the cursor to go on from, nil at the end.
func (s *Service) Functions(ctx context.Context, scope Scope, page Page) (latest []*Version, next *Cursor, err error) {
	err = s.store.ReadFunctions(ctx, func(r Reader) error {
		functions, err := r.Functions(scope, page.After.Name, more(page.Limit))
		for _, f := range functions {
			latest = append(latest, &f.Latest)
		}
		return err
	})
	latest, next = cut(latest, page.Limit, now())
	return latest, next, err
}

// FunctionVersions lists each function's $LATEST and then its published versions, functions by name.
func (s *Service) FunctionVersions(ctx context.Context, scope Scope, page Page) (versions []*Version, next *Cursor, err error) {
	err = s.store.ReadFunctions(ctx, func(r Reader) error {
		if page.After.Name != "" { // the page before may have ended within a function's versions
			id := ID{scope, page.After.Name}
			if versions, err = r.Versions(id, page.After.Number, more(page.Limit)); err != nil {
				return err
			}
		}
		functions, err := r.Functions(scope, page.After.Name, more(page.Limit))
		if err != nil {
			return err
		}
		for _, f := range functions {
			if page.Limit > 0 && len(versions) > page.Limit {
				return nil
			}
			published, err := r.Versions(f.ID, 0, more(page.Limit))
			if err != nil {
				return err
			}
			versions = append(append(versions, &f.Latest), published...)
		}
		return nil
	})
	versions, next = cut(versions, page.Limit, now())
	return versions, next, err
}

// Versions lists a function's $LATEST and then its published versions by number.
// Errors: fault.NotFound "function".
func (s *Service) Versions(ctx context.Context, id ID, page Page) (versions []*Version, next *Cursor, err error) {
	err = s.store.ReadFunctions(ctx, func(r Reader) error {
		f, err := r.Function(id)
		if err != nil {
			return notFoundAs(err, id, "")
		}
		if page.After == (Cursor{}) {
			versions = append(versions, &f.Latest)
		}
		published, err := r.Versions(id, page.After.Number, more(page.Limit))
		versions = append(versions, published...)
		return err
	})
	versions, next = cut(versions, page.Limit, now())
	return versions, next, err
}

// more asks for one item beyond a page, which tells whether there is another page.
func more(limit int) int {
	if limit == 0 {
		return 0
	}
	return limit + 1
}

// cut keeps a page's items, as they are now, and returns the cursor of the last if there were more.
func cut(versions []*Version, limit int, now time.Time) (page []*Version, next *Cursor) {
	if limit > 0 && len(versions) > limit {
		versions = versions[:limit]
		last := versions[limit-1]
		next = &Cursor{Name: last.Function.Name, Number: last.Number}
	}
	for i, v := range versions {
		versions[i] = v.At(now)
	}
	return versions, next
}
