package logs

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// maxPolicies is how many resource policies a region of an account can have (AWS: API reference of PutResourcePolicy).
const maxPolicies = 10

// Policy says which services may write logs. It is kept and shown; nobody else writes here.
type Policy struct {
	Scope    function.Scope
	Name     string
	Document string // JSON as it was put, up to 5120 characters
	Updated  time.Time
}

// maxDocument is the longest document of a policy, in characters (AWS: API reference of PutResourcePolicy).
const maxDocument = 5120

// PutPolicy creates or replaces a resource policy and returns it as it is kept.
func (s *Service) PutPolicy(ctx context.Context, p *Policy) (*Policy, error) {
	if p.Name == "" {
		return nil, fault.Errorf(fault.Invalid, "policy", "The policy has no name")
	}
	if len([]rune(p.Document)) > maxDocument || !json.Valid([]byte(p.Document)) {
		return nil, fault.Errorf(fault.Invalid, "policy", "The policy's document must be JSON of at most %d characters", maxDocument)
	}
	kept := *p
	kept.Updated = now()
	err := s.cfg.Store.WriteLogs(ctx, func(tx Tx) error {
		there, err := tx.LogPolicies(p.Scope)
		if err != nil {
			return err
		}
		known := slices.ContainsFunc(there, func(other *Policy) bool { return other.Name == p.Name })
		if !known && len(there) >= maxPolicies {
			return fault.Errorf(fault.Limit, "policy", "A region has at most %d resource policies", maxPolicies)
		}
		return tx.PutLogPolicy(&kept)
	})
	return &kept, err
}

// DeletePolicy deletes a resource policy.
func (s *Service) DeletePolicy(ctx context.Context, scope function.Scope, name string) error {
	return s.cfg.Store.WriteLogs(ctx, func(tx Tx) error { return tx.DeleteLogPolicy(scope, name) })
}

// Policies lists a scope's resource policies by name.
func (s *Service) Policies(ctx context.Context, scope function.Scope) (found []*Policy, err error) {
	err = s.cfg.Store.ReadLogs(ctx, func(r Reader) (err error) {
		found, err = r.LogPolicies(scope)
		return err
	})
	return found, err
}
