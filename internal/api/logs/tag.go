package logs

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/logs"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/logs"
)

func (a *api) tagGroup(ctx context.Context, r *wire.Request, in *shape.TagLogGroupRequest) (*apishape.Nothing, error) {
	return nil, tooMany(a.logs.Tag(ctx, named(r, in.LogGroupName), in.Tags))
}

// tooMany tells of too many tags where the operation has no name for that: only TagResource has one.
func tooMany(err error) error {
	if fault.Is(err, fault.Limit, "tags") {
		return fault.Errorf(fault.Invalid, "tags", "%w", err)
	}
	return err
}

func (a *api) untagGroup(ctx context.Context, r *wire.Request, in *shape.UntagLogGroupRequest) (*apishape.Nothing, error) {
	return nil, a.logs.Untag(ctx, named(r, in.LogGroupName), in.Tags)
}

func (a *api) listGroupTags(ctx context.Context, r *wire.Request, in *shape.ListTagsLogGroupRequest) (*shape.ListTagsLogGroupResponse, error) {
	tags, err := a.tagsOf(ctx, named(r, in.LogGroupName))
	return &shape.ListTagsLogGroupResponse{Tags: tags}, err
}

func (a *api) tag(ctx context.Context, r *wire.Request, in *shape.TagResourceRequest) (*apishape.Nothing, error) {
	id, err := logs.ParseGroup(scope(r), wire.Value(in.ResourceArn))
	if err != nil {
		return nil, err
	}
	return nil, a.logs.Tag(ctx, id, in.Tags)
}

func (a *api) untag(ctx context.Context, r *wire.Request, in *shape.UntagResourceRequest) (*apishape.Nothing, error) {
	id, err := logs.ParseGroup(scope(r), wire.Value(in.ResourceArn))
	if err != nil {
		return nil, err
	}
	return nil, a.logs.Untag(ctx, id, in.TagKeys)
}

func (a *api) listTags(ctx context.Context, r *wire.Request, in *shape.ListTagsForResourceRequest) (*shape.ListTagsForResourceResponse, error) {
	id, err := logs.ParseGroup(scope(r), wire.Value(in.ResourceArn))
	if err != nil {
		return nil, err
	}
	tags, err := a.tagsOf(ctx, id)
	return &shape.ListTagsForResourceResponse{Tags: tags}, err
}

// tagsOf is never nil without an error: clients expect an object.
func (a *api) tagsOf(ctx context.Context, id logs.GroupID) (map[string]string, error) {
	g, err := a.logs.Group(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case g.Tags == nil:
		return map[string]string{}, nil
	}
	return g.Tags, nil
}
