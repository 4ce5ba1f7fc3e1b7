package ssm

import (
	"context"
	"net/http"
	"strings"

	shape "sluice/internal/api/shape/ssm"
	"sluice/internal/api/wire"
	"sluice/internal/parameter"
)

func (a *api) put(ctx context.Context, r *wire.Request, in *shape.PutParameterRequest) (*shape.PutParameterResult, error) {
	if policies := strings.TrimSpace(wire.Value(in.Policies)); policies != "" && policies != "[]" && policies != "[{}]" {
		return nil, &wire.Error{Code: "NotImplementedException", Status: http.StatusBadRequest,
			Message: "Sluice does not implement policies of parameters, such as an expiration."}
	}
	c := parameter.Change{
		ID: parameter.ID{Scope: scope(r), Name: wire.Value(in.Name)}, Value: wire.Value(in.Value), Type: parameter.Type(wire.Value(in.Type)),
		Key: wire.Value(in.KeyId), Description: in.Description, Pattern: in.AllowedPattern, Tier: parameter.Tier(wire.Value(in.Tier)),
		DataType: wire.Value(in.DataType), Tags: tagsOf(in.Tags), Overwrite: wire.Value(in.Overwrite), User: r.Caller.ARN,
	}
	p, err := a.parameters.Put(ctx, c)
	if err != nil {
		return nil, err
	}
	return &shape.PutParameterResult{Version: &p.Latest.Number, Tier: new(string(p.Latest.Tier))}, nil
}

func tagsOf(tags []shape.Tag) map[string]string {
	if tags == nil {
		return nil
	}
	given := map[string]string{}
	for _, t := range tags {
		given[wire.Value(t.Key)] = wire.Value(t.Value)
	}
	return given
}
