package function

import (
	"context"
	"strconv"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/policy"
)

// Permissions are the resource policy of a function or of one of its versions or aliases.
type Permissions struct {
	Qualifier string // empty: the function itself, which $LATEST is too
	Policy    policy.Document
}

// Grant asks for a permission: a statement in a resource policy. Empty fields set no condition.
type Grant struct {
	Sid           string
	Principal     string // as policy.ParsePrincipal takes it
	Action        string
	SourceAccount string
	SourceARN     string // may have wildcards
	Organization  string // ID of the principal's
	EventToken    string // that the caller of an Alexa skill must hand over
	URLAuthType   string // of the function URL: AWS_IAM or NONE
	ViaURL        *bool  // whether the invocation has to come through a function URL
	Revision      string // if given, the revision that the policy must have, or what it is put on if it is the first statement
}

// AddPermission adds a statement to a qualifier's policy and returns it.
// Errors: fault.NotFound "function" (for a version too) or "alias"; fault.Invalid "permission" for $LATEST and conditions that
// don't fit the action; fault.Precondition "revision"; and those of policy.ParsePrincipal and policy.Document.Add.
func (s *Service) AddPermission(ctx context.Context, id ID, qualifier string, g Grant) (policy.Statement, error) {
	var statement policy.Statement
	if qualifier == Latest.String() {
		return statement, fault.Errorf(fault.Invalid, "permission", "We currently do not support adding policies for $LATEST.")
	}
	err := s.changePermissions(ctx, id, qualifier, func(there *Permissions, revision string) error {
		if !there.Policy.Empty() {
			revision = there.Policy.RevisionID
		}
		if err := policy.CheckRevision(g.Revision, revision, "GetPolicy"); err != nil {
			return err
		}
		var err error
		if statement, err = g.statement(id.Qualified(qualifier)); err != nil {
			return err
		}
		return there.Policy.Add(statement)
	})
	return statement, err
}

// RemovePermission removes a statement from a qualifier's policy.
// Errors: fault.NotFound "policy" (for a missing function too), "function" (for a version), "alias" or "statement";
// fault.Precondition "revision".
func (s *Service) RemovePermission(ctx context.Context, id ID, qualifier, sid, revision string) error {
	err := s.changePermissions(ctx, id, unlessLatest(qualifier), func(there *Permissions, _ string) error {
		if !there.Policy.Empty() {
			if err := policy.CheckRevision(revision, there.Policy.RevisionID, "GetPolicy"); err != nil {
				return err
			}
		}
		return there.Policy.Remove(sid)
	})
	if fault.Is(err, fault.NotFound, "function") {
		if _, missing := s.Find(ctx, id, ""); missing != nil { // the function, not a version of it
			return fault.Errorf(fault.NotFound, "policy", "No policy found for: %s", id.ARN())
		}
	}
	return err
}

// Permissions returns a qualifier's policy, which has a statement at least.
// Errors: fault.NotFound "policy", for a missing function, version or alias too (recording test_permission_exceptions).
func (s *Service) Permissions(ctx context.Context, id ID, qualifier string) (found *Permissions, err error) {
	err = s.store.ReadFunctions(ctx, func(r Reader) error {
		found, err = r.Permissions(id, unlessLatest(qualifier))
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
func (s *Service) Allows(ctx context.Context, id ID, qualifier string, r policy.Request) (bool, error) {
	qualifier = unlessLatest(qualifier)
	document, err := s.table.policy(ctx, id, qualifier)
	if err != nil {
		return false, notFoundAs(err, id, "")
	}
	r.Resource = id.Qualified(qualifier)
	return document.Allows(r), nil
}

// changePermissions changes a qualifier's policy in one transaction. The change gets the policy, and the revision of what
// it is put on.
func (s *Service) changePermissions(ctx context.Context, id ID, qualifier string, change func(*Permissions, string) error) error {
	err := s.store.WriteFunctions(ctx, func(tx Tx) error {
		revision, err := revisionOf(tx, id, qualifier)
		if err != nil {
			return err
		}
		there, err := tx.Permissions(id, qualifier)
		if fault.Is(err, fault.NotFound, "") {
			there = &Permissions{Qualifier: qualifier}
		} else if err != nil {
			return err
		}
		if err := change(there, revision); err != nil {
			return err
		}
		if there.Policy.Empty() {
			return tx.DeletePermissions(id, qualifier)
		}
		return tx.PutPermissions(id, there)
	})
	if err == nil {
		s.table.forgetPolicies(id)
	}
	return err
}

// revisionOf returns the revision of what a policy is put on.
// Errors: fault.NotFound "function", for a missing version too, or "alias".
func revisionOf(r Reader, id ID, qualifier string) (string, error) {
	f, err := r.Function(id)
	if err != nil {
		return "", notFoundAs(err, id, "")
	}
	if mayBeAlias(qualifier) {
		a, err := r.Alias(id, qualifier)
		if err != nil {
			return "", noAlias(err, id, qualifier)
		}
		return a.RevisionID, nil
	}
	n, ok := ParseNumber(qualifier)
	if qualifier != "" && !ok {
		return "", NotFound(id, qualifier)
	}
	v, err := version(r, f, n)
	if err != nil {
		return "", notFoundAs(err, id, qualifier)
	}
	return v.At(now()).RevisionID, nil
}

// mayBeAlias reports whether a qualifier has the form of an alias's name: letters, digits, - and _, and not digits alone.
func mayBeAlias(qualifier string) bool {
	return strings.Trim(qualifier, "0123456789") != "" && !strings.ContainsAny(qualifier, "$.")
}

// unlessLatest is the qualifier under which something is kept: $LATEST has what the function has.
func unlessLatest(qualifier string) string {
	if qualifier == Latest.String() {
		return ""
	}
	return qualifier
}

// statement words a grant as AWS does: in its order of conditions (recordings test_add_lambda_permission_fields).
func (g *Grant) statement(resource string) (policy.Statement, error) {
	principal, err := policy.ParsePrincipal(g.Principal)
	if err != nil {
		return policy.Statement{}, err
	}
	if err := g.checkAction(); err != nil {
		return policy.Statement{}, err
	}
	s := policy.Statement{Sid: g.Sid, Principal: principal, Action: g.Action, Resource: resource}
	var viaURL string
	if g.ViaURL != nil {
		viaURL = strconv.FormatBool(*g.ViaURL)
	}
	for _, c := range []policy.Condition{
		{Operator: "StringEquals", Key: "AWS:SourceAccount", Value: g.SourceAccount},
		{Operator: "StringEquals", Key: "lambda:EventSourceToken", Value: g.EventToken},
		{Operator: "StringEquals", Key: "lambda:FunctionUrlAuthType", Value: g.URLAuthType},
		{Operator: "StringEquals", Key: "aws:PrincipalOrgID", Value: g.Organization},
		{Operator: "ArnLike", Key: "AWS:SourceArn", Value: g.SourceARN},
		{Operator: "Bool", Key: "lambda:InvokedViaFunctionUrl", Value: viaURL},
	} {
		if c.Value != "" {
			s.Conditions = append(s.Conditions, c)
		}
	}
	return s, nil
}

// checkAction refuses conditions that another action has.
func (g *Grant) checkAction() error {
	if g.URLAuthType != "" && g.Action != "lambda:InvokeFunctionUrl" {
		return fault.Errorf(fault.Invalid, "permission", "FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action")
	}
	if g.ViaURL != nil && g.Action != "lambda:InvokeFunction" {
		return fault.Errorf(fault.Invalid, "permission", "InvokedViaFunctionUrl is only supported for lambda:InvokeFunction action")
	}
	return nil
}
