package apigateway

import (
	"context"
	"slices"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/apigateway"
	"sluice/internal/api/wire"
	"sluice/internal/restapi"
)

func (a *api) createResource(ctx context.Context, r *wire.Request, in *shape.CreateResourceRequest) (*shape.Resource, error) {
	made, err := edit(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*restapi.Resource, error) {
		return d.CreateResource(wire.Value(in.ParentId), wire.Value(in.PathPart))
	})
	return wire.Answer(made, err, bare)
}

func (a *api) getResource(ctx context.Context, r *wire.Request, in *shape.GetResourceRequest) (*shape.Resource, error) {
	return look(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*shape.Resource, error) {
		found := d.Resources[wire.Value(in.ResourceId)]
		if found == nil {
			return nil, noResource()
		}
		return resource(found, embeds(in.Embed, "methods")), nil
	})
}

func (a *api) getResources(ctx context.Context, r *wire.Request, in *shape.GetResourcesRequest) (*shape.Resources, error) {
	return look(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*shape.Resources, error) {
		cut, next, err := page(resourceList, d.Sorted(), func(r *restapi.Resource) string { return r.Path }, in.Position, in.Limit)
		out := &shape.Resources{Position: next, Items: []shape.Resource{}}
		for _, each := range cut {
			out.Items = append(out.Items, *resource(each, embeds(in.Embed, "methods")))
		}
		return out, err
	})
}

func (a *api) updateResource(ctx context.Context, r *wire.Request, in *shape.UpdateResourceRequest) (*shape.Resource, error) {
	changed, err := edit(ctx, a, identify(r, in.RestApiId), nil, func(d *restapi.Definition) (*restapi.Resource, error) {
		return d.UpdateResource(wire.Value(in.ResourceId), patches(in.PatchOperations))
	})
	return wire.Answer(changed, err, func(r *restapi.Resource) *shape.Resource { return resource(r, false) })
}

func (a *api) deleteResource(ctx context.Context, r *wire.Request, in *shape.DeleteResourceRequest) (*apishape.Nothing, error) {
	_, err := edit(ctx, a, identify(r, in.RestApiId), nil, nothing(func(d *restapi.Definition) error {
		return d.DeleteResource(wire.Value(in.ResourceId))
	}))
	return nil, err
}

func embeds(asked []string, what string) bool { return slices.Contains(asked, what) }

func bare(r *restapi.Resource) *shape.Resource {
	return &shape.Resource{Id: &r.ID, ParentId: wire.Optional(r.Parent), PathPart: wire.Optional(r.Part), Path: &r.Path}
}

// resource names a resource's methods; whole shows all of them.
func resource(r *restapi.Resource, whole bool) *shape.Resource {
	out := bare(r)
	for name, m := range r.Methods {
		if out.ResourceMethods == nil {
			out.ResourceMethods = map[string]shape.Method{}
		}
		if whole {
			out.ResourceMethods[name] = *method(m)
		} else {
			out.ResourceMethods[name] = shape.Method{}
		}
	}
	return out
}
