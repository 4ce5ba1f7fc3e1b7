package layer

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/policy"
)

// use is the action that a version's policy may allow (AWS's page AddLayerVersionPermission knows no other).
const use = "lambda:GetLayerVersion"

// Version returns a version: any of the caller's own, and those of others whose policy lets the caller's account use
// them.
// Errors: fault.NotFound "layer version"; fault.Invalid "layer version" for a number below 1; fault.Denied "layer
// version", which hides whether there is one.
func (s *Service) Version(ctx context.Context, caller function.Scope, id ID, number int) (found *Version, err error) {
	if err := checkNumber(number); err != nil {
		return nil, err
	}
	err = s.store.ReadLayers(ctx, func(r Reader) error {
		found, err = r.LayerVersion(id, number)
		return err
	})
	missing := fault.Is(err, fault.NotFound, "layer version")
	switch {
	case err != nil && !missing:
		return nil, err
	case id.Account != caller.Account && (missing || !found.allows(caller.Account)):
		return nil, errDenied(caller, id, number)
	case missing || id.Region != caller.Region:
		return nil, fault.Errorf(fault.NotFound, "layer version", "The resource you requested does not exist.")
	}
	return found, nil
}

func (v *Version) allows(account string) bool {
	return v.Policy.Allows(policy.Request{Caller: account, Action: use, Resource: v.ARN()})
}

func errDenied(caller function.Scope, id ID, number int) error {
	return fault.Errorf(fault.Denied, "layer version",
		"User: %s is not authorized to perform: %s on resource: %s because no resource-based policy allows the %s action",
		policy.AccountARN(caller.Account), use, id.VersionARN(number), use)
}

// batch is how many records are read at once in search of those that a filter wants.
const batch = 50

// Versions lists a layer's versions that a filter wants, the newest first, and the cursor to go on from, nil at the
// end. A layer that does not exist has none (recording test_layer_exceptions).
// Errors: fault.Denied "layer" for a layer of another account.
func (s *Service) Versions(ctx context.Context, caller function.Scope, id ID, f Filter, page function.Page) (found []*Version, next *function.Cursor, err error) {
	if err := own(caller, id); err != nil {
		return nil, nil, err
	}
	err = s.store.ReadLayers(ctx, func(r Reader) error {
		found, err = search(r, id, f, int(page.After.Number), more(page.Limit))
		return err
	})
	if page.Limit > 0 && len(found) > page.Limit {
		found = found[:page.Limit]
		next = &function.Cursor{Number: function.Number(found[page.Limit-1].Number)}
	}
	return found, next, err
}

// Layers lists the newest version that a filter wants of each layer that has one, by the layers' names, and the cursor to
// go on from, nil at the end.
func (s *Service) Layers(ctx context.Context, scope function.Scope, f Filter, page function.Page) (newest []*Version, next *function.Cursor, err error) {
	err = s.store.ReadLayers(ctx, func(r Reader) error {
		newest, err = newestOfEach(r, scope, f, page.After.Name, more(page.Limit))
		return err
	})
	if page.Limit > 0 && len(newest) > page.Limit {
		newest = newest[:page.Limit]
		next = &function.Cursor{Name: newest[page.Limit-1].Layer.Name}
	}
	return newest, next, err
}

// newestOfEach goes through layers until it has found enough; 0 is never enough.
func newestOfEach(r Reader, scope function.Scope, f Filter, after string, enough int) (newest []*Version, err error) {
	for {
		layers, err := r.Layers(scope, after, batch)
		if err != nil {
			return nil, err
		}
		for _, l := range layers {
			after = l.ID.Name
			found, err := search(r, l.ID, f, 0, 1)
			if err != nil {
				return nil, err
			}
			newest = append(newest, found...)
			if len(newest) == enough {
				return newest, nil
			}
		}
		if len(layers) < batch {
			return newest, nil
		}
	}
}

// search goes down a layer's versions until it has found enough; 0 is never enough.
func search(r Reader, id ID, f Filter, below, enough int) (found []*Version, err error) {
	for {
		versions, err := r.LayerVersions(id, below, batch)
		if err != nil {
			return nil, err
		}
		for _, v := range versions {
			below = v.Number
			if !f.matches(v) {
				continue
			}
			if found = append(found, v); len(found) == enough {
				return found, nil
			}
		}
		if len(versions) < batch {
			return found, nil
		}
	}
}

// more asks for one item beyond a page, which tells whether there is another page.
func more(limit int) int {
	if limit == 0 {
		return 0
	}
	return limit + 1
}
