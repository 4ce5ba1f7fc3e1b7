package logs

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/logs"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// putSubscription finds the mistakes that AWS would find before it says that Sluice sends logs nowhere.
func (a *api) putSubscription(ctx context.Context, r *wire.Request, in *shape.PutSubscriptionFilterRequest) (*apishape.Nothing, error) {
	if _, err := a.logs.Group(ctx, named(r, in.LogGroupName)); err != nil {
		return nil, err
	}
	if _, err := compile(wire.Value(in.FilterPattern)); err != nil {
		return nil, err
	}
	return nil, refuse("subscription filters: log events go nowhere else")
}

func (a *api) describeSubscriptions(
	ctx context.Context, r *wire.Request, in *shape.DescribeSubscriptionFiltersRequest,
) (*shape.DescribeSubscriptionFiltersResponse, error) {
	if _, err := a.logs.Group(ctx, named(r, in.LogGroupName)); err != nil {
		return nil, err
	}
	return &shape.DescribeSubscriptionFiltersResponse{SubscriptionFilters: []shape.SubscriptionFilter{}}, nil
}

func (a *api) deleteSubscription(ctx context.Context, r *wire.Request, in *shape.DeleteSubscriptionFilterRequest) (*apishape.Nothing, error) {
	if _, err := a.logs.Group(ctx, named(r, in.LogGroupName)); err != nil {
		return nil, err
	}
	return nil, fault.Errorf(fault.NotFound, "subscription", "The specified subscription filter does not exist.")
}
