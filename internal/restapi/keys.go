package restapi

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"sluice/internal/executeapi"
	"sluice/internal/fault"
	"sluice/internal/function"
)

const (
	keyAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	keyLength   = 40
	minKey      = 20
	maxKey      = 128
	maxKeyName  = 1024

	maxKeyDescription = 125_000
)

func noKey() error {
	return fault.Errorf(fault.NotFound, "API key", "Invalid API Key identifier specified")
}

// CreateKey makes an API key. Without a value it gets one.
// Errors: fault.Invalid "request"; fault.Conflict "request" if the value is taken.
func (s *Service) CreateKey(ctx context.Context, k APIKey) (*APIKey, error) {
	k.ID = executeapi.NewID(executeapi.LongID)
	if k.Value == "" {
		k.Value = executeapi.Random(keyLength, keyAlphabet)
	}
	if err := k.check(); err != nil {
		return nil, err
	}
	k.Created = now()
	k.Updated = k.Created
	err := s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		all, err := tx.APIKeys(k.Scope, "", 0)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(all, func(other *APIKey) bool { return other.Value == k.Value }) {
			return taken("API Key already exists")
		}
		return tx.PutAPIKey(&k)
	})
	if err != nil {
		return nil, err
	}
	return &k, nil
}

// check follows recordings test_create_api_key_with_invalid_name, ..._value and test_update_api_key_invalid_description_length.
func (k *APIKey) check() error {
	switch {
	case utf8.RuneCountInString(k.Name) > maxKeyName:
		return bad("Invalid API Key name, can be at most %d characters.", maxKeyName)
	case utf8.RuneCountInString(k.Description) > maxKeyDescription:
		return bad("Invalid API Key description specified.")
	case len(k.Value) < minKey:
		return bad("API Key value should be at least %d characters", minKey)
	case len(k.Value) > maxKey:
		return bad("API Key value exceeds maximum size of %d characters", maxKey)
	}
	return executeapi.CheckTags(k.Tags)
}

// Key returns an API key.
// Errors: fault.NotFound "API key".
func (s *Service) Key(ctx context.Context, scope function.Scope, id string) (*APIKey, error) {
	return read(ctx, s, func(r Reader) (*APIKey, error) {
		k, err := r.APIKey(scope, id)
		return k, missing(err, noKey())
	})
}

// KeyFilter says which keys are wanted. An empty field wants all.
type KeyFilter struct{ Prefix, Customer string }

// Keys lists API keys, the newest first (recording test_get_api_keys).
func (s *Service) Keys(ctx context.Context, scope function.Scope, f KeyFilter) ([]*APIKey, error) {
	return read(ctx, s, func(r Reader) ([]*APIKey, error) {
		all, err := r.APIKeys(scope, "", 0)
		slices.SortFunc(all, newer)
		return slices.DeleteFunc(all, func(k *APIKey) bool {
			return !strings.HasPrefix(k.Name, f.Prefix) || f.Customer != "" && k.Customer != f.Customer
		}), err
	})
}

// newer orders keys, the newest first.
func newer(a, b *APIKey) int {
	return cmp.Or(b.Created.Compare(a.Created), strings.Compare(a.ID, b.ID))
}

// UpdateKey changes an API key.
// Errors: fault.NotFound "API key"; fault.Invalid "patch".
func (s *Service) UpdateKey(ctx context.Context, scope function.Scope, id string, patches []Patch) (k *APIKey, err error) {
	err = s.writeKey(ctx, scope, id, func(tx Tx) error {
		if k, err = tx.APIKey(scope, id); err != nil {
			return missing(err, noKey())
		}
		err := apply(patches, listed,
			text("/description", replaced, &k.Description), flag("/enabled", replaced, &k.Enabled),
			text("/name", replaced, &k.Name), text("/customerId", replaced, &k.Customer),
			field{"/stages", addedOff, func(p *Patch, _ string) error {
				k.Stages = slices.DeleteFunc(k.Stages, func(each string) bool { return each == p.text() })
				if p.Op == "add" {
					k.Stages = append(k.Stages, p.text())
				}
				return nil
			}})
		if err != nil {
			return err
		}
		if err := k.check(); err != nil {
			return err
		}
		k.Updated = now()
		return tx.PutAPIKey(k)
	})
	return k, err
}

// DeleteKey deletes an API key, also from its plans.
// Errors: fault.NotFound "API key".
func (s *Service) DeleteKey(ctx context.Context, scope function.Scope, id string) error {
	return s.writeKey(ctx, scope, id, func(tx Tx) error {
		if err := tx.DeleteAPIKey(scope, id); err != nil {
			return missing(err, noKey())
		}
		plans, err := tx.UsagePlans(scope, "", 0)
		if err != nil {
			return err
		}
		for _, plan := range plans {
			if !slices.Contains(plan.Keys, id) {
				continue
			}
			plan.Keys = slices.DeleteFunc(plan.Keys, func(each string) bool { return each == id })
			if err := tx.PutUsagePlan(plan); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeKey changes a key, and then the stages that it opens or opened.
func (s *Service) writeKey(ctx context.Context, scope function.Scope, id string, change func(Tx) error) error {
	var opens []ID
	err := s.store.WriteRESTAPIs(ctx, func(tx Tx) error {
		plans, err := tx.UsagePlans(scope, "", 0)
		if err != nil {
			return err
		}
		opens = nil
		for _, plan := range plans {
			if slices.Contains(plan.Keys, id) {
				opens = append(opens, plan.apis()...)
			}
		}
		return change(tx)
	})
	if err == nil {
		s.follow(ctx, opens...)
	}
	return err
}
