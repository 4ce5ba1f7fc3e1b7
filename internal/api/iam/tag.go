package iam

import (
	"context"
	"slices"
	"strings"

	"sluice/internal/account"
	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/iam"
	"sluice/internal/api/wire"
)

func (a *api) tagRole(ctx context.Context, r *wire.Request, in *shape.TagRoleRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.TagRole(ctx, r.Account, wire.Value(in.RoleName), tagsOf(in.Tags)))
}

func (a *api) untagRole(ctx context.Context, r *wire.Request, in *shape.UntagRoleRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.UntagRole(ctx, r.Account, wire.Value(in.RoleName), in.TagKeys))
}

func (a *api) listRoleTags(ctx context.Context, r *wire.Request, in *shape.ListRoleTagsRequest) (*shape.ListRoleTagsResponse, error) {
	role, err := a.accounts.Role(ctx, r.Account, wire.Value(in.RoleName))
	if err != nil {
		return nil, err
	}
	out := &shape.ListRoleTagsResponse{}
	out.Tags, out.IsTruncated, out.Marker, err = pageOfTags(role.Tags, in.Marker, in.MaxItems)
	return out, err
}

func (a *api) tagPolicy(ctx context.Context, r *wire.Request, in *shape.TagPolicyRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.TagPolicy(ctx, r.Account, wire.Value(in.PolicyArn), tagsOf(in.Tags)))
}

func (a *api) untagPolicy(ctx context.Context, r *wire.Request, in *shape.UntagPolicyRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.UntagPolicy(ctx, r.Account, wire.Value(in.PolicyArn), in.TagKeys))
}

func (a *api) listPolicyTags(ctx context.Context, r *wire.Request, in *shape.ListPolicyTagsRequest) (*shape.ListPolicyTagsResponse, error) {
	p, err := a.accounts.Policy(ctx, r.Account, wire.Value(in.PolicyArn))
	if err != nil {
		return nil, err
	}
	out := &shape.ListPolicyTagsResponse{}
	out.Tags, out.IsTruncated, out.Marker, err = pageOfTags(p.Tags, in.Marker, in.MaxItems)
	return out, err
}

// pageOfTags is a page of tags in the order of their keys; none are an empty list.
func pageOfTags(tags []account.Tag, marker *string, size *int64) (shown []shape.Tag, truncated *bool, next *string, err error) {
	tags = slices.SortedFunc(slices.Values(tags), func(a, b account.Tag) int { return strings.Compare(a.Key, b.Key) })
	tags, truncated, next, err = page(tags, func(t account.Tag) string { return t.Key }, marker, size)
	return append([]shape.Tag{}, tagShapes(tags)...), truncated, next, err
}
