package logs

import (
	"context"
	"slices"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/logs"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/logs"
)

func (a *api) createGroup(ctx context.Context, r *wire.Request, in *shape.CreateLogGroupRequest) (*apishape.Nothing, error) {
	return nil, tooMany(a.logs.CreateGroup(ctx, &logs.Group{
		ID: named(r, in.LogGroupName), Class: logs.Class(wire.Value(in.LogGroupClass)), KMSKey: wire.Value(in.KmsKeyId),
		Protected: wire.Value(in.DeletionProtectionEnabled), Tags: in.Tags,
	}))
}

func (a *api) deleteGroup(ctx context.Context, r *wire.Request, in *shape.DeleteLogGroupRequest) (*apishape.Nothing, error) {
	return nil, a.logs.DeleteGroup(ctx, named(r, in.LogGroupName))
}

// describeGroups answers for a prefix, for a part of the name, or for names. AWS finds parts of names in an index of its
// own, which does not know how much is stored nor the protection, and which tells with an empty page that there is no
// more (recording test_describe_log_groups_with_pattern).
func (a *api) describeGroups(ctx context.Context, r *wire.Request, in *shape.DescribeLogGroupsRequest) (*shape.DescribeLogGroupsResponse, error) {
	q, err := groupQuery(r, in)
	if err != nil {
		return nil, err
	}
	found, next, err := a.pageOfGroups(ctx, r, in.AccountIdentifiers, q, in.NextToken, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &shape.DescribeLogGroupsResponse{LogGroups: []shape.LogGroup{}, NextToken: next}
	for _, g := range found {
		shown := groupShape(g)
		if q.Pattern != "" {
			shown.StoredBytes, shown.DeletionProtectionEnabled = nil, nil
			out.NextToken = writeToken("groups", g.ID.Name)
		}
		out.LogGroups = append(out.LogGroups, shown)
	}
	return out, nil
}

func groupQuery(r *wire.Request, in *shape.DescribeLogGroupsRequest) (logs.GroupQuery, error) {
	q := logs.GroupQuery{
		Scope: scope(r), Prefix: wire.Value(in.LogGroupNamePrefix), Pattern: wire.Value(in.LogGroupNamePattern),
		Class: logs.Class(wire.Value(in.LogGroupClass)),
	}
	if q.Prefix != "" && q.Pattern != "" {
		return q, exclusive("logGroupNamePrefix", "logGroupNamePattern")
	}
	if in.LogGroupIdentifiers == nil {
		return q, nil
	}
	if q.Prefix != "" || q.Pattern != "" {
		return q, exclusive("logGroupIdentifiers", "logGroupNamePrefix or logGroupNamePattern")
	}
	q.Names = []string{}
	for _, identifier := range in.LogGroupIdentifiers {
		id, err := logs.ParseGroup(q.Scope, identifier)
		if err != nil {
			return q, err
		}
		q.Names = append(q.Names, id.Name)
	}
	return q, nil
}

func (a *api) listGroups(ctx context.Context, r *wire.Request, in *shape.ListLogGroupsRequest) (*shape.ListLogGroupsResponse, error) {
	if len(in.DataSources) > 0 || len(in.FieldIndexNames) > 0 || len(in.LogGroupTags) > 0 {
		return nil, refuse("ListLogGroups by dataSources, fieldIndexNames or logGroupTags")
	}
	q := logs.GroupQuery{Scope: scope(r), Pattern: wire.Value(in.LogGroupNamePattern), Class: logs.Class(wire.Value(in.LogGroupClass))}
	found, next, err := a.pageOfGroups(ctx, r, in.AccountIdentifiers, q, in.NextToken, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &shape.ListLogGroupsResponse{LogGroups: []shape.LogGroupSummary{}, NextToken: next}
	for _, g := range found {
		out.LogGroups = append(out.LogGroups, shape.LogGroupSummary{
			LogGroupName: &g.ID.Name, LogGroupArn: new(g.ID.ARN()), LogGroupClass: class(g),
		})
	}
	return out, nil
}

// pageOfGroups asks for one group more than is shown, to know whether there is a next page.
func (a *api) pageOfGroups(
	ctx context.Context, r *wire.Request, accounts []string, q logs.GroupQuery, token *string, limit *int64,
) ([]*logs.Group, *string, error) {
	after, err := readToken("groups", token)
	if err != nil {
		return nil, nil, err
	}
	if len(accounts) > 0 && !slices.Contains(accounts, r.Account) {
		return nil, nil, nil
	}
	size := pageSize(limit)
	q.After, q.Limit = after, size+1
	found, err := a.logs.Groups(ctx, q)
	if err != nil || len(found) <= size {
		return found, nil, err
	}
	return found[:size], writeToken("groups", found[size-1].ID.Name), nil
}

func groupShape(g *logs.Group) shape.LogGroup {
	shown := shape.LogGroup{
		LogGroupName: &g.ID.Name, CreationTime: millis(g.Created), MetricFilterCount: new(int64(len(g.Filters))),
		Arn: new(g.ID.ARN() + ":*"), StoredBytes: &g.Bytes, KmsKeyId: wire.Optional(g.KMSKey), LogGroupClass: class(g),
		LogGroupArn: new(g.ID.ARN()), DeletionProtectionEnabled: &g.Protected,
	}
	if g.Retention > 0 {
		shown.RetentionInDays = new(int64(g.Retention))
	}
	return shown
}

func class(g *logs.Group) *string {
	if g.Class == "" {
		return new(string(logs.Standard))
	}
	return new(string(g.Class))
}

func (a *api) putRetention(ctx context.Context, r *wire.Request, in *shape.PutRetentionPolicyRequest) (*apishape.Nothing, error) {
	days := wire.Value(in.RetentionInDays)
	if days == 0 { // which would mean for ever below
		return nil, fault.Errorf(fault.Invalid, "retention", "Events can't be kept for 0 days: DeleteRetentionPolicy keeps them for ever.")
	}
	return nil, a.logs.SetRetention(ctx, named(r, in.LogGroupName), int(days))
}

func (a *api) deleteRetention(ctx context.Context, r *wire.Request, in *shape.DeleteRetentionPolicyRequest) (*apishape.Nothing, error) {
	return nil, a.logs.SetRetention(ctx, named(r, in.LogGroupName), 0)
}

func (a *api) associateKey(ctx context.Context, r *wire.Request, in *shape.AssociateKmsKeyRequest) (*apishape.Nothing, error) {
	id, err := identified(r, in.LogGroupName, in.ResourceIdentifier)
	if err != nil {
		return nil, err
	}
	return nil, a.logs.SetKey(ctx, id, wire.Value(in.KmsKeyId))
}

func (a *api) disassociateKey(ctx context.Context, r *wire.Request, in *shape.DisassociateKmsKeyRequest) (*apishape.Nothing, error) {
	id, err := identified(r, in.LogGroupName, in.ResourceIdentifier)
	if err != nil {
		return nil, err
	}
	return nil, a.logs.SetKey(ctx, id, "")
}

func (a *api) putProtection(
	ctx context.Context, r *wire.Request, in *shape.PutLogGroupDeletionProtectionRequest,
) (*apishape.Nothing, error) {
	id, err := logs.ParseGroup(scope(r), wire.Value(in.LogGroupIdentifier))
	if err != nil {
		return nil, err
	}
	return nil, a.logs.SetProtection(ctx, id, wire.Value(in.DeletionProtectionEnabled))
}
