package iam

import (
	"context"
	"strings"

	shape "sluice/internal/api/shape/iam"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

func (a *api) createLinkedRole(ctx context.Context, r *wire.Request, in *shape.CreateServiceLinkedRoleRequest) (*shape.CreateServiceLinkedRoleResponse, error) {
	role, err := a.accounts.CreateLinkedRole(ctx, r.Account, wire.Value(in.AWSServiceName), wire.Value(in.CustomSuffix), wire.Value(in.Description))
	if err != nil {
		return nil, err
	}
	return &shape.CreateServiceLinkedRoleResponse{Role: roleShape(role)}, nil
}

// deleteLinkedRole deletes at once. AWS does it later, and gives out the name of the task.
func (a *api) deleteLinkedRole(ctx context.Context, r *wire.Request, in *shape.DeleteServiceLinkedRoleRequest) (*shape.DeleteServiceLinkedRoleResponse, error) {
	role, err := a.accounts.DeleteLinkedRole(ctx, r.Account, wire.Value(in.RoleName))
	if err != nil {
		return nil, err
	}
	task := "task" + role.Path + role.Name + "/" + r.ID
	return &shape.DeleteServiceLinkedRoleResponse{DeletionTaskId: &task}, nil
}

// linkedRoleDeletion answers for every task of the form that deleteLinkedRole gives out: what it names is done.
func (a *api) linkedRoleDeletion(_ context.Context, _ *wire.Request, in *shape.GetServiceLinkedRoleDeletionStatusRequest) (*shape.GetServiceLinkedRoleDeletionStatusResponse, error) {
	task := wire.Value(in.DeletionTaskId)
	if !strings.HasPrefix(task, "task/aws-service-role/") || strings.Count(task, "/") != 4 {
		return nil, fault.Errorf(fault.NotFound, "task", "The deletion task %s cannot be found.", task)
	}
	return &shape.GetServiceLinkedRoleDeletionStatusResponse{Status: new("SUCCEEDED")}, nil
}
