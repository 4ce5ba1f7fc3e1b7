package apigateway

import (
	"context"
	"maps"
	"slices"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/restapi"
)

func (a *api) createModel(ctx context.Context, r *wire.Request, in *shape.CreateModelRequest) (*shape.ModelStructure, error) {
	made, err := edit(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*restapi.Model, error) {
		return d.CreateModel(restapi.Model{
			Name: wire.Value(in.Name), Description: wire.Value(in.Description), ContentType: wire.Value(in.ContentType), Schema: wire.Value(in.Schema),
		})
	})
	return wire.Answer(made, err, model)
}

func model(m *restapi.Model) *shape.ModelStructure {
	return &shape.ModelStructure{Id: &m.ID, Name: &m.Name, Description: wire.Optional(m.Description), Schema: wire.Optional(m.Schema), ContentType: &m.ContentType}
}

func (a *api) getModel(ctx context.Context, r *wire.Request, in *shape.GetModelRequest) (*shape.ModelStructure, error) {
	name := wire.Value(in.ModelName)
	found, err := look(ctx, a, identify(r, in.RestApiId), noModel(name), func(d *restapi.Definition) (*restapi.Model, error) {
		return d.Model(name)
	})
	return wire.Answer(found, err, model)
}

func (a *api) getModels(ctx context.Context, r *wire.Request, in *shape.GetModelsRequest) (*shape.Models, error) {
	return look(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*shape.Models, error) {
		cut, next, err := page(modelList, slices.Sorted(maps.Keys(d.Models)), self, in.Position, in.Limit)
		out := &shape.Models{Position: next, Items: []shape.ModelStructure{}}
		for _, name := range cut {
			out.Items = append(out.Items, *model(d.Models[name]))
		}
		return out, err
	})
}

// self is the key of a list of keys.
func self(key string) string { return key }

func (a *api) updateModel(ctx context.Context, r *wire.Request, in *shape.UpdateModelRequest) (*shape.ModelStructure, error) {
	name := wire.Value(in.ModelName)
	changed, err := edit(ctx, a, identify(r, in.RestApiId), noModel(name), func(d *restapi.Definition) (*restapi.Model, error) {
		return d.UpdateModel(name, patches(in.PatchOperations))
	})
	return wire.Answer(changed, err, model)
}

func (a *api) deleteModel(ctx context.Context, r *wire.Request, in *shape.DeleteModelRequest) (*apishape.Nothing, error) {
	name := wire.Value(in.ModelName)
	_, err := edit(ctx, a, identify(r, in.RestApiId), noModel(name), nothing(func(d *restapi.Definition) error {
		return d.DeleteModel(name)
	}))
	return nil, err
}
