package restapi

import (
	"context"
	"time"

	"sluice/internal/fault"
	"sluice/internal/replica"
)

// Service is what may be done with REST APIs. Its methods may be called by many goroutines at once.
type Service struct {
	store  Store
	views  *replica.Set[ID, stageViews]
	limits *limits
}

// NewService returns a Service that knows no stage before Start.
func NewService(store Store) *Service {
	return &Service{store: store, views: replica.New[ID, stageViews](func(id ID) string { return id.API }), limits: newLimits()}
}

// Start takes up the stages that are stored. It has to return before the first request.
func (s *Service) Start(ctx context.Context) error {
	var all []ID
	err := s.store.ReadRESTAPIs(ctx, func(r Reader) (err error) {
		all, err = r.AllRESTAPIs()
		return err
	})
	for _, id := range all {
		if err == nil {
			err = s.refresh(ctx, id)
		}
	}
	return err
}

// Find returns a stage, without a look at the store. v is nil if there is no such stage; known is whether there is such an API.
// Errors: the store's, if what was changed lately could not be read again, and can't be now.
func (s *Service) Find(ctx context.Context, apiID, stage string) (v *View, known bool, err error) {
	found, err := s.views.Find(apiID, func(id ID) error { return s.refresh(ctx, id) })
	if found == nil {
		return nil, false, err
	}
	return found.stages[stage], true, nil
}

// follow takes changes of APIs into the views. They are stored, so what fails here is no failure of their request: Find tries
// it again.
func (s *Service) follow(ctx context.Context, ids ...ID) {
	for _, id := range ids {
		_ = s.refresh(ctx, id)
	}
}

func (s *Service) refresh(ctx context.Context, id ID) error {
	return s.views.Refresh(id, func(before *stageViews) (v *stageViews, err error) {
		err = s.store.ReadRESTAPIs(context.WithoutCancel(ctx), func(r Reader) error {
			v, err = readViews(r, id, before)
			if fault.Is(err, fault.NotFound, "REST API") {
				v, err = nil, nil
			}
			return err
		})
		return v, err
	})
}

// read runs a closure on one state of the records.
func read[T any](ctx context.Context, s *Service, find func(Reader) (T, error)) (found T, err error) {
	err = s.store.ReadRESTAPIs(ctx, func(r Reader) (err error) {
		found, err = find(r)
		return err
	})
	return found, err
}

// now is the time as records keep it.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
