package apigateway

import (
	"context"
	"slices"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/restapi"
)

const keyType = "API_KEY"

func (a *api) createPlanKey(ctx context.Context, r *wire.Request, in *shape.CreateUsagePlanKeyRequest) (*shape.UsagePlanKey, error) {
	if kind := wire.Value(in.KeyType); kind != keyType {
		return nil, fault.Errorf(fault.Invalid, "key type", "Invalid key type %s: it has to be %s", kind, keyType)
	}
	k, err := a.apis.AddKey(ctx, scope(r), wire.Value(in.UsagePlanId), wire.Value(in.KeyId))
	return wire.Answer(k, err, planKey)
}

func planKey(k *restapi.APIKey) *shape.UsagePlanKey {
	return &shape.UsagePlanKey{Id: &k.ID, Type: new(keyType), Value: &k.Value, Name: wire.Optional(k.Name)}
}

func (a *api) getPlanKey(ctx context.Context, r *wire.Request, in *shape.GetUsagePlanKeyRequest) (*shape.UsagePlanKey, error) {
	keys, err := a.apis.PlanKeys(ctx, scope(r), wire.Value(in.UsagePlanId), "")
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(keys, func(k *restapi.APIKey) bool { return k.ID == wire.Value(in.KeyId) })
	if i < 0 {
		return nil, fault.Errorf(fault.NotFound, "API key", "Invalid Usage Plan Key identifier specified")
	}
	return planKey(keys[i]), nil
}

// getPlanKeys knows of no plan that is not there (recording test_get_usage_plan_api_keys).
func (a *api) getPlanKeys(ctx context.Context, r *wire.Request, in *shape.GetUsagePlanKeysRequest) (*shape.UsagePlanKeys, error) {
	keys, err := a.apis.PlanKeys(ctx, scope(r), wire.Value(in.UsagePlanId), wire.Value(in.NameQuery))
	if err != nil && !fault.Is(err, fault.NotFound, "usage plan") {
		return nil, err
	}
	cut, next, err := page(planKeyList, keys, age, in.Position, in.Limit)
	out := &shape.UsagePlanKeys{Position: next, Items: []shape.UsagePlanKey{}}
	for _, each := range cut {
		out.Items = append(out.Items, *planKey(each))
	}
	return out, err
}

func (a *api) deletePlanKey(ctx context.Context, r *wire.Request, in *shape.DeleteUsagePlanKeyRequest) (*apishape.Nothing, error) {
	return nil, a.apis.RemoveKey(ctx, scope(r), wire.Value(in.UsagePlanId), wire.Value(in.KeyId))
}
