package functionurl

import (
	"context"
	"errors"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Service configures function URLs and finds them for requests. Its methods may be called by many goroutines at once.
type Service struct {
	store Store
	table *table
}

// NewService returns a Service that knows no URL before Start.
func NewService(store Store) *Service { return &Service{store: store, table: newTable()} }

// Start takes up the URLs that are stored. It has to return before the first request.
func (s *Service) Start(ctx context.Context) error {
	return s.store.ReadFunctionURLs(ctx, func(r Reader) error {
		all, err := r.AllFunctionURLs()
		s.table.load(all)
		return err
	})
}

// Change says what a URL is to be. A nil or empty member leaves what is there or, in a creation, the default.
type Change struct {
	Auth Auth
	Mode Mode
	CORS *CORS // one that is not nil replaces all that was given before; an empty one takes it away
}

func (c *Change) apply(to *Config) {
	if c.Auth != "" {
		to.Auth = c.Auth
	}
	if c.Mode != "" {
		to.Mode = c.Mode
	}
	if c.CORS != nil {
		to.CORS = c.CORS
	}
	if to.CORS.Empty() {
		to.CORS = nil
	}
}

// Create gives a function or alias a URL. Its change needs an Auth.
// Errors: fault.NotFound "function", for a missing alias too; fault.Conflict "function URL"; fault.Invalid "CORS".
func (s *Service) Create(ctx context.Context, id function.ID, qualifier string, change Change) (*Config, error) {
	made := &Config{Function: id, Qualifier: qualifier, ID: newID(), Created: now()}
	made.Modified = made.Created
	change.apply(made)
	if err := change.CORS.check(); err != nil {
		return nil, err
	}
	err := s.write(ctx, id, func(tx Tx) error {
		if err := checkOwner(tx, id, qualifier); err != nil {
			return err
		}
		_, err := tx.FunctionURL(id, qualifier)
		if err == nil {
			return taken(id, qualifier)
		}
		if !fault.Is(err, fault.NotFound, "function URL") {
			return err
		}
		return tx.PutFunctionURL(made)
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// Update changes a URL's configuration and returns it. The URL itself stays.
// Errors: fault.NotFound "function", for a missing alias too, and "function URL"; fault.Invalid "CORS".
func (s *Service) Update(ctx context.Context, id function.ID, qualifier string, change Change) (changed *Config, err error) {
	if err := change.CORS.check(); err != nil {
		return nil, err
	}
	err = s.write(ctx, id, func(tx Tx) error {
		if err := checkOwner(tx, id, qualifier); err != nil {
			return err
		}
		if changed, err = tx.FunctionURL(id, qualifier); err != nil {
			return missing(err, noURL())
		}
		change.apply(changed)
		changed.Modified = now()
		return tx.PutFunctionURL(changed)
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// Delete takes a function's or an alias's own URL away; those of its aliases stay. Requests under way end as they began.
// Errors: fault.NotFound "function URL".
func (s *Service) Delete(ctx context.Context, id function.ID, qualifier string) error {
	return s.write(ctx, id, func(tx Tx) error {
		return missing(tx.DeleteFunctionURL(id, qualifier), noURL())
	})
}

// Get returns a URL's configuration.
// Errors: fault.NotFound "function URL".
func (s *Service) Get(ctx context.Context, id function.ID, qualifier string) (found *Config, err error) {
	err = s.store.ReadFunctionURLs(ctx, func(r Reader) error {
		found, err = r.FunctionURL(id, qualifier)
		return missing(err, noURL())
	})
	return found, err
}

// Page says which part of a list is wanted.
type Page struct {
	// After is the qualifier to go on behind; nil: from the beginning.
	After *string
	Limit int // at most so many; 0 means all
}

// List lists the URLs of a function and its aliases, and says whether there are more behind the last.
// Errors: fault.NotFound "function".
func (s *Service) List(ctx context.Context, id function.ID, page Page) (found []*Config, more bool, err error) {
	err = s.store.ReadFunctionURLs(ctx, func(r Reader) error {
		if err := checkOwner(r, id, ""); err != nil {
			return err
		}
		found, err = r.FunctionURLs(id)
		return err
	})
	if err != nil {
		return nil, false, err
	}
	for page.After != nil && len(found) > 0 && found[0].Qualifier <= *page.After {
		found = found[1:]
	}
	if page.Limit > 0 && len(found) > page.Limit {
		return found[:page.Limit], true, nil
	}
	return found, false, nil
}

// Find returns the configuration of the URL with an ID, without a look at the store. It must not be changed. A URL that
// was there and is no more has a nil configuration; known is false for one that never was, as far as is remembered.
// Errors: the store's, if what was changed lately could not be read again, and can't be now.
func (s *Service) Find(ctx context.Context, urlID string) (c *Config, known bool, err error) {
	c, known, certain := s.table.find(urlID)
	if certain {
		return c, known, nil
	}
	var failed []error
	for _, id := range s.table.doubtful() {
		failed = append(failed, s.refresh(ctx, id))
	}
	if c, known, certain = s.table.find(urlID); certain {
		return c, known, nil
	}
	return c, known, errors.Join(failed...)
}

// Deleted follows the deletion of a function or of one of its aliases, with which their URLs went.
func (s *Service) Deleted(ctx context.Context, id function.ID) { s.follow(ctx, id) }

// write changes the store and then the table: when it returns, requests find what was written.
func (s *Service) write(ctx context.Context, id function.ID, change func(Tx) error) error {
	if err := s.store.WriteFunctionURLs(ctx, change); err != nil {
		return err
	}
	s.follow(ctx, id)
	return nil
}

// follow takes a change of a function's URLs into the table. The change is stored, so what fails here is no failure of its
// request: Find tries it again.
func (s *Service) follow(ctx context.Context, id function.ID) { _ = s.refresh(ctx, id) }

func (s *Service) refresh(ctx context.Context, id function.ID) error {
	return s.table.refresh(id, func() (of []*Config, err error) {
		err = s.store.ReadFunctionURLs(context.WithoutCancel(ctx), func(r Reader) error {
			of, err = r.FunctionURLs(id)
			return err
		})
		return of, err
	})
}

// now is the time as records keep it.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
