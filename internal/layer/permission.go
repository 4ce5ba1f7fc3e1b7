package layer

import (
	"context"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/policy"
)

// Grant asks for a permission: a statement in a version's policy.
type Grant struct {
	Sid          string
	Principal    string // as policy.ParsePrincipal takes it
	Organization string // if given, only the principals of this organization are meant
	Revision     string // if given, the revision that the policy must have
}

// AddPermission lets somebody use a version, and returns the statement and the policy's new revision.
// Errors: fault.Denied "layer" for a layer of another account; fault.Invalid "layer version" for a number below 1;
// fault.NotFound "layer version"; fault.Precondition "revision"; those of policy.ParsePrincipal and policy.Document.Add.
func (s *Service) AddPermission(ctx context.Context, caller function.Scope, id ID, number int, g Grant) (added policy.Statement, revision string, err error) {
	principal, err := policy.ParsePrincipal(g.Principal)
	if err != nil {
		return added, "", err
	}
	added = policy.Statement{Sid: g.Sid, Principal: principal, Action: use, Resource: id.VersionARN(number)}
	if g.Organization != "" {
		added.Conditions = []policy.Condition{{Operator: "StringEquals", Key: "aws:PrincipalOrgID", Value: g.Organization}}
	}
	revision, err = s.changePolicy(ctx, caller, id, number, g.Revision, func(d *policy.Document) error { return d.Add(added) })
	return added, revision, err
}

// RemovePermission takes a statement away. If a revision is given, the policy must have it.
// Errors: fault.Denied "layer" for a layer of another account; fault.Invalid "layer version" for a number below 1;
// fault.NotFound "layer version", "policy" or "statement"; fault.Precondition "revision".
func (s *Service) RemovePermission(ctx context.Context, caller function.Scope, id ID, number int, sid, revision string) error {
	_, err := s.changePolicy(ctx, caller, id, number, revision, func(d *policy.Document) error { return d.Remove(sid) })
	return err
}

// Policy returns a version's policy, which has a statement at least.
// Errors: fault.Denied "layer" for a layer of another account; fault.Invalid "layer version" for a number below 1;
// fault.NotFound "layer version" or "policy".
func (s *Service) Policy(ctx context.Context, caller function.Scope, id ID, number int) (*policy.Document, error) {
	if err := own(caller, id); err != nil {
		return nil, err
	}
	if err := checkNumber(number); err != nil {
		return nil, err
	}
	var v *Version
	err := s.store.ReadLayers(ctx, func(r Reader) (err error) {
		v, err = r.LayerVersion(id, number)
		return err
	})
	switch {
	case err != nil:
		return nil, named(err, id, number)
	case v.Policy.Empty():
		return nil, policy.NotFound()
	}
	return &v.Policy, nil
}

// changePolicy changes a version's policy, which must have a revision if that is given, and returns the new one.
func (s *Service) changePolicy(ctx context.Context, caller function.Scope, id ID, number int, revision string, change func(*policy.Document) error) (changed string, err error) {
	if err := own(caller, id); err != nil {
		return "", err
	}
	if err := checkNumber(number); err != nil {
		return "", err
	}
	err = s.store.WriteLayers(ctx, func(tx Tx) error {
		v, err := tx.LayerVersion(id, number)
		if err != nil {
			return named(err, id, number)
		}
		if err := policy.CheckRevision(revision, v.Policy.RevisionID, "GetLayerPolicy"); err != nil {
			return err
		}
		if err := change(&v.Policy); err != nil {
			return err
		}
		changed = v.Policy.RevisionID
		return tx.PutLayerVersion(v)
	})
	return changed, err
}

// named says which version is missing, as AWS does where a policy is asked for (recording test_layer_policy_exceptions).
func named(err error, id ID, number int) error {
	if !fault.Is(err, fault.NotFound, "layer version") {
		return err
	}
	return fault.Errorf(fault.NotFound, "layer version", "Layer version %s does not exist.", id.VersionARN(number))
}
