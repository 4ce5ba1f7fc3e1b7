package lambda

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/function"
)

// alias shows an alias. RoutingConfig is there only with weights (recording test_alias_lifecycle).
func alias(a *function.Alias) *shape.AliasConfiguration {
	shown := &shape.AliasConfiguration{
		AliasArn: new(a.ARN()), Name: &a.Name, FunctionVersion: new(a.Version.String()), Description: &a.Description,
		RevisionId: &a.RevisionID,
	}
	if a.Additional != 0 {
		shown.RoutingConfig = &shape.AliasRoutingConfiguration{
			AdditionalVersionWeights: map[string]float64{a.Additional.String(): float64(a.Weight)},
		}
	}
	return shown
}

func (a *api) createAlias(ctx context.Context, r *wire.Request, in *shape.CreateAliasRequest) (*shape.AliasConfiguration, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	change, err := aliasChange(id, in.Description, in.FunctionVersion, in.RoutingConfig)
	if err != nil {
		return nil, err
	}
	made, err := a.functions.CreateAlias(ctx, id, wire.Value(in.Name), change)
	if err != nil {
		return nil, err
	}
	return alias(made), nil
}

func (a *api) updateAlias(ctx context.Context, r *wire.Request, in *shape.UpdateAliasRequest) (*shape.AliasConfiguration, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	change, err := aliasChange(id, in.Description, in.FunctionVersion, in.RoutingConfig)
	if err != nil {
		return nil, err
	}
	change.Revision = wire.Value(in.RevisionId)
	changed, err := a.functions.UpdateAlias(ctx, id, wire.Value(in.Name), change)
	if err != nil {
		return nil, err
	}
	return alias(changed), nil
}

// aliasChange reads what a request says of an alias. A version that is no number is one that does not exist.
func aliasChange(id function.ID, description, version *string, routing *shape.AliasRoutingConfiguration) (function.AliasChange, error) {
	change := function.AliasChange{Description: description}
	if version != nil {
		n, err := number(id, *version)
		if err != nil {
			return change, err
		}
		change.Version = &n
	}
	if routing == nil {
		return change, nil
	}
	change.Routing = function.Routing{}
	for text, weight := range routing.AdditionalVersionWeights {
		n, err := number(id, text)
		if err != nil {
			return change, err
		}
		change.Routing[n] = function.Weight(weight)
	}
	return change, nil
}

func number(id function.ID, text string) (function.Number, error) {
	n, ok := function.ParseNumber(text)
	if !ok {
		return 0, function.NotFound(id, text)
	}
	return n, nil
}

func (a *api) getAlias(ctx context.Context, r *wire.Request, in *shape.GetAliasRequest) (*shape.AliasConfiguration, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	found, err := a.functions.Alias(ctx, id, wire.Value(in.Name))
	if err != nil {
		return nil, err
	}
	return alias(found), nil
}

func (a *api) deleteAlias(ctx context.Context, r *wire.Request, in *shape.DeleteAliasRequest) (*apishape.Nothing, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	return nil, a.functions.DeleteAlias(ctx, id, wire.Value(in.Name))
}

func (a *api) listAliases(ctx context.Context, r *wire.Request, in *shape.ListAliasesRequest) (*shape.ListAliasesResponse, error) {
	id, err := unqualified(r, in.FunctionName)
	if err != nil {
		return nil, err
	}
	page, err := pageOf(in.Marker, in.MaxItems)
	if err != nil {
		return nil, err
	}
	var pointingTo *function.Number
	if in.FunctionVersion != nil {
		n, err := number(id, *in.FunctionVersion)
		if err != nil {
			return nil, err
		}
		pointingTo = &n
	}
	aliases, more, err := a.functions.Aliases(ctx, id, pointingTo, page)
	if err != nil {
		return nil, err
	}
	shown := &shape.ListAliasesResponse{Aliases: make([]shape.AliasConfiguration, 0, len(aliases))}
	for _, each := range aliases {
		shown.Aliases = append(shown.Aliases, *alias(each))
	}
	if more {
		shown.NextMarker = marker(&function.Cursor{Name: aliases[len(aliases)-1].Name})
	}
	return shown, nil
}
