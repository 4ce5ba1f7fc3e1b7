package lambda

import (
	"context"
	"strings"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/function"
)

func (a *api) tagResource(ctx context.Context, r *wire.Request, in *shape.TagResourceRequest) (*apishape.Nothing, error) {
	id, err := tagged(r, wire.Value(in.Resource))
	if err != nil {
		return nil, err
	}
	return nil, a.functions.Tag(ctx, id, in.Tags)
}

func (a *api) untagResource(ctx context.Context, r *wire.Request, in *shape.UntagResourceRequest) (*apishape.Nothing, error) {
	id, err := tagged(r, wire.Value(in.Resource))
	if err != nil {
		return nil, err
	}
	return nil, a.functions.Untag(ctx, id, in.TagKeys)
}

func (a *api) listTags(ctx context.Context, r *wire.Request, in *shape.ListTagsRequest) (*shape.ListTagsResponse, error) {
	id, err := tagged(r, wire.Value(in.Resource))
	if err != nil {
		return nil, err
	}
	tags, err := a.functions.Tags(ctx, id)
	if tags == nil {
		tags = map[string]string{} // shown as {} (recording test_tag_lifecycle)
	}
	return &shape.ListTagsResponse{Tags: tags}, err
}

// taggable are the nouns in ARNs of what AWS tags besides functions, and how it calls one that it does not find (recording
// test_tag_exceptions). Sluice has none of these, or none with tags.
var taggable = map[string]string{
	"event-source-mapping": "Event source mapping", "capacity-provider": "Capacity provider",
	"code-signing-config": "Code signing config", "layer": "Layer",
}

// tagged returns the function that an ARN names, whose form has been checked.
func tagged(r *wire.Request, arn string) (function.ID, error) {
	noun := strings.SplitN(arn, ":", 7)[5]
	if called, other := taggable[noun]; other {
		return function.ID{}, fault.Errorf(fault.NotFound, "tagged", "%s not found: %s", called, arn)
	}
	id, qualifier, err := identify(r, arn, "")
	if err == nil && qualifier != "" {
		err = fault.Errorf(fault.Invalid, "tags", "Tags on function aliases and versions are not supported. Please specify a function ARN.")
	}
	return id, err
}
