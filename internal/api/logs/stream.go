package logs

import (
	"context"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/logs"
	"sluice/internal/api/wire"
	"sluice/internal/logs"
)

func (a *api) createStream(ctx context.Context, r *wire.Request, in *shape.CreateLogStreamRequest) (*apishape.Nothing, error) {
	return nil, a.logs.CreateStream(ctx, logs.StreamID{Group: named(r, in.LogGroupName), Name: wire.Value(in.LogStreamName)})
}

func (a *api) deleteStream(ctx context.Context, r *wire.Request, in *shape.DeleteLogStreamRequest) (*apishape.Nothing, error) {
	return nil, a.logs.DeleteStream(ctx, logs.StreamID{Group: named(r, in.LogGroupName), Name: wire.Value(in.LogStreamName)})
}

func (a *api) describeStreams(ctx context.Context, r *wire.Request, in *shape.DescribeLogStreamsRequest) (*shape.DescribeLogStreamsResponse, error) {
	id, err := identified(r, in.LogGroupName, in.LogGroupIdentifier)
	if err != nil {
		return nil, err
	}
	found, next, err := a.logs.Streams(ctx, logs.StreamQuery{
		Group: id, Prefix: wire.Value(in.LogStreamNamePrefix), ByTime: wire.Value(in.OrderBy) == "LastEventTime",
		Descending: wire.Value(in.Descending), Token: wire.Value(in.NextToken), Limit: pageSize(in.Limit),
	})
	if err != nil {
		return nil, err
	}
	out := &shape.DescribeLogStreamsResponse{LogStreams: []shape.LogStream{}, NextToken: wire.Optional(next)}
	for _, s := range found {
		out.LogStreams = append(out.LogStreams, streamShape(s))
	}
	return out, nil
}

// streamShape shows a stream. AWS has said 0 for any stream's bytes since 2019 (AWS's page "LogStream").
func streamShape(s *logs.Stream) shape.LogStream {
	shown := shape.LogStream{
		LogStreamName: &s.ID.Name, CreationTime: millis(s.Created), FirstEventTimestamp: millis(s.First),
		LastEventTimestamp: millis(s.Last), LastIngestionTime: millis(s.Ingested), Arn: new(s.ID.ARN()), StoredBytes: new(int64(0)),
	}
	if !s.Ingested.IsZero() {
		shown.UploadSequenceToken = new(sequenceToken)
	}
	return shown
}
