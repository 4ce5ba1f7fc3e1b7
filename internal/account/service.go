package account

import (
	"context"
	"slices"
	"strings"
	"time"

	"sluice/internal/fault"
)

// Service is what may be done with roles and policies. Its methods may be called by many goroutines at once. All are of one
// account, which each method is told by its twelve digits.
type Service struct{ store Store }

// NewService returns a Service. It starts nothing.
func NewService(store Store) *Service { return &Service{store} }

// now is the time to the second, which is as fine as IAM's times are.
func now() time.Time { return time.Now().UTC().Truncate(time.Second) }

// CreateRole makes a role: of r, its name, path, trust policy, description, longest session, boundary and tags. Nothing but
// name and trust policy has to be set.
// Errors: fault.Conflict "role"; fault.Invalid "document", "arn", "path" or "input"; fault.Limit; fault.NotFound "policy".
func (s *Service) CreateRole(ctx context.Context, r Role) (*Role, error) {
	if r.Path == "" {
		r.Path = "/"
	}
	if r.MaxSession == 0 {
		r.MaxSession = int(DefaultDuration.Seconds())
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	if size(r.Trust) > maxTrustBytes {
		return nil, exceeds("ACLSizePerRole", maxTrustBytes)
	}
	err := s.store.WriteAccounts(ctx, func(tx Tx) error {
		if r.Boundary != "" {
			if _, err := attachable(tx, r.Account, r.Boundary); err != nil {
				return err
			}
		}
		return create(tx, &r, fault.Errorf(fault.Conflict, "role", "Role with name %s already exists.", r.Name))
	})
	return &r, err
}

// CreateLinkedRole makes the role of a service, such as lambda.application-autoscaling.amazonaws.com.
// Errors: fault.Invalid "input".
func (s *Service) CreateLinkedRole(ctx context.Context, account, service, suffix, description string) (*Role, error) {
	r, err := newLinkedRole(account, service, suffix, description)
	if err != nil {
		return nil, err
	}
	err = s.store.WriteAccounts(ctx, func(tx Tx) error {
		return create(tx, r, fault.Errorf(fault.Invalid, "input",
			"Service role name %s has been taken in this account, please try a different suffix.", r.Name))
	})
	return r, err
}

func create(tx Tx, r *Role, taken error) error {
	if _, err := tx.Role(r.Account, r.Name); err == nil {
		return taken
	} else if !fault.Is(err, fault.NotFound, "role") {
		return err
	}
	r.ID, r.Created = newID("AROA"), now()
	return tx.PutRole(r)
}

// Role returns a role. Errors: fault.NotFound "role".
func (s *Service) Role(ctx context.Context, account, name string) (found *Role, err error) {
	err = s.store.ReadAccounts(ctx, func(r Reader) error {
		found, err = role(r, account, name)
		return err
	})
	return found, err
}

func role(r Reader, account, name string) (*Role, error) {
	found, err := r.Role(account, name)
	if fault.Is(err, fault.NotFound, "role") {
		err = noRole(name)
	}
	return found, err
}

// Roles lists the roles below a path, which begins with a slash, in the order of their folded names.
func (s *Service) Roles(ctx context.Context, account, path string) (found []*Role, err error) {
	err = s.store.ReadAccounts(ctx, func(r Reader) error {
		found, err = r.Roles(account)
		return err
	})
	return slices.DeleteFunc(found, func(r *Role) bool { return !strings.HasPrefix(r.Path, path) }), err
}

// DeleteRole deletes a role that has no policies.
// Errors: fault.NotFound "role"; fault.Conflict "deletion" or "protected role".
func (s *Service) DeleteRole(ctx context.Context, account, name string) error {
	return s.deleteRole(ctx, account, name, func(r *Role) error {
		switch {
		case r.Service != "":
			return r.protect()
		case len(r.Attached) > 0:
			return fault.Errorf(fault.Conflict, "deletion", "Cannot delete entity, must detach all policies first.")
		case len(r.Inline) > 0:
			return fault.Errorf(fault.Conflict, "deletion", "Cannot delete entity, must delete policies first.")
		}
		return nil
	})
}

// DeleteLinkedRole deletes the role of a service. Errors: fault.NotFound "role", also for a role of no service.
func (s *Service) DeleteLinkedRole(ctx context.Context, account, name string) (deleted *Role, err error) {
	err = s.deleteRole(ctx, account, name, func(r *Role) error {
		if deleted = r; r.Service == "" {
			return noRole(name)
		}
		return nil
	})
	return deleted, err
}

func (s *Service) deleteRole(ctx context.Context, account, name string, may func(*Role) error) error {
	return s.store.WriteAccounts(ctx, func(tx Tx) error {
		r, err := role(tx, account, name)
		if err != nil {
			return err
		}
		if err := may(r); err != nil {
			return err
		}
		return tx.DeleteRole(account, name)
	})
}

// change changes a role that belongs to no service.
func (s *Service) change(ctx context.Context, account, name string, change func(Tx, *Role) error) (changed *Role, err error) {
	err = s.store.WriteAccounts(ctx, func(tx Tx) error {
		if changed, err = role(tx, account, name); err != nil {
			return err
		}
		if err := changed.protect(); err != nil {
			return err
		}
		if err := change(tx, changed); err != nil {
			return err
		}
		return tx.PutRole(changed)
	})
	return changed, err
}
