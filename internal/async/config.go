package async

import (
	"cmp"
	"context"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Config is how the events of a function's qualifier are treated: AWS's event invoke configuration.
type Config struct {
	Function  function.ID
	Qualifier string `json:",omitempty"` // $LATEST, a number or an alias
	// Retries is how often an event is tried again after the function failed on it, 0 to 2. Nil means DefaultRetries.
	Retries *int `json:",omitempty"`
	// MaxAgeSeconds is how old an event may become, 60 to 21600 seconds of the cloud. Nil means DefaultAge.
	MaxAgeSeconds *int `json:"Seconds,omitempty"`
	// OnSuccess and OnFailure name whom an event's end is told to, by ARN. Empty means nobody.
	OnSuccess, OnFailure string `json:",omitempty"`
	Modified             time.Time
}

// Limits returns the Config's limits, with the defaults for what it leaves open.
func (c *Config) Limits() Limits {
	limits := Limits{Retries: DefaultRetries, Age: DefaultAge}
	if c.Retries != nil {
		limits.Retries = *c.Retries
	}
	if c.MaxAgeSeconds != nil {
		limits.Age = time.Duration(*c.MaxAgeSeconds) * time.Second
	}
	return limits
}

// ConfigChange is what a request says of a Config. Nil fields say nothing.
type ConfigChange struct {
	Retries       *int
	MaxAgeSeconds *int
	Destinations  *Destinations
}

// empty reports whether the request says nothing at all.
func (c ConfigChange) empty() bool {
	return c.Retries == nil && c.MaxAgeSeconds == nil && c.Destinations == nil
}

// PutConfig replaces what is configured for a qualifier: what the change leaves out is forgotten.
// Errors: fault.Invalid "event config", "destination" and "unserved destination"; fault.NotFound "event function" for a
// missing version or alias too.
func (s *Service) PutConfig(ctx context.Context, id function.ID, qualifier string, change ConfigChange) (*Config, error) {
	return s.change(ctx, id, qualifier, change, func(Tx, *Config) error { return nil })
}

// UpdateConfig changes what is configured for a qualifier: what the change leaves out stays.
// Errors: as PutConfig's, and fault.NotFound "event config".
func (s *Service) UpdateConfig(ctx context.Context, id function.ID, qualifier string, change ConfigChange) (*Config, error) {
	return s.change(ctx, id, qualifier, change, func(tx Tx, c *Config) error {
		earlier, err := tx.EventConfig(c.Function, c.Qualifier)
		if err != nil {
			return noConfig(err, c.Function, c.Qualifier)
		}
		*c = *earlier
		return nil
	})
}

// change stores a Config: what begin makes of an empty one, with a change.
func (s *Service) change(ctx context.Context, id function.ID, qualifier string, change ConfigChange, begin func(Tx, *Config) error) (*Config, error) {
	if change.empty() {
		return nil, fault.Errorf(fault.Invalid, "event config", "You must specify at least one of error handling or destination setting.")
	}
	var changed *Config
	err := s.cfg.Store.WriteEvents(ctx, func(tx Tx) error {
		if !exists(tx, id, qualifier) {
			return noFunction()
		}
		c := &Config{Function: id, Qualifier: settled(qualifier)}
		if err := begin(tx, c); err != nil {
			return err
		}
		if change.Destinations != nil {
			if err := change.Destinations.check(tx, id); err != nil {
				return err
			}
			c.OnSuccess, c.OnFailure = change.Destinations.success(), change.Destinations.failure()
		}
		c.Retries, c.MaxAgeSeconds = cmp.Or(change.Retries, c.Retries), cmp.Or(change.MaxAgeSeconds, c.MaxAgeSeconds)
		c.Modified, changed = now(), c
		return tx.PutEventConfig(c)
	})
	return changed, err
}

// Config returns what is configured for a qualifier. Errors: fault.NotFound "event config", for a missing function too.
func (s *Service) Config(ctx context.Context, id function.ID, qualifier string) (found *Config, err error) {
	qualifier = settled(qualifier)
	err = s.cfg.Store.ReadEvents(ctx, func(r Reader) error {
		found, err = r.EventConfig(id, qualifier)
		return noConfig(err, id, qualifier)
	})
	return found, err
}

// Configs lists a function's configurations by qualifier, those behind one, limit at most, and says whether there are
// more. Errors: fault.NotFound "event function".
func (s *Service) Configs(ctx context.Context, id function.ID, after string, limit int) (found []*Config, more bool, err error) {
	err = s.cfg.Store.ReadEvents(ctx, func(r Reader) error {
		if !exists(r, id, "") {
			return noFunction()
		}
		all, err := r.EventConfigs(id)
		for _, c := range all {
			if c.Qualifier > after {
				found = append(found, c)
			}
		}
		return err
	})
	if err == nil && len(found) > limit {
		found, more = found[:limit], true
	}
	return found, more, err
}

// DeleteConfig forgets what is configured for a qualifier. Errors: as Config's.
func (s *Service) DeleteConfig(ctx context.Context, id function.ID, qualifier string) error {
	qualifier = settled(qualifier)
	return s.cfg.Store.WriteEvents(ctx, func(tx Tx) error {
		return noConfig(tx.DeleteEventConfig(id, qualifier), id, qualifier)
	})
}

// settled is the qualifier that a request without one means.
func settled(qualifier string) string { return cmp.Or(qualifier, function.Latest.String()) }

// exists reports whether there is a function, and the version or alias that a qualifier names. An error of the reader
// fails the transaction anyway.
func exists(r function.Reader, id function.ID, qualifier string) bool {
	_, err := found(r, id, qualifier)
	return err == nil
}

// found returns the version that a qualifier leads to; an alias stands for its main version.
func found(r function.Reader, id function.ID, qualifier string) (*function.Version, error) {
	f, err := r.Function(id)
	if err != nil {
		return nil, err
	}
	number, isNumber := function.ParseNumber(settled(qualifier))
	if !isNumber {
		alias, err := r.Alias(id, qualifier)
		if err != nil {
			return nil, err
		}
		number = alias.Version
	}
	if number == function.Latest {
		return &f.Latest, nil
	}
	return r.Version(id, number)
}

// The refusals, in AWS's words (recording test_lambda_eventinvokeconfig_exceptions).

func noFunction() error {
	return fault.Errorf(fault.NotFound, "event function", "The function doesn't exist.")
}

func noConfig(err error, id function.ID, qualifier string) error {
	if !fault.Is(err, fault.NotFound, "") {
		return err
	}
	return fault.Errorf(fault.NotFound, "event config", "The function %s doesn't have an EventInvokeConfig", id.Qualified(qualifier))
}
