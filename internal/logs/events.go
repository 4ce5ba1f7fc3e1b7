package logs

import (
	"context"
	"math"
	"slices"
	"time"

	"sluice/internal/fault"
)

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
	if limit <= 0 || limit > MaxPageEvents {
		return MaxPageEvents
	}
	return limit
}

// errStreamsAndPrefix says that a search names its streams in two ways.
func errStreamsAndPrefix() error {
	return fault.Errorf(fault.Invalid, "query", "Give the log streams' names or a prefix of them, not both")
}
