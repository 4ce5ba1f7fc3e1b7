package lambda

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/function"
)

// provisionTime is the form of a provision's LastModified (AWS's page GetProvisionedConcurrencyConfig).
const provisionTime = "2006-01-02T15:04:05-0700"

// provisionStatus names how far a provision is.
var provisionStatus = map[function.ProvisionStatus]string{
	function.ProvisionInProgress: "IN_PROGRESS",
	function.ProvisionReady:      "READY",
	function.ProvisionFailed:     "FAILED",
}

// provision shows a provision as lists do; by itself it is shown without its ARN. A process that is allocated is available.
func provision(s *function.ProvisionState) *shape.ProvisionedConcurrencyConfigListItem {
	ready := int64(s.Ready)
	return &shape.ProvisionedConcurrencyConfigListItem{
		FunctionArn:                              new(s.Function.Qualified(s.Qualifier)),
		RequestedProvisionedConcurrentExecutions: new(int64(s.Concurrent)),
		AllocatedProvisionedConcurrentExecutions: &ready,
		AvailableProvisionedConcurrentExecutions: &ready,
		Status:                                   new(provisionStatus[s.Status]),
		StatusReason:                             wire.Optional(s.Reason),
		LastModified:                             new(s.Modified.UTC().Format(provisionTime)),
	}
}

func (a *api) putProvisioned(ctx context.Context, r *wire.Request, in *shape.PutProvisionedConcurrencyConfigRequest) (*shape.PutProvisionedConcurrencyConfigResponse, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	state, err := a.functions.Provision(ctx, id, qualifier, int(wire.Value(in.ProvisionedConcurrentExecutions)))
	if err != nil {
		return nil, err
	}
	p := provision(state)
	return &shape.PutProvisionedConcurrencyConfigResponse{
		RequestedProvisionedConcurrentExecutions: p.RequestedProvisionedConcurrentExecutions,
		AllocatedProvisionedConcurrentExecutions: p.AllocatedProvisionedConcurrentExecutions,
		AvailableProvisionedConcurrentExecutions: p.AvailableProvisionedConcurrentExecutions,
		Status:                                   p.Status, StatusReason: p.StatusReason, LastModified: p.LastModified,
	}, nil
}

func (a *api) getProvisioned(ctx context.Context, r *wire.Request, in *shape.GetProvisionedConcurrencyConfigRequest) (*shape.GetProvisionedConcurrencyConfigResponse, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	state, err := a.functions.Provisioned(ctx, id, qualifier)
	if err != nil {
		return nil, err
	}
	p := provision(state)
	return &shape.GetProvisionedConcurrencyConfigResponse{
		RequestedProvisionedConcurrentExecutions: p.RequestedProvisionedConcurrentExecutions,
		AllocatedProvisionedConcurrentExecutions: p.AllocatedProvisionedConcurrentExecutions,
		AvailableProvisionedConcurrentExecutions: p.AvailableProvisionedConcurrentExecutions,
		Status:                                   p.Status, StatusReason: p.StatusReason, LastModified: p.LastModified,
	}, nil
}

func (a *api) deleteProvisioned(ctx context.Context, r *wire.Request, in *shape.DeleteProvisionedConcurrencyConfigRequest) (*apishape.Nothing, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	return nil, a.functions.Unprovision(ctx, id, qualifier)
}

func (a *api) listProvisioned(ctx context.Context, r *wire.Request, in *shape.ListProvisionedConcurrencyConfigsRequest) (*shape.ListProvisionedConcurrencyConfigsResponse, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	page, err := pageOf(in.Marker, in.MaxItems)
	if err != nil {
		return nil, err
	}
	states, more, err := a.functions.Provisions(ctx, id, page)
	if err != nil {
		return nil, err
	}
	shown := &shape.ListProvisionedConcurrencyConfigsResponse{
		ProvisionedConcurrencyConfigs: make([]shape.ProvisionedConcurrencyConfigListItem, 0, len(states)),
	}
	for _, s := range states {
		shown.ProvisionedConcurrencyConfigs = append(shown.ProvisionedConcurrencyConfigs, *provision(s))
	}
	if more {
		shown.NextMarker = marker(&function.Cursor{Name: states[len(states)-1].Qualifier})
	}
	return shown, nil
}
