package codedeploy

import (
	"context"
	"maps"
	"slices"
	"strings"

	shape "sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// tagged is what an ARN with tags names: an application, or one of its groups.
type tagged struct{ application, group string }

// parseARN reads arn:aws:codedeploy:REGION:ACCOUNT:application:NAME or …:deploymentgroup:APPLICATION/NAME.
func parseARN(r *wire.Request, arn *string) (tagged, error) {
	rest, ok := strings.CutPrefix(wire.Value(arn), "arn:aws:codedeploy:"+r.Region+":"+r.Account+":")
	kind, name, _ := strings.Cut(rest, ":")
	switch {
	case ok && kind == "application" && name != "":
		return tagged{application: name}, nil
	case ok && kind == "deploymentgroup":
		if application, group, _ := strings.Cut(name, "/"); application != "" && group != "" {
			return tagged{application, group}, nil
		}
	case ok && kind != "application" && name != "":
		return tagged{}, fault.Errorf(fault.Invalid, "arn kind",
			"%q is the ARN of a %s: applications and deployment groups have tags, nothing else here", wire.Value(arn), kind)
	}
	return tagged{}, fault.Errorf(fault.Invalid, "arn",
		"%q is not the ARN of an application or a deployment group of this account and region", wire.Value(arn))
}

func (a *api) tag(ctx context.Context, r *wire.Request, in *shape.TagResourceInput) (*shape.TagResourceOutput, error) {
	added := tagMap(in.Tags)
	return nil, a.changeTags(ctx, r, in.ResourceArn, func(tags map[string]string) { maps.Copy(tags, added) })
}

func (a *api) untag(ctx context.Context, r *wire.Request, in *shape.UntagResourceInput) (*shape.UntagResourceOutput, error) {
	return nil, a.changeTags(ctx, r, in.ResourceArn, func(tags map[string]string) {
		for _, key := range in.TagKeys {
			delete(tags, key)
		}
	})
}

func (a *api) changeTags(ctx context.Context, r *wire.Request, arn *string, change func(map[string]string)) error {
	t, err := parseARN(r, arn)
	switch {
	case err != nil:
		return err
	case t.group != "":
		return a.rollouts.TagGroup(ctx, scope(r), t.application, t.group, change)
	}
	return a.rollouts.TagApplication(ctx, scope(r), t.application, change)
}

func (a *api) listTags(ctx context.Context, r *wire.Request, in *shape.ListTagsForResourceInput) (*shape.ListTagsForResourceOutput, error) {
	t, err := parseARN(r, in.ResourceArn)
	if err != nil {
		return nil, err
	}
	if t.group != "" {
		g, err := a.rollouts.Group(ctx, scope(r), t.application, t.group)
		if err != nil {
			return nil, err
		}
		return &shape.ListTagsForResourceOutput{Tags: tagList(g.Tags)}, nil
	}
	found, err := a.rollouts.Application(ctx, scope(r), t.application)
	if err != nil {
		return nil, err
	}
	return &shape.ListTagsForResourceOutput{Tags: tagList(found.Tags)}, nil
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
