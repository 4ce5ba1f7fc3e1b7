package remote

import (
	"context"
	"errors"
	"iter"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"

	"sluice/internal/fault"
)

// late is how long after newer events older ones may still come, from other streams: so far back a reader that follows
// looks each time.
const late = 10 * time.Second

// LogQuery asks for what a function logged.
type LogQuery struct {
	Function string
	Since    time.Time // zero is from the beginning
	Filter   string    // a filter pattern of CloudWatch Logs; empty lets all through
	Follow   bool      // goes on with what comes, until the context ends
}

// LogEvent is one event of a function's log.
type LogEvent struct {
	At      time.Time
	Version string // that logged it, from the stream's name; empty if that is not Lambda's
	Message string // with the line break that it came with
}

// Logs returns what a function logged, by time. A function that has no log yet has logged nothing; one that does not exist
// is a fault.NotFound "function". An error ends it; the end of ctx ends it without one.
func (e *Endpoint) Logs(ctx context.Context, q LogQuery) iter.Seq2[LogEvent, error] {
	return func(yield func(LogEvent, error) bool) {
		group, err := e.logGroup(ctx, q.Function)
		if err != nil {
			yield(LogEvent{}, err)
			return
		}
		seen := map[string]time.Time{}
		from := q.Since
		for {
			newest, err := e.readLog(ctx, group, q, from, seen, yield)
			if errors.Is(err, errEnough) || ctx.Err() != nil {
				return
			}
			if err != nil {
				yield(LogEvent{}, err)
				return
			}
			if edge := newest.Add(-late); edge.After(from) {
				from = edge
				forget(seen, edge)
			}
			if !q.Follow || rest(ctx, e.follow) != nil {
				return
			}
		}
	}
}

// errEnough says that the caller's loop ended.
var errEnough = errors.New("the reader has had enough")

// logGroup is where a function logs: in the group that its settings name, or else in Lambda's.
func (e *Endpoint) logGroup(ctx context.Context, name string) (string, error) {
	function, err := e.function(ctx, name, "")
	if err != nil {
		return "", err
	}
	if c := function.Configuration.LoggingConfig; c != nil && text(c.LogGroup) != "" {
		return text(c.LogGroup), nil
	}
	return "/aws/lambda/" + name, nil
}

// readLog reads all there is from a time on, but what was seen, and returns the time of the newest event.
func (e *Endpoint) readLog(
	ctx context.Context, group string, q LogQuery, from time.Time, seen map[string]time.Time, yield func(LogEvent, error) bool,
) (newest time.Time, err error) {
	in := &cloudwatchlogs.FilterLogEventsInput{LogGroupName: &group, FilterPattern: optional(q.Filter)}
	if !from.IsZero() {
		in.StartTime = new(from.UnixMilli())
	}
	pages := cloudwatchlogs.NewFilterLogEventsPaginator(e.logs, in)
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err = failed(err, "log", "read the log of %s", q.Function); fault.Is(err, fault.NotFound, "log") {
			return newest, nil
		} else if err != nil {
			return newest, err
		}
		for _, event := range page.Events {
			read := logEvent(event)
			if read.At.After(newest) {
				newest = read.At
			}
			if _, known := seen[text(event.EventId)]; known {
				continue
			}
			seen[text(event.EventId)] = read.At
			if !yield(read, nil) {
				return newest, errEnough
			}
		}
	}
	return newest, nil
}

func forget(seen map[string]time.Time, before time.Time) {
	for id, at := range seen {
		if at.Before(before) {
			delete(seen, id)
		}
	}
}

// logEvent reads an event. Lambda's streams are named 2006/01/02/[VERSION]ID.
func logEvent(event types.FilteredLogEvent) LogEvent {
	read := LogEvent{Message: text(event.Message)}
	if event.Timestamp != nil {
		read.At = time.UnixMilli(*event.Timestamp)
	}
	if _, rest, ok := strings.Cut(text(event.LogStreamName), "["); ok {
		read.Version, _, _ = strings.Cut(rest, "]")
	}
	return read
}
