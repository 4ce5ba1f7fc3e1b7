package dashboard

import (
	"context"
	"slices"
	"strings"
	"time"

	"sluice/internal/fault"
)

// Service is what may be done with dashboards. Its methods may be called by many goroutines at once.
type Service struct{ store Store }

// NewService returns a Service. It starts nothing.
func NewService(store Store) *Service { return &Service{store} }

// Put creates or replaces a dashboard, now. One that is replaced keeps its tags.
// Errors: fault.Invalid "dashboard name" and "dashboard".
func (s *Service) Put(ctx context.Context, d Dashboard) error {
	if err := d.check(); err != nil {
		return err
	}
	d.Modified = time.Now().UTC()
	return s.store.WriteDashboards(ctx, func(tx Tx) error {
		earlier, err := tx.Dashboard(d.Account, d.Name)
		if err == nil {
			d.Tags = earlier.Tags
		} else if !fault.Is(err, fault.NotFound, "dashboard") {
			return err
		}
		return tx.PutDashboard(&d)
	})
}

// Get returns a dashboard. Error: fault.NotFound "dashboard".
func (s *Service) Get(ctx context.Context, account, name string) (found *Dashboard, err error) {
	err = s.store.ReadDashboards(ctx, func(r Reader) error {
		found, err = r.Dashboard(account, name)
		return err
	})
	if fault.Is(err, fault.NotFound, "dashboard") {
		err = fault.Errorf(fault.NotFound, "dashboard", "Dashboard %s does not exist", name)
	}
	return found, err
}

// List lists the dashboards whose names begin with prefix and come after a name, in the names' order, limit at most, and
// says whether there are more. Their bodies are there.
func (s *Service) List(ctx context.Context, account, prefix, after string, limit int) (found []*Dashboard, more bool, err error) {
	err = s.store.ReadDashboards(ctx, func(r Reader) error {
		found, err = r.Dashboards(account, prefix, after, limit+1)
		return err
	})
	if err == nil && len(found) > limit {
		found, more = found[:limit], true
	}
	return found, more, err
}

// Delete deletes dashboards: all that are named or, if one does not exist, none. Error: fault.NotFound "dashboard".
func (s *Service) Delete(ctx context.Context, account string, names []string) error {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	return s.store.WriteDashboards(ctx, func(tx Tx) error {
		var missing []string
		for _, name := range names {
			err := tx.DeleteDashboard(account, name)
			if fault.Is(err, fault.NotFound, "dashboard") {
				missing = append(missing, name)
			} else if err != nil {
				return err
			}
		}
		if missing != nil {
			return fault.Errorf(fault.NotFound, "dashboard", "The specified dashboard does not exist. [%s]", strings.Join(missing, ", "))
		}
		return nil
	})
}
