package apigateway

import (
	"context"
	"fmt"
	"math"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/restapi"
)

func (a *api) createKey(ctx context.Context, r *wire.Request, in *shape.CreateApiKeyRequest) (*shape.ApiKey, error) {
	k := restapi.APIKey{
		Scope: scope(r), Name: wire.Value(in.Name), Value: wire.Value(in.Value), Description: wire.Value(in.Description),
		Customer: wire.Value(in.CustomerId), Enabled: wire.Value(in.Enabled), Tags: in.Tags,
	}
	for _, stage := range in.StageKeys {
		k.Stages = append(k.Stages, wire.Value(stage.RestApiId)+"/"+wire.Value(stage.StageName))
	}
	made, err := a.apis.CreateKey(ctx, k)
	return wire.Answer(made, err, func(k *restapi.APIKey) *shape.ApiKey { return apiKey(k, true) })
}

// apiKey shows a key's value only to who asks for it.
func apiKey(k *restapi.APIKey, value bool) *shape.ApiKey {
	out := &shape.ApiKey{
		Id: &k.ID, Name: wire.Optional(k.Name), CustomerId: wire.Optional(k.Customer), Description: wire.Optional(k.Description), Enabled: &k.Enabled,
		CreatedDate: apishape.At(k.Created), LastUpdatedDate: apishape.At(k.Updated), StageKeys: append([]string{}, k.Stages...), Tags: tagged(k.Tags),
	}
	if value {
		out.Value = &k.Value
	}
	return out
}

func (a *api) getKey(ctx context.Context, r *wire.Request, in *shape.GetApiKeyRequest) (*shape.ApiKey, error) {
	found, err := a.apis.Key(ctx, scope(r), wire.Value(in.ApiKey))
	return wire.Answer(found, err, func(k *restapi.APIKey) *shape.ApiKey {
		out := apiKey(k, wire.Value(in.IncludeValue))
		if out.Tags == nil {
			out.Tags = map[string]string{}
		}
		return out
	})
}

func (a *api) getKeys(ctx context.Context, r *wire.Request, in *shape.GetApiKeysRequest) (*shape.ApiKeys, error) {
	found, err := a.apis.Keys(ctx, scope(r), restapi.KeyFilter{Prefix: wire.Value(in.NameQuery), Customer: wire.Value(in.CustomerId)})
	if err != nil {
		return nil, err
	}
	cut, next, err := page(keyList, found, age, in.Position, in.Limit)
	out := &shape.ApiKeys{Position: next, Items: []shape.ApiKey{}}
	for _, each := range cut {
		out.Items = append(out.Items, *apiKey(each, wire.Value(in.IncludeValues)))
	}
	return out, err
}

// age is a key's place in a list of keys, which begins with the newest.
func age(k *restapi.APIKey) string {
	return fmt.Sprintf("%016x%s", math.MaxInt64-k.Created.UnixMicro(), k.ID)
}

func (a *api) updateKey(ctx context.Context, r *wire.Request, in *shape.UpdateApiKeyRequest) (*shape.ApiKey, error) {
	changed, err := a.apis.UpdateKey(ctx, scope(r), wire.Value(in.ApiKey), patches(in.PatchOperations))
	return wire.Answer(changed, err, func(k *restapi.APIKey) *shape.ApiKey {
		out := apiKey(k, false)
		if out.Tags == nil {
			out.Tags = map[string]string{}
		}
		return out
	})
}

func (a *api) deleteKey(ctx context.Context, r *wire.Request, in *shape.DeleteApiKeyRequest) (*apishape.Nothing, error) {
	return nil, a.apis.DeleteKey(ctx, scope(r), wire.Value(in.ApiKey))
}
