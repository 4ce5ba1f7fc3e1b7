package lambda

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/async"
	"sluice/internal/function"
)

// eventConfig shows a configuration. What it leaves open is not shown, but both ends always are (recording
// test_lambda_eventinvokeconfig_lifecycle).
func eventConfig(c *async.Config) *shape.FunctionEventInvokeConfig {
	return &shape.FunctionEventInvokeConfig{
		LastModified: apishape.At(c.Modified), FunctionArn: new(c.Function.Qualified(c.Qualifier)),
		MaximumRetryAttempts: wide(c.Retries), MaximumEventAgeInSeconds: wide(c.MaxAgeSeconds),
		DestinationConfig: &shape.DestinationConfig{
			OnSuccess: &shape.OnSuccess{Destination: given(c.OnSuccess)},
			OnFailure: &shape.OnFailure{Destination: given(c.OnFailure)},
		},
	}
}

// eventChange reads what a request says.
func eventChange(retries, seconds *int64, destinations *shape.DestinationConfig) async.ConfigChange {
	change := async.ConfigChange{Retries: narrow(retries), MaxAgeSeconds: narrow(seconds)}
	if destinations == nil {
		return change
	}
	change.Destinations = &async.Destinations{}
	if d := destinations.OnSuccess; d != nil {
		change.Destinations.OnSuccess = &async.Destination{ARN: d.Destination}
	}
	if d := destinations.OnFailure; d != nil {
		change.Destinations.OnFailure = &async.Destination{ARN: d.Destination}
	}
	return change
}

func (a *api) putEventConfig(ctx context.Context, r *wire.Request, in *shape.PutFunctionEventInvokeConfigRequest) (*shape.FunctionEventInvokeConfig, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	return shownConfig(a.events.PutConfig(ctx, id, qualifier, eventChange(in.MaximumRetryAttempts, in.MaximumEventAgeInSeconds, in.DestinationConfig)))
}

func (a *api) updateEventConfig(ctx context.Context, r *wire.Request, in *shape.UpdateFunctionEventInvokeConfigRequest) (*shape.FunctionEventInvokeConfig, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	return shownConfig(a.events.UpdateConfig(ctx, id, qualifier, eventChange(in.MaximumRetryAttempts, in.MaximumEventAgeInSeconds, in.DestinationConfig)))
}

func (a *api) getEventConfig(ctx context.Context, r *wire.Request, in *shape.GetFunctionEventInvokeConfigRequest) (*shape.FunctionEventInvokeConfig, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	return shownConfig(a.events.Config(ctx, id, qualifier))
}

func (a *api) deleteEventConfig(ctx context.Context, r *wire.Request, in *shape.DeleteFunctionEventInvokeConfigRequest) (*apishape.Nothing, error) {
	id, qualifier, err := identify(r, wire.Value(in.FunctionName), wire.Value(in.Qualifier))
	if err != nil {
		return nil, err
	}
	return nil, a.events.DeleteConfig(ctx, id, qualifier)
}

func (a *api) listEventConfigs(ctx context.Context, r *wire.Request, in *shape.ListFunctionEventInvokeConfigsRequest) (*shape.ListFunctionEventInvokeConfigsResponse, error) {
	id, _, err := identify(r, wire.Value(in.FunctionName), "")
	if err != nil {
		return nil, err
	}
	page, err := pageOf(in.Marker, in.MaxItems)
	if err != nil {
		return nil, err
	}
	configs, more, err := a.events.Configs(ctx, id, page.After.Name, page.Limit)
	if err != nil {
		return nil, err
	}
	shown := &shape.ListFunctionEventInvokeConfigsResponse{FunctionEventInvokeConfigs: make([]shape.FunctionEventInvokeConfig, 0, len(configs))}
	for _, c := range configs {
		shown.FunctionEventInvokeConfigs = append(shown.FunctionEventInvokeConfigs, *eventConfig(c))
	}
	if more {
		shown.NextMarker = marker(&function.Cursor{Name: configs[len(configs)-1].Qualifier})
	}
	return shown, nil
}

func shownConfig(c *async.Config, err error) (*shape.FunctionEventInvokeConfig, error) {
	if err != nil {
		return nil, err
	}
	return eventConfig(c), nil
}

// given is a member that is left out if it is empty.
func given(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func wide(n *int) *int64 {
	if n == nil {
		return nil
	}
	return new(int64(*n))
}

func narrow(n *int64) *int {
	if n == nil {
		return nil
	}
	return new(int(*n))
}
