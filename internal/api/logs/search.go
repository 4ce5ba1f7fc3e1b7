package logs

import (
	"context"

	shape "sluice/internal/api/shape/logs"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/logs"
	"sluice/internal/logs/pattern"
)

// filterEvents always interleaves the streams' events, as AWS does since 2019 whatever interleaved says, and leaves
// searchedLogStreams empty, as AWS does since 2020 (AWS's page "FilterLogEvents").
func (a *api) filterEvents(ctx context.Context, r *wire.Request, in *shape.FilterLogEventsRequest) (*shape.FilterLogEventsResponse, error) {
	q, err := searchQuery(r, in)
	if err != nil {
		return nil, err
	}
	page, err := a.logs.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	out := &shape.FilterLogEventsResponse{
		Events: []shape.FilteredLogEvent{}, SearchedLogStreams: []shape.SearchedLogStream{}, NextToken: wire.Optional(page.Next),
	}
	for i := range page.Events {
		e := &page.Events[i]
		out.Events = append(out.Events, shape.FilteredLogEvent{
			LogStreamName: &e.Stream, Timestamp: new(e.Time.UnixMilli()), Message: new(string(e.Message)),
			IngestionTime: new(e.Ingested.UnixMilli()), EventId: &e.ID,
		})
	}
	return out, nil
}

func searchQuery(r *wire.Request, in *shape.FilterLogEventsRequest) (logs.SearchQuery, error) {
	q := logs.SearchQuery{
		Streams: in.LogStreamNames, Prefix: wire.Value(in.LogStreamNamePrefix), From: instant(in.StartTime), To: instant(in.EndTime),
		Descending: in.StartFromHead != nil && !*in.StartFromHead, Token: wire.Value(in.NextToken), Limit: int(wire.Value(in.Limit)),
	}
	var err error
	if q.Group, err = identified(r, in.LogGroupName, in.LogGroupIdentifier); err != nil {
		return q, err
	}
	if in.LogStreamNames != nil && in.LogStreamNamePrefix != nil {
		return q, exclusive("logStreamNames", "logStreamNamePrefix")
	}
	if wire.Value(in.FilterPattern) != "" {
		q.Pattern, err = compile(*in.FilterPattern)
	}
	return q, err
}

// compile reads a pattern, and begins an error as AWS does where no metric filter is meant.
func compile(text string) (*pattern.Pattern, error) {
	compiled, err := pattern.Compile(text)
	if err != nil {
		return nil, fault.Errorf(fault.Invalid, "pattern", "Invalid filter pattern: %w", err)
	}
	return compiled, nil
}
