package account

import (
	"context"
	"slices"

	"sluice/internal/fault"
)

// AddVersion gives a policy a new document, which is in force at once if inForce is set.
// Errors: as DeletePolicy, and fault.Invalid "document"; fault.Limit "policy version" or "quota".
func (s *Service) AddVersion(ctx context.Context, account, arn, document string, inForce bool) (added *PolicyVersion, policy *Policy, err error) {
	err = s.write(ctx, account, arn, func(tx Tx, p *Policy) error {
		if err := p.check(document); err != nil {
			return err
		}
		policy = p
		if added, err = p.add(document, inForce, now()); err != nil {
			return err
		}
		return tx.PutPolicy(p)
	})
	return added, policy, err
}

// SetDefault puts a version of a policy in force. Errors: as DeletePolicy, and fault.NotFound "policy version".
func (s *Service) SetDefault(ctx context.Context, account, arn string, number int) error {
	return s.write(ctx, account, arn, func(tx Tx, p *Policy) error {
		if p.Version(number) == nil {
			return noVersion(arn, number)
		}
		p.Default, p.Updated = number, now()
		return tx.PutPolicy(p)
	})
}

// DeleteVersion deletes a version of a policy that is not in force.
// Errors: as DeletePolicy, and fault.NotFound "policy version".
func (s *Service) DeleteVersion(ctx context.Context, account, arn string, number int) error {
	return s.write(ctx, account, arn, func(tx Tx, p *Policy) error {
		i := p.index(number)
		switch {
		case i < 0:
			return noVersion(arn, number)
		case number == p.Default:
			return fault.Errorf(fault.Conflict, "deletion", "Cannot delete the default version of a policy.")
		}
		p.Versions = slices.Delete(p.Versions, i, i+1)
		return tx.PutPolicy(p)
	})
}

// PolicyVersion returns a version of a policy. Of AWS's policies only the version in force is known, and of few of them
// its document. Errors: fault.Invalid "arn"; fault.NotFound "policy" or "policy version"; fault.Unavailable "document".
func (s *Service) PolicyVersion(ctx context.Context, account, arn string, number int) (*PolicyVersion, *Policy, error) {
	p, err := s.Policy(ctx, account, arn)
	if err != nil {
		return nil, nil, err
	}
	if v := p.Version(number); v != nil {
		return v, p, nil
	}
	if p.Account == AWS && number == p.Default {
		return nil, nil, fault.Errorf(fault.Unavailable, "document", "Sluice knows the policy %s and not its document.", arn)
	}
	return nil, nil, noVersion(arn, number)
}

func noVersion(arn string, number int) error {
	return fault.Errorf(fault.NotFound, "policy version", "Policy %s version v%d does not exist or is not attachable.", arn, number)
}
