package cloudwatch

import (
	"context"
	"maps"
	"slices"
	"strings"

	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

func (a *api) tag(ctx context.Context, r *wire.Request, in *shape.TagResourceInput) (*shape.TagResourceOutput, error) {
	if err := ownARN(r, *in.ResourceARN); err != nil {
		return nil, err
	}
	return nil, untagged(a.alarms.Tag(ctx, *in.ResourceARN, tagMap(in.Tags)))
}

func (a *api) untag(ctx context.Context, r *wire.Request, in *shape.UntagResourceInput) (*shape.UntagResourceOutput, error) {
	if err := ownARN(r, *in.ResourceARN); err != nil {
		return nil, err
	}
	return nil, untagged(a.alarms.Untag(ctx, *in.ResourceARN, in.TagKeys))
}

func (a *api) listTags(ctx context.Context, r *wire.Request, in *shape.ListTagsForResourceInput) (*shape.ListTagsForResourceOutput, error) {
	if err := ownARN(r, *in.ResourceARN); err != nil {
		return nil, err
	}
	tags, err := a.alarms.Tags(ctx, *in.ResourceARN)
	return &shape.ListTagsForResourceOutput{Tags: tagList(tags)}, err
}

// ownARN refuses what is not an alarm of the caller: alarms have tags, nothing else here.
func ownARN(r *wire.Request, arn string) error {
	if strings.HasPrefix(arn, "arn:aws:cloudwatch:"+r.Region+":"+r.Account+":alarm:") {
		return nil
	}
	return fault.Errorf(fault.Invalid, "parameter", "%q is not the ARN of an alarm of this account and region", arn)
}

// untagged tells that an alarm is missing by the name that operations on tags have for it.
func untagged(err error) error {
	if fault.Is(err, fault.NotFound, "alarm") {
		return fault.Errorf(fault.NotFound, "tagged", "%w", err)
	}
	return err
}

func tagMap(tags []shape.Tag) map[string]string {
	if len(tags) == 0 {
		return nil
	}
	named := map[string]string{}
	for _, t := range tags {
		named[wire.Value(t.Key)] = wire.Value(t.Value)
	}
	return named
}

func tagList(tags map[string]string) []shape.Tag {
	list := []shape.Tag{}
	for _, name := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, shape.Tag{Key: new(name), Value: new(tags[name])})
	}
	return list
}
