package logs

import (
	"context"
	"slices"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/logs"
	"sluice/internal/api/wire"
	"sluice/internal/logs"
)

func (a *api) putPolicy(ctx context.Context, r *wire.Request, in *shape.PutResourcePolicyRequest) (*shape.PutResourcePolicyResponse, error) {
	if in.ResourceArn != nil || in.ExpectedRevisionId != nil {
		return nil, refuse("resource policies of a single log group (resourceArn, expectedRevisionId)")
	}
	kept, err := a.logs.PutPolicy(ctx, &logs.Policy{Scope: scope(r), Name: wire.Value(in.PolicyName), Document: wire.Value(in.PolicyDocument)})
	if err != nil {
		return nil, err
	}
	shown := policyShape(kept)
	return &shape.PutResourcePolicyResponse{ResourcePolicy: &shown}, nil
}

func (a *api) deletePolicy(ctx context.Context, r *wire.Request, in *shape.DeleteResourcePolicyRequest) (*apishape.Nothing, error) {
	return nil, a.logs.DeletePolicy(ctx, scope(r), wire.Value(in.PolicyName))
}

func (a *api) describePolicies(
	ctx context.Context, r *wire.Request, in *shape.DescribeResourcePoliciesRequest,
) (*shape.DescribeResourcePoliciesResponse, error) {
	out := &shape.DescribeResourcePoliciesResponse{ResourcePolicies: []shape.ResourcePolicy{}}
	if wire.Value(in.PolicyScope) == "RESOURCE" || in.ResourceArn != nil {
		return out, nil
	}
	after, err := readToken("policies", in.NextToken)
	if err != nil {
		return nil, err
	}
	all, err := a.logs.Policies(ctx, scope(r))
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(slices.Clone(all), func(p *logs.Policy) bool { return p.Name <= after })
	if size := pageSize(in.Limit); len(all) > size {
		all, out.NextToken = all[:size], writeToken("policies", all[size-1].Name)
	}
	for _, p := range all {
		out.ResourcePolicies = append(out.ResourcePolicies, policyShape(p))
	}
	return out, nil
}

func policyShape(p *logs.Policy) shape.ResourcePolicy {
	return shape.ResourcePolicy{
		PolicyName: &p.Name, PolicyDocument: &p.Document, LastUpdatedTime: millis(p.Updated), PolicyScope: new("ACCOUNT"),
	}
}
