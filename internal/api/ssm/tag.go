package ssm

import (
	"context"
	"maps"
	"slices"

	shape "sluice/internal/api/shape/ssm"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/parameter"
)

// resource is the parameter that a request about tags names. Systems Manager has tags for more than parameters.
func resource(r *wire.Request, kind, name *string) (parameter.ID, error) {
	if wire.Value(kind) != "Parameter" {
		return parameter.ID{}, fault.Errorf(fault.Invalid, "resource type", "Sluice has no resources of the type %s.", wire.Value(kind))
	}
	return named(r, name)
}

// unknown tells of a missing parameter as operations about tags do.
func unknown(err error) error {
	if fault.Is(err, fault.NotFound, "parameter") {
		return fault.Errorf(fault.Invalid, "resource", "%w", err)
	}
	return err
}

func (a *api) tag(ctx context.Context, r *wire.Request, in *shape.AddTagsToResourceRequest) (*shape.AddTagsToResourceResult, error) {
	id, err := resource(r, in.ResourceType, in.ResourceId)
	if err != nil {
		return nil, err
	}
	return nil, unknown(a.parameters.Tag(ctx, id, tagsOf(in.Tags)))
}

func (a *api) untag(ctx context.Context, r *wire.Request, in *shape.RemoveTagsFromResourceRequest) (*shape.RemoveTagsFromResourceResult, error) {
	id, err := resource(r, in.ResourceType, in.ResourceId)
	if err != nil {
		return nil, err
	}
	return nil, unknown(a.parameters.Untag(ctx, id, in.TagKeys))
}

func (a *api) listTags(ctx context.Context, r *wire.Request, in *shape.ListTagsForResourceRequest) (*shape.ListTagsForResourceResult, error) {
	id, err := resource(r, in.ResourceType, in.ResourceId)
	if err != nil {
		return nil, err
	}
	tags, err := a.parameters.Tags(ctx, id)
	if err != nil {
		return nil, unknown(err)
	}
	out := &shape.ListTagsForResourceResult{TagList: []shape.Tag{}}
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		out.TagList = append(out.TagList, shape.Tag{Key: &key, Value: new(tags[key])})
	}
	return out, nil
}
