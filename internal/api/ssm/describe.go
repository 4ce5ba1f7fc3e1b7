package ssm

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/ssm"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/parameter"
)

// describe lists parameters without their values. None is shared by another account.
func (a *api) describe(ctx context.Context, r *wire.Request, in *shape.DescribeParametersRequest) (*shape.DescribeParametersResult, error) {
	if in.Filters != nil && in.ParameterFilters != nil {
		return nil, fault.Errorf(fault.Invalid, "filters", "You can use either Filters or ParameterFilters in a single request.")
	}
	q := parameter.Query{Filters: append(filtersOf(in.ParameterFilters), oldFilters(in.Filters)...)}
	after, err := placeOf(parameters, in.NextToken)
	if err != nil {
		return nil, err
	}
	out := &shape.DescribeParametersResult{Parameters: []shape.ParameterMetadata{}}
	if wire.Value(in.Shared) {
		return out, q.Check()
	}
	found, more, err := a.parameters.List(ctx, scope(r), q, after, size(in.MaxResults, listPage), false)
	if err != nil {
		return nil, err
	}
	for _, p := range found {
		out.Parameters = append(out.Parameters, metadata(p))
	}
	if more {
		out.NextToken = parameters.Token(found[len(found)-1].ID.Name)
	}
	return out, nil
}

func metadata(p *parameter.Parameter) shape.ParameterMetadata {
	v := &p.Latest
	return shape.ParameterMetadata{
		Name: &p.ID.Name, ARN: new(p.ID.ARN()), Type: new(string(v.Type)), KeyId: wire.Optional(v.Key), LastModifiedDate: apishape.At(v.Modified),
		LastModifiedUser: &v.User, Description: wire.Optional(v.Description), AllowedPattern: wire.Optional(v.Pattern), Version: &v.Number,
		Tier: new(string(v.Tier)), Policies: []shape.ParameterInlinePolicy{}, DataType: &v.DataType,
	}
}

func filtersOf(filters []shape.ParameterStringFilter) (given []parameter.Filter) {
	for _, f := range filters {
		given = append(given, parameter.Filter{Key: wire.Value(f.Key), Option: wire.Value(f.Option), Values: f.Values})
	}
	return given
}

// oldFilters are those of the API's first years: names by their beginning, all else as a whole.
func oldFilters(filters []shape.ParametersFilter) (given []parameter.Filter) {
	for _, f := range filters {
		filter := parameter.Filter{Key: wire.Value(f.Key), Values: f.Values}
		if filter.Key == "Name" {
			filter.Option = "BeginsWith"
		}
		given = append(given, filter)
	}
	return given
}
