package cloudformation

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/stack"
)

func (a *api) create(ctx context.Context, r *wire.Request, in *shape.CreateStackInput) (*shape.CreateStackOutput, error) {
	if in.DisableRollback != nil && in.OnFailure != nil {
		return nil, fault.Errorf(fault.Invalid, "request", "Either DisableRollback or OnFailure can be specified, not both.")
	}
	request := stack.Request{
		Scope: scope(r), Name: wire.Value(in.StackName), Capabilities: in.Capabilities, Tags: tagsOf(in.Tags), Notifications: in.NotificationARNs,
		Role: wire.Value(in.RoleARN), Rollback: rollbackOf(in.RollbackConfiguration), DisableRollback: in.DisableRollback,
		Token: wire.Value(in.ClientRequestToken), DeleteCreated: wire.Value(in.RetainExceptOnCreate), OnFailure: wire.Value(in.OnFailure),
		TimeoutMinutes: int(wire.Value(in.TimeoutInMinutes)), Protected: wire.Value(in.EnableTerminationProtection),
	}
	var err error
	if request.Template, err = a.template(ctx, r, in.TemplateBody, in.TemplateURL); err != nil {
		return nil, err
	}
	if request.Policy, err = a.policy(ctx, r, "StackPolicy", in.StackPolicyBody, in.StackPolicyURL); err != nil {
		return nil, err
	}
	if request.Parameters, err = given(in.Parameters); err != nil {
		return nil, err
	}
	made, err := a.stacks.Create(ctx, request)
	if err != nil {
		return nil, err
	}
	a.linger(ctx, made.ID)
	return &shape.CreateStackOutput{StackId: &made.ID}, nil
}

func (a *api) update(ctx context.Context, r *wire.Request, in *shape.UpdateStackInput) (*shape.UpdateStackOutput, error) {
	request := stack.Request{
		Scope: scope(r), Name: wire.Value(in.StackName), Previous: wire.Value(in.UsePreviousTemplate), Capabilities: in.Capabilities,
		Tags: tagsOf(in.Tags), Notifications: in.NotificationARNs, Role: wire.Value(in.RoleARN), Rollback: rollbackOf(in.RollbackConfiguration),
		DisableRollback: in.DisableRollback, Token: wire.Value(in.ClientRequestToken), DeleteCreated: wire.Value(in.RetainExceptOnCreate),
	}
	var err error
	if request.Template, err = a.successor(ctx, r, request.Previous, in.TemplateBody, in.TemplateURL); err != nil {
		return nil, err
	}
	if request.Policy, err = a.policy(ctx, r, "StackPolicy", in.StackPolicyBody, in.StackPolicyURL); err != nil {
		return nil, err
	}
	request.PolicyDuringUpdate, err = a.policy(ctx, r, "StackPolicyDuringUpdate", in.StackPolicyDuringUpdateBody, in.StackPolicyDuringUpdateURL)
	if err != nil {
		return nil, err
	}
	if request.Parameters, err = given(in.Parameters); err != nil {
		return nil, err
	}
	changed, err := a.stacks.Update(ctx, request)
	if err != nil {
		return nil, err
	}
	a.linger(ctx, changed.ID)
	return &shape.UpdateStackOutput{StackId: &changed.ID}, nil
}

// successor is the template of a request that may say instead that the one in force stays.
func (a *api) successor(ctx context.Context, r *wire.Request, previous bool, body, address *string) (string, error) {
	if !previous {
		return a.template(ctx, r, body, address)
	}
	if body != nil || address != nil {
		return "", fault.Errorf(fault.Invalid, "template", "Only one of UsePreviousTemplate, Template Body and Template URL can be specified.")
	}
	return "", nil
}

func (a *api) delete(ctx context.Context, r *wire.Request, in *shape.DeleteStackInput) (*apishape.Nothing, error) {
	id := a.identified(ctx, scope(r), wire.Value(in.StackName))
	err := a.stacks.Delete(ctx, stack.Deletion{
		Scope: scope(r), Name: wire.Value(in.StackName), Retain: in.RetainResources, Role: wire.Value(in.RoleARN),
		Force: wire.Value(in.DeletionMode) == "FORCE_DELETE_STACK", Token: wire.Value(in.ClientRequestToken),
	})
	if err == nil && id != "" {
		a.linger(ctx, id)
	}
	return nil, err
}

func (a *api) cancel(ctx context.Context, r *wire.Request, in *shape.CancelUpdateStackInput) (*apishape.Nothing, error) {
	return nil, a.stacks.Cancel(ctx, scope(r), wire.Value(in.StackName), wire.Value(in.ClientRequestToken))
}

func (a *api) continueRollback(ctx context.Context, r *wire.Request, in *shape.ContinueUpdateRollbackInput) (*shape.ContinueUpdateRollbackOutput, error) {
	return nil, a.stacks.ContinueRollback(ctx, scope(r), wire.Value(in.StackName), in.ResourcesToSkip, wire.Value(in.RoleARN), wire.Value(in.ClientRequestToken))
}

func (a *api) rollback(ctx context.Context, r *wire.Request, in *shape.RollbackStackInput) (*shape.RollbackStackOutput, error) {
	found, err := a.stacks.Rollback(ctx, scope(r), wire.Value(in.StackName), wire.Value(in.RoleARN), wire.Value(in.ClientRequestToken))
	if err != nil {
		return nil, err
	}
	return &shape.RollbackStackOutput{StackId: &found.ID}, nil
}

func (a *api) protect(ctx context.Context, r *wire.Request, in *shape.UpdateTerminationProtectionInput) (*shape.UpdateTerminationProtectionOutput, error) {
	found, err := a.stacks.Protect(ctx, scope(r), wire.Value(in.StackName), wire.Value(in.EnableTerminationProtection))
	if err != nil {
		return nil, err
	}
	return &shape.UpdateTerminationProtectionOutput{StackId: &found.ID}, nil
}
