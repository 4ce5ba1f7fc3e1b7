package metric

import (
	"slices"
	"sync"
)

// series is what was measured of one metric.
type series struct {
	id  ID // as it first came, with dimensions of its own
	key string

	mu     sync.Mutex
	tracks []*track // one a unit, in the order in which units first came
	newest int64    // the time of the newest sample
	heard  int64    // when data came last
}

// add counts a datum. spreads is as in track.fold.
func (s *series) add(g grid, now int64, d *Datum, spreads bool) {
	at := d.Time.UnixNano()
	l := minutes
	if d.Fine {
		l = seconds
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.newest, s.heard = max(s.newest, at), now
	t := s.track(d.Unit)
	b := t.bucket(l, g.slot(l, at))
	switch {
	case d.Summary != nil:
		b.merge(*d.Summary, weigh(d))
	default:
		for i, value := range d.Values {
			b.add(value, d.count(i))
		}
	}
	t.fold(g, now, spreads)
}

// count is how often the i-th value was measured.
func (d *Datum) count(i int) float64 {
	if d.Counts == nil {
		return 1
	}
	return d.Counts[i]
}

// weigh returns a datum's values, nil if there are none.
func weigh(d *Datum) []weighted {
	var values []weighted
	for i, value := range d.Values {
		values = append(values, weighted{value, d.count(i)})
	}
	return values
}

func (s *series) track(unit string) *track {
	if unit == "" {
		unit = "None"
	}
	for _, t := range s.tracks {
		if t.unit == unit {
			return t
		}
	}
	t := &track{unit: unit}
	s.tracks = append(s.tracks, t)
	return t
}

// expire folds and drops what is too old. It reports whether nothing is left.
func (s *series) expire(g grid, now int64, spreads bool) bool {
	for _, t := range s.tracks {
		t.fold(g, now, spreads)
	}
	s.tracks = slices.DeleteFunc(s.tracks, (*track).empty)
	return len(s.tracks) == 0
}
