package iam

import (
	"context"

	"sluice/internal/account"
	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/iam"
	"sluice/internal/api/wire"
)

func (a *api) createPolicy(ctx context.Context, r *wire.Request, in *shape.CreatePolicyRequest) (*shape.CreatePolicyResponse, error) {
	p, err := a.accounts.CreatePolicy(ctx, account.Policy{
		Account: r.Account, Name: wire.Value(in.PolicyName), Path: wire.Value(in.Path), Description: wire.Value(in.Description),
		Tags: tagsOf(in.Tags),
	}, wire.Value(in.PolicyDocument))
	if err != nil {
		return nil, err
	}
	shown := policyShape(p, nil)
	shown.Tags = tagShapes(p.Tags)
	return &shape.CreatePolicyResponse{Policy: shown}, nil
}

func (a *api) getPolicy(ctx context.Context, r *wire.Request, in *shape.GetPolicyRequest) (*shape.GetPolicyResponse, error) {
	p, err := a.accounts.Policy(ctx, r.Account, wire.Value(in.PolicyArn))
	if err != nil {
		return nil, err
	}
	uses, err := a.accounts.Uses(ctx, r.Account, p.ARN())
	if err != nil {
		return nil, err
	}
	shown := policyShape(p, uses)
	shown.Description = wire.Optional(p.Description)
	shown.Tags = append([]shape.Tag{}, tagShapes(p.Tags)...)
	return &shape.GetPolicyResponse{Policy: shown}, nil
}

// policyShape is a policy as lists and CreatePolicy show it; uses are those of this policy.
func policyShape(p *account.Policy, uses []account.PolicyUse) *shape.Policy {
	shown := &shape.Policy{
		PolicyName: &p.Name, PolicyId: &p.ID, Arn: new(p.ARN()), Path: &p.Path, DefaultVersionId: versionID(p.Default),
		AttachmentCount: new(int64(0)), PermissionsBoundaryUsageCount: new(int64(0)), IsAttachable: new(true),
		CreateDate: apishape.At(p.Created), UpdateDate: apishape.At(p.Updated),
	}
	for _, u := range uses {
		if u.Boundary {
			*shown.PermissionsBoundaryUsageCount++
		} else {
			*shown.AttachmentCount++
		}
	}
	return shown
}

func (a *api) deletePolicy(ctx context.Context, r *wire.Request, in *shape.DeletePolicyRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.DeletePolicy(ctx, r.Account, wire.Value(in.PolicyArn)))
}

func (a *api) listPolicies(ctx context.Context, r *wire.Request, in *shape.ListPoliciesRequest) (*shape.ListPoliciesResponse, error) {
	q := account.PolicyQuery{
		Path: below(in.PathPrefix), AWS: wire.Value(in.Scope) == "AWS", Local: wire.Value(in.Scope) == "Local",
		Attached: wire.Value(in.OnlyAttached), Boundary: usage(in.PolicyUsageFilter),
	}
	all, err := a.accounts.Policies(ctx, r.Account, q)
	if err != nil {
		return nil, err
	}
	uses, err := a.accounts.Uses(ctx, r.Account, "")
	if err != nil {
		return nil, err
	}
	byPolicy := map[string][]account.PolicyUse{}
	for _, u := range uses {
		byPolicy[u.Policy] = append(byPolicy[u.Policy], u)
	}
	out := &shape.ListPoliciesResponse{Policies: []shape.Policy{}}
	all, out.IsTruncated, out.Marker, err = page(all, policyPlace, in.Marker, in.MaxItems)
	for _, p := range all {
		out.Policies = append(out.Policies, *policyShape(p, byPolicy[p.ARN()]))
	}
	return out, err
}

// policyPlace is where a policy stands in lists: AWS's stand behind an account's own of the same name.
func policyPlace(p *account.Policy) string { return account.Fold(p.Name) + " " + p.Account }

// usage reads PolicyUsageFilter: whether boundaries are asked for; nil means no matter.
func usage(filter *string) *bool {
	if filter == nil {
		return nil
	}
	return new(*filter == "PermissionsBoundary")
}

// listEntities lists the roles that have a policy. Users and groups are not known here.
func (a *api) listEntities(ctx context.Context, r *wire.Request, in *shape.ListEntitiesForPolicyRequest) (*shape.ListEntitiesForPolicyResponse, error) {
	p, err := a.accounts.Policy(ctx, r.Account, wire.Value(in.PolicyArn))
	if err != nil {
		return nil, err
	}
	out := &shape.ListEntitiesForPolicyResponse{
		PolicyGroups: []shape.PolicyGroup{}, PolicyUsers: []shape.PolicyUser{}, PolicyRoles: []shape.PolicyRole{}, IsTruncated: whole(),
	}
	if filter := wire.Value(in.EntityFilter); filter == "User" || filter == "Group" {
		return out, nil
	}
	roles, err := a.rolesWith(ctx, r.Account, p.ARN(), usage(in.PolicyUsageFilter), below(in.PathPrefix))
	if err != nil {
		return nil, err
	}
	roles, out.IsTruncated, out.Marker, err = page(roles, func(r *account.Role) string { return account.Fold(r.Name) }, in.Marker, in.MaxItems)
	for _, role := range roles {
		out.PolicyRoles = append(out.PolicyRoles, shape.PolicyRole{RoleName: &role.Name, RoleId: &role.ID})
	}
	return out, err
}

func (a *api) rolesWith(ctx context.Context, owner, arn string, boundary *bool, path string) (found []*account.Role, err error) {
	uses, err := a.accounts.Uses(ctx, owner, arn)
	if err != nil {
		return nil, err
	}
	users := map[string]bool{}
	for _, u := range uses {
		users[u.Role] = users[u.Role] || boundary == nil || *boundary == u.Boundary
	}
	all, err := a.accounts.Roles(ctx, owner, path)
	for _, role := range all {
		if users[role.Name] {
			found = append(found, role)
		}
	}
	return found, err
}
