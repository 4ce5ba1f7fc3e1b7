package account

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"sluice/internal/fault"
)

// CreatePolicy makes a policy: of p, its account, name, path, description and tags.
// Errors: fault.Conflict "policy"; fault.Invalid "document" or "input"; fault.Limit.
func (s *Service) CreatePolicy(ctx context.Context, p Policy, document string) (*Policy, error) {
	if p.Path == "" {
		p.Path = "/"
	}
	if err := p.check(document); err != nil {
		return nil, err
	}
	err := s.store.WriteAccounts(ctx, func(tx Tx) error {
		if _, err := tx.Policy(p.Account, p.Name); err == nil {
			return fault.Errorf(fault.Conflict, "policy", "A policy called %s already exists. Duplicate names are not allowed.", p.Name)
		} else if !fault.Is(err, fault.NotFound, "policy") {
			return err
		}
		p.ID, p.Created = newID("ANPA"), now()
		if _, err := p.add(document, true, p.Created); err != nil {
			return err
		}
		return tx.PutPolicy(&p)
	})
	return &p, err
}

// Policy returns a managed policy by its ARN: AWS's or the account's own. Errors: fault.Invalid "arn"; fault.NotFound "policy".
func (s *Service) Policy(ctx context.Context, account, arn string) (found *Policy, err error) {
	err = s.store.ReadAccounts(ctx, func(r Reader) error {
		found, err = policy(r, account, arn)
		return err
	})
	return found, err
}

func policy(r Reader, account, arn string) (*Policy, error) {
	name, err := parsePolicyARN(arn)
	if err != nil {
		return nil, err
	}
	p := managed()[name.name]
	if name.account != AWS {
		if name.account != account {
			return nil, noPolicy(arn)
		}
		if p, err = r.Policy(account, name.name); err != nil && !fault.Is(err, fault.NotFound, "policy") {
			return nil, err
		}
	}
	if p == nil || err != nil || p.Path != name.path {
		return nil, noPolicy(arn)
	}
	return p, nil
}

// attachable returns a policy that a role may have; the error for one that isn't there is recorded
// (test_role_attach_policy of LocalStack).
func attachable(r Reader, account, arn string) (*Policy, error) {
	p, err := policy(r, account, arn)
	if fault.Is(err, fault.NotFound, "policy") {
		err = fault.Errorf(fault.NotFound, "policy", "Policy %s does not exist or is not attachable.", arn)
	}
	return p, err
}

// PolicyQuery says which policies are asked for. The zero PolicyQuery asks for all.
type PolicyQuery struct {
	Path     string // that they lie below
	AWS      bool   // AWS's alone
	Local    bool   // the account's alone
	Attached bool   // those that a role uses
	Boundary *bool  // those that a role uses as its boundary, or those that are attached to one
}

// Policies lists policies in the order of their folded names.
func (s *Service) Policies(ctx context.Context, account string, q PolicyQuery) (found []*Policy, err error) {
	var uses []PolicyUse
	err = s.store.ReadAccounts(ctx, func(r Reader) error {
		if found, err = r.Policies(account); err != nil {
			return err
		}
		uses, err = r.PolicyUses(account, "")
		return err
	})
	if q.AWS {
		found = nil
	}
	if !q.Local {
		found = slices.AppendSeq(found, maps.Values(managed()))
	}
	used := map[string]bool{}
	for _, u := range uses {
		used[u.Policy] = used[u.Policy] || q.Boundary == nil || *q.Boundary == u.Boundary
	}
	found = slices.DeleteFunc(found, func(p *Policy) bool {
		return !strings.HasPrefix(p.Path, q.Path) || (q.Attached || q.Boundary != nil) && !used[p.ARN()]
	})
	slices.SortFunc(found, func(a, b *Policy) int {
		return cmp.Or(strings.Compare(Fold(a.Name), Fold(b.Name)), strings.Compare(a.Account, b.Account))
	})
	return found, err
}

// Uses lists where the account's roles use a policy; an empty ARN means all policies.
func (s *Service) Uses(ctx context.Context, account, arn string) (uses []PolicyUse, err error) {
	err = s.store.ReadAccounts(ctx, func(r Reader) error {
		uses, err = r.PolicyUses(account, arn)
		return err
	})
	return uses, err
}

// DeletePolicy deletes a policy that no role has and that has one version.
// Errors: fault.Invalid "arn"; fault.NotFound "policy"; fault.Conflict "deletion"; fault.Denied "policy" for AWS's.
func (s *Service) DeletePolicy(ctx context.Context, account, arn string) error {
	return s.write(ctx, account, arn, func(tx Tx, p *Policy) error {
		uses, err := tx.PolicyUses(account, arn)
		switch {
		case err != nil:
			return err
		case len(uses) > 0:
			return fault.Errorf(fault.Conflict, "deletion", "Cannot delete a policy attached to entities.")
		case len(p.Versions) > 1:
			return fault.Errorf(fault.Conflict, "deletion", "This policy has more than one version. Before you delete a policy, "+
				"you must delete the policy's versions. The default version is deleted with the policy.")
		}
		return tx.DeletePolicy(account, p.Name)
	})
}

// write changes a policy of the account.
func (s *Service) write(ctx context.Context, account, arn string, change func(Tx, *Policy) error) error {
	return s.store.WriteAccounts(ctx, func(tx Tx) error {
		p, err := policy(tx, account, arn)
		if err != nil {
			return err
		}
		if p.Account == AWS {
			return fault.Errorf(fault.Denied, "policy", "The policy %s is AWS's and can't be changed.", arn)
		}
		return change(tx, p)
	})
}

// TagPolicy sets tags of a policy. Errors: as DeletePolicy, and fault.Limit "tags"; fault.Invalid "input".
func (s *Service) TagPolicy(ctx context.Context, account, arn string, tags []Tag) error {
	return s.write(ctx, account, arn, func(tx Tx, p *Policy) (err error) {
		if p.Tags, err = tagged(p.Tags, tags); err != nil {
			return err
		}
		return tx.PutPolicy(p)
	})
}

// UntagPolicy removes tags of a policy. Errors: as DeletePolicy.
func (s *Service) UntagPolicy(ctx context.Context, account, arn string, keys []string) error {
	return s.write(ctx, account, arn, func(tx Tx, p *Policy) error {
		p.Tags = untagged(p.Tags, keys)
		return tx.PutPolicy(p)
	})
}
