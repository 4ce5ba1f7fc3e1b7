package permission

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/policy"
)

// Service changes permissions and answers for them. Its methods may be called by many goroutines at once.
type Service struct {
	store Store
	table *table
}

// NewService returns a Service. It has to be told of what is deleted; see Deleted.
func NewService(store Store) *Service {
	return &Service{store: store, table: newTable()}
}

// Add adds a statement to a qualifier's policy and returns it.
// Errors: fault.NotFound "function" (for a version too) or "alias"; fault.Invalid "permission" for $LATEST and conditions that
// don't fit the action; fault.Precondition "revision"; and those of policy.ParsePrincipal and policy.Document.Add.
func (s *Service) Add(ctx context.Context, id function.ID, qualifier string, g Grant) (policy.Statement, error) {
	var statement policy.Statement
	if qualifier == function.Latest.String() {
		return statement, fault.Errorf(fault.Invalid, "permission", "We currently do not support adding policies for $LATEST.")
	}
	err := s.change(ctx, id, qualifier, func(there *policy.Document, revision string) error {
		if !there.Empty() {
			revision = there.RevisionID
		}
		if err := policy.CheckRevision(g.Revision, revision, "GetPolicy"); err != nil {
			return err
		}
		var err error
		if statement, err = g.statement(id.Qualified(qualifier)); err != nil {
			return err
		}
		return there.Add(statement)
	})
	return statement, err
}

// Remove removes a statement from a qualifier's policy.
// Errors: fault.NotFound "policy" (for a missing function too), "function" (for a version), "alias" or "statement";
// fault.Precondition "revision".
func (s *Service) Remove(ctx context.Context, id function.ID, qualifier, sid, revision string) error {
	err := s.change(ctx, id, function.UnlessLatest(qualifier), func(there *policy.Document, _ string) error {
		if !there.Empty() {
			if err := policy.CheckRevision(revision, there.RevisionID, "GetPolicy"); err != nil {
				return err
			}
		}
		return there.Remove(sid)
	})
	if fault.Is(err, fault.NotFound, "function") {
		if missing := s.find(ctx, id); missing != nil { // the function, not a version of it
			return fault.Errorf(fault.NotFound, "policy", "No policy found for: %s", id.ARN())
		}
	}
	return err
}

// Get returns a qualifier's policy, which has a statement at least.
// Errors: fault.NotFound "policy", for a missing function, version or alias too (recording test_permission_exceptions).
func (s *Service) Get(ctx context.Context, id function.ID, qualifier string) (found *Permissions, err error) {
	err = s.store.ReadPermissions(ctx, func(r Reader) error {
		found, err = r.Permissions(id, function.UnlessLatest(qualifier))
		return err
	})
	if fault.Is(err, fault.NotFound, "") {
		return nil, fault.Errorf(fault.NotFound, "policy", "The resource you requested does not exist.")
	}
	return found, err
}

// Allows reports whether the policy of a qualifier allows what somebody outside of its account's own keys wants to do with
// it; the request needs no resource. The function's own policy says nothing of its versions and aliases (AWS's page "Viewing
// resource-based IAM policies in Lambda"). After the first request of a function it needs no store.
// Errors: fault.NotFound "function", for the function alone: what does not exist has no policy.
func (s *Service) Allows(ctx context.Context, id function.ID, qualifier string, r policy.Request) (bool, error) {
	qualifier = function.UnlessLatest(qualifier)
	of, err := s.table.of(id, func() (policies, error) { return s.read(ctx, id) })
	if err != nil {
		return false, err
	}
	r.Resource = id.Qualified(qualifier)
	return of[qualifier].Allows(r), nil
}

// Deleted follows the deletion of a function or of one of its versions or aliases, with which their policies went.
func (s *Service) Deleted(_ context.Context, id function.ID) { s.table.forget(id) }

func (s *Service) read(ctx context.Context, id function.ID) (policies, error) {
	found := policies{}
	err := s.store.ReadPermissions(ctx, func(r Reader) error {
		if _, err := r.Function(id); err != nil {
			return noFunction(err, id)
		}
		all, err := r.AllPermissions(id)
		for _, each := range all {
			found[each.Qualifier] = &each.Policy
		}
		return err
	})
	return found, err
}

// find returns an error if there is no such function.
func (s *Service) find(ctx context.Context, id function.ID) error {
	return s.store.ReadPermissions(ctx, func(r Reader) error {
		_, err := r.Function(id)
		return noFunction(err, id)
	})
}

func noFunction(err error, id function.ID) error {
	if fault.Is(err, fault.NotFound, "") {
		return function.NotFound(id, "")
	}
	return err
}

// change changes a qualifier's policy in one transaction. It is given the policy, and the revision of what that is put on.
func (s *Service) change(ctx context.Context, id function.ID, qualifier string, change func(*policy.Document, string) error) error {
	err := s.store.WritePermissions(ctx, func(tx Tx) error {
		revision, err := function.RevisionOf(tx, id, qualifier)
		if err != nil {
			return err
		}
		there, err := tx.Permissions(id, qualifier)
		if fault.Is(err, fault.NotFound, "") {
			there = &Permissions{Qualifier: qualifier}
		} else if err != nil {
			return err
		}
		if err := change(&there.Policy, revision); err != nil {
			return err
		}
		if there.Policy.Empty() {
			return tx.DeletePermissions(id, qualifier)
		}
		return tx.PutPermissions(id, there)
	})
	if err == nil {
		s.table.forget(id)
	}
	return err
}
