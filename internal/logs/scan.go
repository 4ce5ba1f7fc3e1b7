package logs

import (
	"bytes"
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"sluice/internal/fault"
)

// cut is a place between two events of some streams, which are ordered by time, stream and arrival: it comes before the
// event that has its values. Times are milliseconds since 1970.
type cut struct {
	time     int64
	stream   string
	position int64
}

func (c cut) compare(d cut) int {
	return cmp.Or(cmp.Compare(c.time, d.time), strings.Compare(c.stream, d.stream), cmp.Compare(c.position, d.position))
}

// located is an event with the name of its stream.
type located struct {
	Event
	stream string
}

// place is the cut before the event, and behind the one after it.
func (l *located) place() cut  { return cut{l.Time.UnixMilli(), l.stream, l.Position} }
func (l *located) behind() cut { return cut{l.Time.UnixMilli(), l.stream, l.Position + 1} }

// scan looks for events in order of time. It reads only as many blocks as it needs.
type scan struct {
	files      Files
	group      GroupID
	streams    []string
	only       bool  // there is one stream, which must exist
	from, to   int64 // milliseconds: the first time that counts and the first that does not
	begin      cut   // ascending: events behind it; descending: events before it
	descending bool
	match      func(message []byte) bool // nil matches all
	limit      int                       // of events
	budget     int64                     // of bytes to read; 0 is none

	found []located
	bytes int64 // of found, as a page counts them
	full  bool  // more was found than fits
}

// part is a block with its stream.
type part struct {
	stream string
	Block
}

// run finds events. next is where to go on, if more is true.
func (s *scan) run(ctx context.Context) (found []located, next cut, more bool, err error) {
	parts, err := s.parts()
	if err != nil {
		return nil, cut{}, false, err
	}
	var read int64
	for i, p := range parts {
		if err := ctx.Err(); err != nil {
			return nil, cut{}, false, err
		}
		if i > 0 && s.settled(p) {
			s.full = true
			break
		}
		if at := s.edge(p); s.budget > 0 && read > s.budget && s.ahead(at, s.begin) {
			found, next := s.stopAt(at)
			return found, next, true, nil
		}
		read += p.End - p.Start
		if err := s.read(ctx, p); err != nil {
			return nil, cut{}, false, err
		}
	}
	s.shorten()
	if !s.full {
		return s.found, cut{}, false, nil
	}
	return s.found, s.end(), true, nil
}

// end is the cut after the last event that was found.
func (s *scan) end() cut {
	last := &s.found[len(s.found)-1]
	if s.descending {
		return last.place()
	}
	return last.behind()
}

// parts lists the blocks that may have events, in the order in which they have to be read.
func (s *scan) parts() (parts []part, err error) {
	from, to := s.from, s.to
	if s.descending {
		to = min(to, saturated(s.begin.time))
	} else {
		from = max(from, s.begin.time)
	}
	for _, name := range s.streams {
		blocks, err := s.files.Blocks(StreamID{s.group, name}, bound(from), bound(to))
		if fault.Is(err, fault.NotFound, "stream") && !s.only {
			continue // removed meanwhile
		}
		if err != nil {
			return nil, err
		}
		for _, b := range blocks {
			parts = append(parts, part{name, b})
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int {
		if s.descending {
			return b.Last.Compare(a.Last)
		}
		return a.First.Compare(b.First)
	})
	return parts, nil
}

// bound is a time for Files, which take the zero time for none.
func bound(ms int64) time.Time {
	if ms == math.MinInt64 || ms == math.MaxInt64 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

// saturated is the millisecond after another.
func saturated(ms int64) int64 {
	if ms == math.MaxInt64 {
		return ms
	}
	return ms + 1
}

// edge is where the events of a part begin, in the direction of the scan.
func (s *scan) edge(p part) cut {
	if s.descending {
		return cut{time: p.Last.UnixMilli() + 1}
	}
	return cut{time: p.First.UnixMilli()}
}

// ahead reports whether the scan comes to a after it came to b.
func (s *scan) ahead(a, b cut) bool {
	if s.descending {
		return a.compare(b) < 0
	}
	return a.compare(b) > 0
}

// settled reports whether a page is full of events that come before all of a part and those after it.
func (s *scan) settled(p part) bool {
	if len(s.found) < s.limit && s.bytes < maxPageBytes {
		return false
	}
	s.shorten()
	if len(s.found) < s.limit && !s.full {
		return false
	}
	return !s.ahead(s.end(), s.edge(p))
}

// read adds the part's events that count. It looks at ctx with each, since a pattern may take long for one.
func (s *scan) read(ctx context.Context, p part) error {
	events, err := s.files.Read(StreamID{s.group, p.stream}, p.Block)
	if err != nil {
		return err
	}
	for _, e := range events {
		if err := ctx.Err(); err != nil {
			return err
		}
		l := located{e, p.stream}
		if !s.counts(&l) || s.match != nil && !s.match(e.Message) {
			continue
		}
		l.Message = bytes.Clone(e.Message) // else one event would keep its whole block in memory
		s.found = append(s.found, l)
		s.bytes += l.size()
	}
	return nil
}

func (s *scan) counts(l *located) bool {
	at := l.Time.UnixMilli()
	if at < s.from || at >= s.to {
		return false
	}
	if s.descending {
		return l.place().compare(s.begin) < 0
	}
	return l.place().compare(s.begin) >= 0
}

// size is what an event counts for in a page.
func (l *located) size() int64 { return int64(len(l.Message)) + eventOverhead }

// shorten orders what was found and drops what is too much for a page. One event always fits.
func (s *scan) shorten() {
	slices.SortFunc(s.found, func(a, b located) int {
		if s.descending {
			return b.place().compare(a.place())
		}
		return a.place().compare(b.place())
	})
	var total int64
	for i := range s.found {
		size := s.found[i].size()
		if i > 0 && (i >= s.limit || total+size > maxPageBytes) {
			clear(s.found[i:])
			s.found, s.full = s.found[:i], true
			break
		}
		total += size
	}
	s.bytes = total
}

// stopAt orders what was found before a cut, to which the scan has come for certain, and returns where to go on.
func (s *scan) stopAt(at cut) ([]located, cut) {
	s.found = slices.DeleteFunc(s.found, func(l located) bool {
		if s.descending {
			return l.place().compare(at) < 0
		}
		return l.place().compare(at) >= 0
	})
	s.shorten()
	if s.full && len(s.found) > 0 {
		return s.found, s.end()
	}
	return s.found, at
}
