package iam

import (
	"context"
	"slices"
	"strings"

	"sluice/internal/account"
	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/iam"
	"sluice/internal/api/wire"
)

func (a *api) putRolePolicy(ctx context.Context, r *wire.Request, in *shape.PutRolePolicyRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.PutInline(ctx, r.Account, wire.Value(in.RoleName), account.InlinePolicy{
		Name: wire.Value(in.PolicyName), Document: wire.Value(in.PolicyDocument),
	}))
}

func (a *api) getRolePolicy(ctx context.Context, r *wire.Request, in *shape.GetRolePolicyRequest) (*shape.GetRolePolicyResponse, error) {
	p, err := a.accounts.Inline(ctx, r.Account, wire.Value(in.RoleName), wire.Value(in.PolicyName))
	if err != nil {
		return nil, err
	}
	return &shape.GetRolePolicyResponse{RoleName: in.RoleName, PolicyName: &p.Name, PolicyDocument: escaped(p.Document)}, nil
}

func (a *api) deleteRolePolicy(ctx context.Context, r *wire.Request, in *shape.DeleteRolePolicyRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.DeleteInline(ctx, r.Account, wire.Value(in.RoleName), wire.Value(in.PolicyName)))
}

func (a *api) listRolePolicies(ctx context.Context, r *wire.Request, in *shape.ListRolePoliciesRequest) (*shape.ListRolePoliciesResponse, error) {
	role, err := a.accounts.Role(ctx, r.Account, wire.Value(in.RoleName))
	if err != nil {
		return nil, err
	}
	out := &shape.ListRolePoliciesResponse{PolicyNames: []string{}}
	cut, truncated, next, err := page(role.Inline, func(p account.InlinePolicy) string { return p.Name }, in.Marker, in.MaxItems)
	for _, p := range cut {
		out.PolicyNames = append(out.PolicyNames, p.Name)
	}
	out.IsTruncated, out.Marker = truncated, next
	return out, err
}

func (a *api) attach(ctx context.Context, r *wire.Request, in *shape.AttachRolePolicyRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.Attach(ctx, r.Account, wire.Value(in.RoleName), wire.Value(in.PolicyArn)))
}

func (a *api) detach(ctx context.Context, r *wire.Request, in *shape.DetachRolePolicyRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.Detach(ctx, r.Account, wire.Value(in.RoleName), wire.Value(in.PolicyArn)))
}

func (a *api) listAttached(ctx context.Context, r *wire.Request, in *shape.ListAttachedRolePoliciesRequest) (*shape.ListAttachedRolePoliciesResponse, error) {
	role, err := a.accounts.Role(ctx, r.Account, wire.Value(in.RoleName))
	if err != nil {
		return nil, err
	}
	arns := slices.DeleteFunc(slices.Sorted(slices.Values(role.Attached)), func(arn string) bool {
		_, path, _ := strings.Cut(arn, ":policy")
		return !strings.HasPrefix(path, below(in.PathPrefix))
	})
	out := &shape.ListAttachedRolePoliciesResponse{AttachedPolicies: []shape.AttachedPolicy{}}
	arns, out.IsTruncated, out.Marker, err = page(arns, func(arn string) string { return arn }, in.Marker, in.MaxItems)
	for _, arn := range arns {
		out.AttachedPolicies = append(out.AttachedPolicies, shape.AttachedPolicy{
			PolicyName: new(arn[strings.LastIndexByte(arn, '/')+1:]), PolicyArn: &arn,
		})
	}
	return out, err
}
