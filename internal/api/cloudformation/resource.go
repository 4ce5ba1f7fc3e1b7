package cloudformation

import (
	"context"
	"slices"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/stack"
)

func (a *api) describeResource(ctx context.Context, r *wire.Request, in *shape.DescribeStackResourceInput) (*shape.DescribeStackResourceOutput, error) {
	owner, found, err := a.resource(ctx, r, wire.Value(in.StackName), wire.Value(in.LogicalResourceId))
	if err != nil {
		return nil, err
	}
	metadata := new("{}")
	if len(found.Metadata) > 0 {
		if metadata, err = document(found.Metadata); err != nil {
			return nil, err
		}
	}
	return &shape.DescribeStackResourceOutput{StackResourceDetail: &shape.StackResourceDetail{
		StackName: &owner.Name, StackId: &owner.ID, LogicalResourceId: &found.LogicalID, PhysicalResourceId: text(found.PhysicalID), ResourceType: &found.Type,
		LastUpdatedTimestamp: apishape.At(found.Changed), ResourceStatus: text(found.Status), ResourceStatusReason: text(found.Reason),
		Metadata: metadata, DriftInformation: driftShape(),
	}}, nil
}

// resource returns a stack's resource of a logical ID.
func (a *api) resource(ctx context.Context, r *wire.Request, name, logicalID string) (*stack.Stack, *stack.Resource, error) {
	owner, all, err := a.stacks.Resources(ctx, scope(r), name)
	if err != nil {
		return nil, nil, err
	}
	i := slices.IndexFunc(all, func(each *stack.Resource) bool { return each.LogicalID == logicalID })
	if i < 0 {
		return nil, nil, fault.Errorf(fault.NotFound, "resource", "Resource %s does not exist for stack %s", logicalID, name)
	}
	return owner, all[i], nil
}

func (a *api) describeResources(ctx context.Context, r *wire.Request, in *shape.DescribeStackResourcesInput) (*shape.DescribeStackResourcesOutput, error) {
	owner, all, err := a.owned(ctx, r, in)
	if err != nil {
		return nil, err
	}
	out := &shape.DescribeStackResourcesOutput{StackResources: []shape.StackResource{}}
	for _, each := range all {
		if in.LogicalResourceId != nil && each.LogicalID != *in.LogicalResourceId {
			continue
		}
		if len(out.StackResources) == pageSize { // AWS describes the first hundred; others are listed by ListStackResources
			break
		}
		out.StackResources = append(out.StackResources, resourceShape(owner, each))
	}
	if in.LogicalResourceId != nil && len(out.StackResources) == 0 {
		return nil, fault.Errorf(fault.NotFound, "resource", "Resource %s does not exist for stack %s", *in.LogicalResourceId, owner.Name)
	}
	return out, nil
}

// owned returns the resources of the stack that a request names, or of the one that has the physical resource it names.
func (a *api) owned(ctx context.Context, r *wire.Request, in *shape.DescribeStackResourcesInput) (*stack.Stack, []*stack.Resource, error) {
	switch {
	case in.StackName != nil && in.PhysicalResourceId != nil:
		return nil, nil, fault.Errorf(fault.Invalid, "request", "Cannot specify both StackName and PhysicalResourceId")
	case in.StackName != nil:
		return a.stacks.Resources(ctx, scope(r), *in.StackName)
	case in.PhysicalResourceId == nil:
		return nil, nil, fault.Errorf(fault.Invalid, "request", "Either StackName or PhysicalResourceId must be specified.")
	}
	return a.ownerOf(ctx, r, *in.PhysicalResourceId)
}

func (a *api) ownerOf(ctx context.Context, r *wire.Request, physicalID string) (*stack.Stack, []*stack.Resource, error) {
	after, more := "", true
	for more {
		var found []*stack.Stack
		var err error
		if found, more, err = a.stacks.Stacks(ctx, scope(r), true, after, pageSize); err != nil {
			return nil, nil, err
		}
		for _, s := range found {
			after = s.ID
			owner, all, err := a.stacks.Resources(ctx, scope(r), s.ID)
			if err != nil && !fault.Is(err, fault.NotFound, "stack") {
				return nil, nil, err
			}
			if slices.ContainsFunc(all, func(each *stack.Resource) bool { return each.PhysicalID == physicalID }) {
				return owner, all, nil
			}
		}
	}
	return nil, nil, fault.Errorf(fault.NotFound, "resource", "Stack for %s does not exist", physicalID)
}

func (a *api) listResources(ctx context.Context, r *wire.Request, in *shape.ListStackResourcesInput) (*shape.ListStackResourcesOutput, error) {
	_, all, err := a.stacks.Resources(ctx, scope(r), wire.Value(in.StackName))
	if err != nil {
		return nil, err
	}
	cut, next, err := pageOf("resources", all, in.NextToken)
	if err != nil {
		return nil, err
	}
	out := &shape.ListStackResourcesOutput{StackResourceSummaries: make([]shape.StackResourceSummary, 0, len(cut)), NextToken: next}
	for _, each := range cut {
		out.StackResourceSummaries = append(out.StackResourceSummaries, shape.StackResourceSummary{
			LogicalResourceId: &each.LogicalID, PhysicalResourceId: text(each.PhysicalID), ResourceType: &each.Type,
			LastUpdatedTimestamp: apishape.At(each.Changed), ResourceStatus: text(each.Status), ResourceStatusReason: text(each.Reason),
			DriftInformation: &shape.StackResourceDriftInformationSummary{StackResourceDriftStatus: new(unchecked)},
		})
	}
	return out, nil
}

func resourceShape(owner *stack.Stack, each *stack.Resource) shape.StackResource {
	return shape.StackResource{
		StackName: &owner.Name, StackId: &owner.ID, LogicalResourceId: &each.LogicalID, PhysicalResourceId: text(each.PhysicalID), ResourceType: &each.Type,
		Timestamp: apishape.At(each.Changed), ResourceStatus: text(each.Status), ResourceStatusReason: text(each.Reason), DriftInformation: driftShape(),
	}
}

func driftShape() *shape.StackResourceDriftInformation {
	return &shape.StackResourceDriftInformation{StackResourceDriftStatus: new(unchecked)}
}

// signal refuses: the resources that wait for signals of their own, groups and instances of EC2, are none of Sluice's. Wait
// conditions are signalled at their handle's address.
func (a *api) signal(ctx context.Context, r *wire.Request, in *shape.SignalResourceInput) (*apishape.Nothing, error) {
	_, found, err := a.resource(ctx, r, wire.Value(in.StackName), wire.Value(in.LogicalResourceId))
	if err != nil {
		return nil, err
	}
	return nil, fault.Errorf(fault.Invalid, "resource", "Resource %s is in %s state and cannot be signaled", found.LogicalID, found.Status)
}
