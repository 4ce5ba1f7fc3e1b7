package iam

import (
	"context"

	"sluice/internal/account"
	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/iam"
	"sluice/internal/api/wire"
)

func (a *api) createRole(ctx context.Context, r *wire.Request, in *shape.CreateRoleRequest) (*shape.CreateRoleResponse, error) {
	role, err := a.accounts.CreateRole(ctx, account.Role{
		Account: r.Account, Name: wire.Value(in.RoleName), Path: wire.Value(in.Path), Trust: wire.Value(in.AssumeRolePolicyDocument),
		Description: wire.Value(in.Description), MaxSession: int(wire.Value(in.MaxSessionDuration)),
		Boundary: wire.Value(in.PermissionsBoundary), Tags: tagsOf(in.Tags),
	})
	if err != nil {
		return nil, err
	}
	shown := roleShape(role)
	shown.Tags = tagShapes(role.Tags)
	return &shape.CreateRoleResponse{Role: shown}, nil
}

func (a *api) getRole(ctx context.Context, r *wire.Request, in *shape.GetRoleRequest) (*shape.GetRoleResponse, error) {
	role, err := a.accounts.Role(ctx, r.Account, wire.Value(in.RoleName))
	if err != nil {
		return nil, err
	}
	return &shape.GetRoleResponse{Role: fullRole(role)}, nil
}

// roleShape is a role as CreateRole answers it: without its description and longest session (recorded, as what GetRole and
// ListRoles have besides: test_create_describe_role of LocalStack).
func roleShape(r *account.Role) *shape.Role {
	return &shape.Role{
		Path: &r.Path, RoleName: &r.Name, RoleId: &r.ID, Arn: new(r.ARN()), CreateDate: apishape.At(r.Created),
		AssumeRolePolicyDocument: escaped(r.Trust),
	}
}

// listedRole is a role in a list.
func listedRole(r *account.Role) *shape.Role {
	shown := roleShape(r)
	shown.Description, shown.MaxSessionDuration = wire.Optional(r.Description), new(int64(r.MaxSession))
	return shown
}

// fullRole is all that is known of a role. When it was used last is not.
func fullRole(r *account.Role) *shape.Role {
	shown := listedRole(r)
	shown.Tags, shown.RoleLastUsed = tagShapes(r.Tags), &shape.RoleLastUsed{}
	if r.Boundary != "" {
		shown.PermissionsBoundary = &shape.AttachedPermissionsBoundary{
			PermissionsBoundaryType: new("Policy"), PermissionsBoundaryArn: &r.Boundary,
		}
	}
	return shown
}

func (a *api) updateRole(ctx context.Context, r *wire.Request, in *shape.UpdateRoleRequest) (*shape.UpdateRoleResponse, error) {
	_, err := a.accounts.Describe(ctx, r.Account, wire.Value(in.RoleName), in.Description, int(wire.Value(in.MaxSessionDuration)))
	return nil, err
}

func (a *api) updateDescription(ctx context.Context, r *wire.Request, in *shape.UpdateRoleDescriptionRequest) (*shape.UpdateRoleDescriptionResponse, error) {
	role, err := a.accounts.Describe(ctx, r.Account, wire.Value(in.RoleName), in.Description, 0)
	if err != nil {
		return nil, err
	}
	return &shape.UpdateRoleDescriptionResponse{Role: fullRole(role)}, nil
}

func (a *api) updateTrust(ctx context.Context, r *wire.Request, in *shape.UpdateAssumeRolePolicyRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.SetTrust(ctx, r.Account, wire.Value(in.RoleName), wire.Value(in.PolicyDocument)))
}

func (a *api) deleteRole(ctx context.Context, r *wire.Request, in *shape.DeleteRoleRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.DeleteRole(ctx, r.Account, wire.Value(in.RoleName)))
}

func (a *api) listRoles(ctx context.Context, r *wire.Request, in *shape.ListRolesRequest) (*shape.ListRolesResponse, error) {
	all, err := a.accounts.Roles(ctx, r.Account, below(in.PathPrefix))
	if err != nil {
		return nil, err
	}
	out := &shape.ListRolesResponse{Roles: []shape.Role{}}
	all, out.IsTruncated, out.Marker, err = page(all, func(r *account.Role) string { return account.Fold(r.Name) }, in.Marker, in.MaxItems)
	for _, role := range all {
		out.Roles = append(out.Roles, *listedRole(role))
	}
	return out, err
}

func (a *api) putBoundary(ctx context.Context, r *wire.Request, in *shape.PutRolePermissionsBoundaryRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.SetBoundary(ctx, r.Account, wire.Value(in.RoleName), wire.Value(in.PermissionsBoundary)))
}

func (a *api) deleteBoundary(ctx context.Context, r *wire.Request, in *shape.DeleteRolePermissionsBoundaryRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.SetBoundary(ctx, r.Account, wire.Value(in.RoleName), ""))
}

// listInstanceProfiles answers that a role is in none, since there are none here; Terraform asks before it deletes a role.
func (a *api) listInstanceProfiles(ctx context.Context, r *wire.Request, in *shape.ListInstanceProfilesForRoleRequest) (*shape.ListInstanceProfilesForRoleResponse, error) {
	if _, err := a.accounts.Role(ctx, r.Account, wire.Value(in.RoleName)); err != nil {
		return nil, err
	}
	return &shape.ListInstanceProfilesForRoleResponse{InstanceProfiles: []shape.InstanceProfile{}, IsTruncated: whole()}, nil
}
