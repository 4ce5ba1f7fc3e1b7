package logs

import (
	"context"
	"math"
	"slices"
	"time"

	"sluice/internal/fault"
	"sluice/internal/logs/pattern"
)

// Limits of a batch of events (AWS: API reference of PutLogEvents).
const (
	MaxBatchEvents = 10_000
	MaxBatchBytes  = 1 << 20 // each event counts eventOverhead more than its message
	eventOverhead  = 26
	maxSpan        = 24 * time.Hour
	// MaxAge and MaxAhead are how far an event's time can be from when it comes. Files may rely on it.
	MaxAge   = 14 * 24 * time.Hour
	MaxAhead = 2 * time.Hour
)

// maxPageEvents and maxPageBytes bound one answer to Events and Search (AWS: API references of GetLogEvents and
// FilterLogEvents). Bytes are counted as in a batch.
const (
	maxPageEvents = 10_000
	maxPageBytes  = 1 << 20
)

// Event is one log event.
type Event struct {
	Time     time.Time // when it happened, to the millisecond
	Ingested time.Time // when it came, to the millisecond; ignored by PutEvents
	Message  []byte    // never changed once it is handed over
	// Position orders the stream's events by arrival. It is set by Files.
	Position int64
}

// Rejected counts the events of a batch that were not taken, from its ends: the batch is in the order of time. Zero means
// none, and all others were taken.
type Rejected struct {
	TooOld  int // at the beginning: older than 14 days
	Expired int // at the beginning, the too old ones included: older than the group's retention
	TooNew  int // at the end: more than two hours ahead
}

// EventQuery asks for events of one stream.
type EventQuery struct {
	Stream StreamID
	// From is the first time that counts and To the first that does not, to the millisecond; a zero one is no bound.
	From, To time.Time
	FromHead bool   // without a token: begin with the earliest, not with the latest
	Token    string // Forward or Backward of a Page; it says in which direction to go on
	Limit    int    // at most maxPageEvents; 0 means that
}

// Page is a part of a stream, the earliest event first.
type Page struct {
	Events []Event
	// Forward and Backward ask for what follows and for what comes before. Neither is ever empty. At an end they are the
	// token that was passed in, which finds more once there is more (AWS: API reference of GetLogEvents).
	Forward, Backward string
}

// SearchQuery asks for events of many streams of a group.
type SearchQuery struct {
	Group   GroupID
	Streams []string // fault.NotFound "stream" if one does not exist; nil means all
	Prefix  string   // of the streams' names; not together with Streams
	// From and To are the first and the last time that count, to the millisecond; a zero one is no bound.
	From, To time.Time
	Pattern  *pattern.Pattern // nil matches all
	// Descending begins with the latest events (AWS: FilterLogEvents' startFromHead = false).
	Descending bool
	Token      string // Next of a SearchPage for the same query
	Limit      int    // at most maxPageEvents; 0 means that
}

// SearchPage is a part of the events that were searched for, merged by time.
type SearchPage struct {
	Events []FoundEvent
	// Next goes on; it is empty when all was searched. A page may have a Next but no events: one search reads a bounded
	// part of the files.
	Next string
}

// FoundEvent is an event with where it is.
type FoundEvent struct {
	Event
	Stream string
	ID     string // of the event: 56 digits, in a scope unique
}

// Events reads one stream.
func (s *Service) Events(ctx context.Context, q EventQuery) (*Page, error) {
	g, err := s.Group(ctx, q.Stream.Group)
	if err != nil {
		return nil, err
	}
	look := scan{
		files: s.cfg.Files, group: q.Stream.Group, streams: []string{q.Stream.Name}, only: true,
		descending: !q.FromHead, limit: pageLimit(q.Limit),
	}
	look.from, look.to = times(g, q.From, q.To)
	if look.descending {
		look.begin.time = math.MaxInt64
	}
	var here cut
	if q.Token != "" {
		var direction string
		if direction, here, err = readStreamToken(q.Stream, q.Token); err != nil {
			return nil, err
		}
		here.stream = q.Stream.Name
		look.begin, look.descending = here, direction == backward
	}
	found, _, _, err := look.run(ctx)
	if err != nil {
		return nil, err
	}
	if look.descending {
		slices.Reverse(found)
	}
	return newPage(q.Stream, found, here), nil
}

// newPage makes a page of events. One without any is the place that was asked for.
func newPage(id StreamID, found []located, here cut) *Page {
	page := &Page{Events: make([]Event, len(found))}
	for i, l := range found {
		page.Events[i] = l.Event
	}
	before, after := here, here
	if len(found) > 0 {
		before, after = found[0].place(), found[len(found)-1].behind()
	}
	page.Backward, page.Forward = streamToken(backward, id, before), streamToken(forward, id, after)
	return page
}

// times are the first time that is shown and the first that is not, in milliseconds.
func times(g *Group, from, to time.Time) (first, end int64) {
	first, end = math.MinInt64, math.MaxInt64
	if !from.IsZero() {
		first = from.UnixMilli()
	}
	if !to.IsZero() {
		end = to.UnixMilli()
	}
	if g.Retention > 0 {
		first = max(first, oldest(now(), g.Retention).UnixMilli())
	}
	return first, end
}

func pageLimit(limit int) int {
	if limit <= 0 || limit > maxPageEvents {
		return maxPageEvents
	}
	return limit
}

// errStreamsAndPrefix says that a search names its streams in two ways.
func errStreamsAndPrefix() error {
	return fault.Errorf(fault.Invalid, "query", "Give the log streams' names or a prefix of them, not both")
}
