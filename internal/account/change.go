package account

import (
	"context"
	"slices"

	"sluice/internal/fault"
)

// The methods in this file change one role. Errors of all: fault.NotFound "role"; fault.Conflict "protected role".

// Describe sets a role's description and, unless it is zero, its longest session in seconds; a nil description stays.
func (s *Service) Describe(ctx context.Context, account, name string, description *string, maxSession int) (*Role, error) {
	return s.change(ctx, account, name, func(_ Tx, r *Role) error {
		if description != nil {
			r.Description = *description
		}
		if maxSession != 0 {
			r.MaxSession = maxSession
		}
		return nil
	})
}

// SetTrust replaces the policy that says who may assume a role. Errors: fault.Invalid "document"; fault.Limit "quota".
func (s *Service) SetTrust(ctx context.Context, account, name, document string) error {
	if err := checkTrust(document); err != nil {
		return err
	}
	if size(document) > maxTrustBytes {
		return exceeds("ACLSizePerRole", maxTrustBytes)
	}
	_, err := s.change(ctx, account, name, func(_ Tx, r *Role) error {
		r.Trust = document
		return nil
	})
	return err
}

// SetBoundary sets the policy that bounds a role's permissions; an empty ARN removes it.
// Errors: fault.Invalid "arn"; fault.NotFound "policy".
func (s *Service) SetBoundary(ctx context.Context, account, name, arn string) error {
	_, err := s.change(ctx, account, name, func(tx Tx, r *Role) error {
		if r.Boundary = arn; arn == "" {
			return nil
		}
		_, err := attachable(tx, account, arn)
		return err
	})
	return err
}

// TagRole sets tags of a role. Errors: fault.Limit "tags"; fault.Invalid "input".
func (s *Service) TagRole(ctx context.Context, account, name string, tags []Tag) error {
	_, err := s.change(ctx, account, name, func(_ Tx, r *Role) (err error) {
		r.Tags, err = tagged(r.Tags, tags)
		return err
	})
	return err
}

// UntagRole removes tags of a role; those that it doesn't have do no harm.
func (s *Service) UntagRole(ctx context.Context, account, name string, keys []string) error {
	_, err := s.change(ctx, account, name, func(_ Tx, r *Role) error {
		r.Tags = untagged(r.Tags, keys)
		return nil
	})
	return err
}

// PutInline creates or replaces an inline policy of a role. Errors: fault.Invalid "document"; fault.Limit "role policy".
func (s *Service) PutInline(ctx context.Context, account, name string, p InlinePolicy) error {
	if err := checkInline(p.Document); err != nil {
		return err
	}
	_, err := s.change(ctx, account, name, func(_ Tx, r *Role) error {
		i, there := r.inline(p.Name)
		if there {
			r.Inline[i] = p
		} else {
			r.Inline = slices.Insert(r.Inline, i, p)
		}
		if r.inlineSize() > maxInlineBytes {
			return fault.Errorf(fault.Limit, "role policy", "Maximum policy size of %d bytes exceeded for role %s", maxInlineBytes, r.Name)
		}
		return nil
	})
	return err
}

// Inline returns an inline policy of a role. Errors: fault.NotFound "role policy".
func (s *Service) Inline(ctx context.Context, account, name, policy string) (InlinePolicy, error) {
	r, err := s.Role(ctx, account, name)
	if err != nil {
		return InlinePolicy{}, err
	}
	i, there := r.inline(policy)
	if !there {
		return InlinePolicy{}, noInline(policy)
	}
	return r.Inline[i], nil
}

// DeleteInline deletes an inline policy of a role. Errors: fault.NotFound "role policy".
func (s *Service) DeleteInline(ctx context.Context, account, name, policy string) error {
	_, err := s.change(ctx, account, name, func(_ Tx, r *Role) error {
		i, there := r.inline(policy)
		if !there {
			return noInline(policy)
		}
		r.Inline = slices.Delete(r.Inline, i, i+1)
		return nil
	})
	return err
}

func noInline(name string) error {
	return fault.Errorf(fault.NotFound, "role policy", "The role policy with name %s cannot be found.", name)
}

// Attach gives a role a managed policy; one that it has already does no harm.
// Errors: fault.Invalid "arn"; fault.NotFound "policy"; fault.Limit "quota".
func (s *Service) Attach(ctx context.Context, account, name, arn string) error {
	_, err := s.change(ctx, account, name, func(tx Tx, r *Role) error {
		p, err := attachable(tx, account, arn)
		if err != nil || slices.Contains(r.Attached, p.ARN()) {
			return err
		}
		if len(r.Attached) >= maxAttached {
			return exceeds("PoliciesPerRole", maxAttached)
		}
		r.Attached = append(r.Attached, p.ARN())
		return nil
	})
	return err
}

// Detach takes a managed policy away from a role. Errors: fault.Invalid "arn"; fault.NotFound "policy".
func (s *Service) Detach(ctx context.Context, account, name, arn string) error {
	if _, err := parsePolicyARN(arn); err != nil {
		return err
	}
	_, err := s.change(ctx, account, name, func(_ Tx, r *Role) error {
		i := slices.Index(r.Attached, arn)
		if i < 0 {
			return noPolicy(arn)
		}
		r.Attached = slices.Delete(r.Attached, i, i+1)
		return nil
	})
	return err
}
