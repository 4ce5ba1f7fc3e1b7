package logs

import (
	"context"
	"slices"

	shape "sluice/internal/api/shape/logs"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/logs"
)

// startQuery says which groups of an Insights query are missing before it says that there are no queries.
func (a *api) startQuery(ctx context.Context, r *wire.Request, in *shape.StartQueryRequest) (*shape.StartQueryResponse, error) {
	identifiers := slices.Concat(in.LogGroupNames, in.LogGroupIdentifiers)
	if in.LogGroupName != nil {
		identifiers = append(identifiers, *in.LogGroupName)
	}
	for _, identifier := range identifiers {
		id, err := logs.ParseGroup(scope(r), identifier)
		if err == nil {
			_, err = a.logs.Group(ctx, id)
		}
		if fault.Is(err, fault.NotFound, "group") {
			return nil, missingForQuery(r, identifier)
		}
		if err != nil {
			return nil, err
		}
	}
	return nil, refuse("Logs Insights queries: filter events with FilterLogEvents")
}

// missingForQuery words a missing group as the service behind the queries does (recording
// test_start_query_log_group_not_found).
func missingForQuery(r *wire.Request, group string) error {
	return fault.Errorf(fault.NotFound, "group", "Log group '%s' does not exist for account ID '%s' (Service: AWSLogs; "+
		"Status Code: 400; Error Code: ResourceNotFoundException; Request ID: %s; Proxy: null)", group, r.Account, r.ID)
}

func (a *api) describeQueries(context.Context, *wire.Request, *shape.DescribeQueriesRequest) (*shape.DescribeQueriesResponse, error) {
	return &shape.DescribeQueriesResponse{Queries: []shape.QueryInfo{}}, nil
}
