package httpapi

import (
	"context"
	"time"

	"sluice/internal/fault"
	"sluice/internal/replica"
	"sluice/internal/tokenbucket"
)

// Service is what may be done with HTTP APIs. Its methods may be called by many goroutines at once.
type Service struct {
	store  Store
	views  *replica.Set[ID, View]
	limits *tokenbucket.Buckets[counter]
}

// NewService returns a Service that knows no API before Start.
func NewService(store Store) *Service {
	return &Service{store: store, views: replica.New[ID, View](func(id ID) string { return id.API }), limits: tokenbucket.New[counter]()}
}

// Start takes up the APIs that are stored. It has to return before the first request.
func (s *Service) Start(ctx context.Context) error {
	var all []ID
	err := s.store.ReadHTTPAPIs(ctx, func(r Reader) (err error) {
		all, err = r.AllHTTPAPIs()
		return err
	})
	for _, id := range all {
		if err == nil {
			err = s.refresh(ctx, id)
		}
	}
	return err
}

// Find returns an API with its stages, without a look at the store; nil if there is none.
// Errors: the store's, if what was changed lately could not be read again, and can't be now.
func (s *Service) Find(ctx context.Context, apiID string) (*View, error) {
	return s.views.Find(apiID, func(id ID) error { return s.refresh(ctx, id) })
}

// follow takes changes of an API into its view. They are stored, so what fails here is no failure of their request: Find tries
// it again.
func (s *Service) follow(ctx context.Context, id ID) { _ = s.refresh(ctx, id) }

func (s *Service) refresh(ctx context.Context, id ID) error {
	return s.views.Refresh(id, func(before *View) (v *View, err error) {
		err = s.store.ReadHTTPAPIs(context.WithoutCancel(ctx), func(r Reader) error {
			v, err = readView(r, id, before)
			if fault.Is(err, fault.NotFound, "HTTP API") {
				v, err = nil, nil
			}
			return err
		})
		return v, err
	})
}

// write changes records of an API in one transaction, and takes the change into its view.
func (s *Service) write(ctx context.Context, id ID, change func(Tx) error) error {
	err := s.store.WriteHTTPAPIs(ctx, change)
	if err == nil {
		s.follow(ctx, id)
	}
	return err
}

// read runs a closure on one state of the records.
func read[T any](ctx context.Context, s *Service, find func(Reader) (T, error)) (found T, err error) {
	err = s.store.ReadHTTPAPIs(ctx, func(r Reader) (err error) {
		found, err = find(r)
		return err
	})
	return found, err
}

// now is the time as records keep it.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
