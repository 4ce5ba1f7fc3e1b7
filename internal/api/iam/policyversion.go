package iam

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/account"
	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/iam"
	"sluice/internal/api/wire"
)

// versionID names a version: v and its number.
func versionID(number int) *string { return new("v" + strconv.Itoa(number)) }

// versionNumber reads such a name; what is none has the number 0, which no version has.
func versionNumber(id *string) int {
	number, err := strconv.Atoi(strings.TrimPrefix(wire.Value(id), "v"))
	if err != nil {
		return 0
	}
	return number
}

func versionShape(p *account.Policy, v *account.PolicyVersion) *shape.PolicyVersion {
	return &shape.PolicyVersion{
		VersionId: versionID(v.Number), IsDefaultVersion: new(v.Number == p.Default), CreateDate: apishape.At(v.Created),
	}
}

func (a *api) createVersion(ctx context.Context, r *wire.Request, in *shape.CreatePolicyVersionRequest) (*shape.CreatePolicyVersionResponse, error) {
	v, p, err := a.accounts.AddVersion(ctx, r.Account, wire.Value(in.PolicyArn), wire.Value(in.PolicyDocument), wire.Value(in.SetAsDefault))
	if err != nil {
		return nil, err
	}
	return &shape.CreatePolicyVersionResponse{PolicyVersion: versionShape(p, v)}, nil
}

func (a *api) getVersion(ctx context.Context, r *wire.Request, in *shape.GetPolicyVersionRequest) (*shape.GetPolicyVersionResponse, error) {
	v, p, err := a.accounts.PolicyVersion(ctx, r.Account, wire.Value(in.PolicyArn), versionNumber(in.VersionId))
	if err != nil {
		return nil, err
	}
	shown := versionShape(p, v)
	shown.Document = escaped(v.Document)
	return &shape.GetPolicyVersionResponse{PolicyVersion: shown}, nil
}

// listVersions lists the newest version first. AWS's policies have the one in force.
func (a *api) listVersions(ctx context.Context, r *wire.Request, in *shape.ListPolicyVersionsRequest) (*shape.ListPolicyVersionsResponse, error) {
	p, err := a.accounts.Policy(ctx, r.Account, wire.Value(in.PolicyArn))
	if err != nil {
		return nil, err
	}
	versions := slices.Clone(p.Versions)
	if versions == nil {
		versions = []account.PolicyVersion{{Number: p.Default, Created: p.Updated}}
	}
	slices.Reverse(versions)
	out := &shape.ListPolicyVersionsResponse{Versions: []shape.PolicyVersion{}}
	versions, out.IsTruncated, out.Marker, err = page(versions, versionPlace, in.Marker, in.MaxItems)
	for _, v := range versions {
		out.Versions = append(out.Versions, *versionShape(p, &v))
	}
	return out, err
}

// versionPlace grows as numbers fall, since the newest version is the first; 1<<40 is more than there are versions.
func versionPlace(v account.PolicyVersion) string { return strconv.Itoa(1<<40 - v.Number) }

func (a *api) deleteVersion(ctx context.Context, r *wire.Request, in *shape.DeletePolicyVersionRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.DeleteVersion(ctx, r.Account, wire.Value(in.PolicyArn), versionNumber(in.VersionId)))
}

func (a *api) setDefault(ctx context.Context, r *wire.Request, in *shape.SetDefaultPolicyVersionRequest) (*apishape.Nothing, error) {
	return nothing(a.accounts.SetDefault(ctx, r.Account, wire.Value(in.PolicyArn), versionNumber(in.VersionId)))
}
