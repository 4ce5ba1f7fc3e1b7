package cloudformation

import (
	"context"

	shape "sluice/internal/api/shape/cloudformation"
	"sluice/internal/api/wire"
)

// describeLimits answers an account's default quotas (CloudFormation API Reference, "AccountLimit"). StackLimit alone is enforced here.
func (a *api) describeLimits(context.Context, *wire.Request, *shape.DescribeAccountLimitsInput) (*shape.DescribeAccountLimitsOutput, error) {
	return &shape.DescribeAccountLimitsOutput{AccountLimits: []shape.AccountLimit{
		{Name: new("StackLimit"), Value: new(int64(2000))},
		{Name: new("StackOutputsLimit"), Value: new(int64(200))},
		{Name: new("ConcurrentResourcesLimit"), Value: new(int64(2500))},
	}}, nil
}
