package parameter

import (
	"context"
	"slices"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Service is what may be done with parameters. Its methods may be called by many goroutines at once.
type Service struct {
	store  Store
	sealer *Sealer
}

// NewService returns a Service. It starts nothing.
func NewService(store Store, sealer *Sealer) *Service { return &Service{store, sealer} }

// Found is a version of a parameter.
type Found struct {
	ID       ID
	Selector string // by which it was asked for
	Version
	Labels []string // in their order
}

// Get returns a version of a parameter. Unless open is set, a secure value stays sealed.
// Errors: fault.NotFound "parameter" or "version".
func (s *Service) Get(ctx context.Context, ref Reference, open bool) (found Found, err error) {
	err = s.store.ReadParameters(ctx, func(r Reader) error {
		p, err := ref.find(r)
		if err != nil {
			return err
		}
		number, err := ref.version(p)
		if err != nil {
			return err
		}
		v := &p.Latest
		if number != v.Number {
			if v, err = version(r, ref.ID, number); err != nil {
				return err
			}
		}
		found = Found{ID: ref.ID, Selector: ref.Selector, Version: *v}
		return nil
	})
	if err != nil {
		return Found{}, err
	}
	return found, s.opened(&found, open)
}

func (s *Service) opened(f *Found, open bool) (err error) {
	if open && f.Type == Secure {
		f.Value, err = s.sealer.open(f.ID, f.Value)
	}
	return err
}

func parameter(r Reader, id ID) (*Parameter, error) {
	p, err := r.Parameter(id)
	if fault.Is(err, fault.NotFound, "parameter") {
		err = noParameter(id.Name)
	}
	return p, err
}

func version(r Reader, id ID, number int64) (*Version, error) {
	v, err := r.ParameterVersion(id, number)
	if fault.Is(err, fault.NotFound, "version") {
		err = noVersion(id, number)
	}
	return v, err
}

// History returns the versions of a parameter that are kept, the oldest first, above a number, limit at most, and says
// whether there are more. Errors: fault.NotFound "parameter".
func (s *Service) History(ctx context.Context, id ID, above int64, limit int, open bool) (found []Found, more bool, err error) {
	err = s.store.ReadParameters(ctx, func(r Reader) error {
		p, err := parameter(r, id)
		if err != nil {
			return err
		}
		versions, err := r.ParameterVersions(id, above, limit+1)
		if more = len(versions) > limit; more {
			versions = versions[:limit]
		}
		for _, v := range versions {
			labels := p.labelsOf(v.Number)
			slices.Sort(labels)
			found = append(found, Found{ID: id, Version: *v, Labels: labels})
		}
		return err
	})
	for i := range found {
		if err == nil {
			err = s.opened(&found[i], open)
		}
	}
	return found, more, err
}

// Delete deletes a parameter with all its versions. Errors: fault.NotFound "parameter".
func (s *Service) Delete(ctx context.Context, id ID) error {
	return s.store.WriteParameters(ctx, func(tx Tx) error {
		if _, err := parameter(tx, id); err != nil {
			return err
		}
		return tx.DeleteParameter(id)
	})
}

// List lists the parameters that a query finds, behind a name, in the names' order, limit at most, and says whether there
// are more. Unless open is set, secure values stay sealed. Errors: those of Query.Check.
func (s *Service) List(ctx context.Context, scope function.Scope, q Query, after string, limit int, open bool) (found []*Parameter, more bool, err error) {
	if err := q.Check(); err != nil {
		return nil, false, err
	}
	err = s.store.ReadParameters(ctx, func(r Reader) error {
		for len(found) <= limit {
			page, err := r.Parameters(scope, q.prefix(), after, scanned)
			if err != nil {
				return err
			}
			for _, p := range page {
				if after = p.ID.Name; q.finds(p) {
					found = append(found, p)
				}
			}
			if len(page) < scanned {
				return nil
			}
		}
		return nil
	})
	if more = len(found) > limit; more {
		found = found[:limit]
	}
	for _, p := range found {
		if err == nil && open && p.Latest.Type == Secure {
			p.Latest.Value, err = s.sealer.open(p.ID, p.Latest.Value)
		}
	}
	return found, more, err
}

// scanned is how many parameters a list reads at a time.
const scanned = 100
