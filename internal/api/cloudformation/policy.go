package cloudformation

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

func (a *api) getPolicy(ctx context.Context, r *wire.Request, in *shape.GetStackPolicyInput) (*shape.GetStackPolicyOutput, error) {
	found, err := a.stacks.Stack(ctx, scope(r), wire.Value(in.StackName))
	if err != nil {
		return nil, err
	}
	return &shape.GetStackPolicyOutput{StackPolicyBody: text(found.Policy)}, nil
}

func (a *api) setPolicy(ctx context.Context, r *wire.Request, in *shape.SetStackPolicyInput) (*apishape.Nothing, error) {
	policy, err := a.policy(ctx, r, "StackPolicy", in.StackPolicyBody, in.StackPolicyURL)
	if err != nil {
		return nil, err
	}
	if policy == "" {
		return nil, fault.Errorf(fault.Invalid, "policy", "Either StackPolicyBody or StackPolicyURL must be specified.")
	}
	return nil, a.stacks.SetPolicy(ctx, scope(r), wire.Value(in.StackName), policy)
}
