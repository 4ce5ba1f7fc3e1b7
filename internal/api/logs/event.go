package logs

import (
	"context"

	shape "sluice/internal/api/shape/logs"
	"sluice/internal/api/wire"
	"sluice/internal/logs"
)

// sequenceToken is what older clients hand back with their next batch. AWS takes any since 2023, and so it means nothing
// here (AWS's page "PutLogEvents").
const sequenceToken = "49590302938740203948572039485720394857203948572039485720"

func (a *api) putEvents(ctx context.Context, r *wire.Request, in *shape.PutLogEventsRequest) (*shape.PutLogEventsResponse, error) {
	events := make([]logs.Event, len(in.LogEvents))
	for i, e := range in.LogEvents {
		events[i] = logs.Event{Time: instant(e.Timestamp), Message: []byte(wire.Value(e.Message))}
	}
	rejected, err := a.logs.PutEvents(ctx, logs.StreamID{Group: named(r, in.LogGroupName), Name: wire.Value(in.LogStreamName)}, events)
	if err != nil {
		return nil, err
	}
	return &shape.PutLogEventsResponse{
		NextSequenceToken: new(sequenceToken), RejectedLogEventsInfo: rejectedShape(rejected, len(events)),
	}, nil
}

// rejectedShape tells the ends of a batch that were not taken: the indexes after the last event that was too old or
// expired, and of the first that was too new (AWS's page "RejectedLogEventsInfo").
func rejectedShape(r logs.Rejected, count int) *shape.RejectedLogEventsInfo {
	if r == (logs.Rejected{}) {
		return nil
	}
	var shown shape.RejectedLogEventsInfo
	if r.TooOld > 0 {
		shown.TooOldLogEventEndIndex = new(int64(r.TooOld))
	}
	if r.Expired > r.TooOld {
		shown.ExpiredLogEventEndIndex = new(int64(r.Expired))
	}
	if r.TooNew > 0 {
		shown.TooNewLogEventStartIndex = new(int64(count - r.TooNew))
	}
	return &shown
}

func (a *api) getEvents(ctx context.Context, r *wire.Request, in *shape.GetLogEventsRequest) (*shape.GetLogEventsResponse, error) {
	id, err := identified(r, in.LogGroupName, in.LogGroupIdentifier)
	if err != nil {
		return nil, err
	}
	page, err := a.logs.Events(ctx, logs.EventQuery{
		Stream: logs.StreamID{Group: id, Name: wire.Value(in.LogStreamName)}, From: instant(in.StartTime), To: instant(in.EndTime),
		FromHead: wire.Value(in.StartFromHead), Token: wire.Value(in.NextToken), Limit: int(wire.Value(in.Limit)),
	})
	if err != nil {
		return nil, err
	}
	out := &shape.GetLogEventsResponse{
		Events: []shape.OutputLogEvent{}, NextForwardToken: &page.Forward, NextBackwardToken: &page.Backward,
	}
	for _, e := range page.Events {
		out.Events = append(out.Events, shape.OutputLogEvent{
			Timestamp: new(e.Time.UnixMilli()), Message: new(string(e.Message)), IngestionTime: new(e.Ingested.UnixMilli()),
		})
	}
	return out, nil
}
