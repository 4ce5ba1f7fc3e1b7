package ssm

import (
	"context"
	"strconv"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/ssm"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/parameter"
)

func (a *api) get(ctx context.Context, r *wire.Request, in *shape.GetParameterRequest) (*shape.GetParameterResult, error) {
	found, err := a.find(ctx, r, wire.Value(in.Name), wire.Value(in.WithDecryption))
	if err != nil {
		return nil, err
	}
	return &shape.GetParameterResult{Parameter: parameterShape(&found)}, nil
}

func (a *api) find(ctx context.Context, r *wire.Request, name string, open bool) (parameter.Found, error) {
	ref, err := parameter.ParseReference(scope(r), name)
	if err != nil {
		return parameter.Found{}, err
	}
	return a.parameters.Get(ctx, ref, open)
}

// getMany answers what there is of the parameters that are asked for, and names the others.
func (a *api) getMany(ctx context.Context, r *wire.Request, in *shape.GetParametersRequest) (*shape.GetParametersResult, error) {
	out := &shape.GetParametersResult{Parameters: []shape.Parameter{}, InvalidParameters: []string{}}
	seen := map[string]bool{}
	for _, name := range in.Names {
		if seen[name] {
			return nil, fault.Errorf(fault.Invalid, "names", "Duplicate parameter names are not allowed: %s", name)
		}
		seen[name] = true
		found, err := a.find(ctx, r, name, wire.Value(in.WithDecryption))
		switch {
		case err == nil:
			out.Parameters = append(out.Parameters, *parameterShape(&found))
		case fault.Is(err, fault.NotFound, ""), fault.Is(err, fault.Invalid, ""):
			out.InvalidParameters = append(out.InvalidParameters, name)
		default:
			return nil, err
		}
	}
	return out, nil
}

func parameterShape(f *parameter.Found) *shape.Parameter {
	return &shape.Parameter{
		Name: &f.ID.Name, Type: new(string(f.Type)), Value: &f.Value, Version: &f.Number, Selector: wire.Optional(f.Selector),
		LastModifiedDate: apishape.At(f.Modified), ARN: new(f.ID.ARN()), DataType: &f.DataType,
	}
}

// pathPage is how many parameters GetParametersByPath answers with if nobody asks for fewer (its page).
const pathPage = 10

func (a *api) getByPath(ctx context.Context, r *wire.Request, in *shape.GetParametersByPathRequest) (*shape.GetParametersByPathResult, error) {
	q := parameter.Query{Path: wire.Value(in.Path), Recursive: wire.Value(in.Recursive), Filters: filtersOf(in.ParameterFilters)}
	after, err := placeOf(parametersByPath, in.NextToken)
	if err != nil {
		return nil, err
	}
	found, more, err := a.parameters.List(ctx, scope(r), q, after, size(in.MaxResults, pathPage), wire.Value(in.WithDecryption))
	if err != nil {
		return nil, err
	}
	out := &shape.GetParametersByPathResult{Parameters: []shape.Parameter{}}
	for _, p := range found {
		out.Parameters = append(out.Parameters, *parameterShape(&parameter.Found{ID: p.ID, Version: p.Latest}))
	}
	if more {
		out.NextToken = parametersByPath.Token(found[len(found)-1].ID.Name)
	}
	return out, nil
}

func (a *api) history(ctx context.Context, r *wire.Request, in *shape.GetParameterHistoryRequest) (*shape.GetParameterHistoryResult, error) {
	id, err := named(r, in.Name)
	if err != nil {
		return nil, err
	}
	after, err := placeOf(history, in.NextToken)
	if err != nil {
		return nil, err
	}
	above, _ := strconv.ParseInt(after, 10, 64) // placeOf takes only what Token made; the first page begins at none
	found, more, err := a.parameters.History(ctx, id, above, size(in.MaxResults, listPage), wire.Value(in.WithDecryption))
	if err != nil {
		return nil, err
	}
	out := &shape.GetParameterHistoryResult{Parameters: []shape.ParameterHistory{}}
	for i := range found {
		out.Parameters = append(out.Parameters, historyShape(&found[i]))
	}
	if more {
		out.NextToken = history.Token(strconv.FormatInt(found[len(found)-1].Number, 10))
	}
	return out, nil
}

func historyShape(f *parameter.Found) shape.ParameterHistory {
	return shape.ParameterHistory{
		Name: &f.ID.Name, Type: new(string(f.Type)), KeyId: wire.Optional(f.Key), LastModifiedDate: apishape.At(f.Modified),
		LastModifiedUser: &f.User, Description: wire.Optional(f.Description), Value: &f.Value, AllowedPattern: wire.Optional(f.Pattern),
		Version: &f.Number, Labels: append([]string{}, f.Labels...), Tier: new(string(f.Tier)),
		Policies: []shape.ParameterInlinePolicy{}, DataType: &f.DataType,
	}
}
