package metric

import (
	"cmp"
	"slices"
	"time"

	"sluice/internal/fault"
)

// question is a checked query.
type question struct {
	Query
	from, period, periods int64 // nanoseconds since 1970, nanoseconds, how many
	cut                   cut   // unless the statistic is plain
}

func newQuestion(q Query) (*question, error) {
	if q.Period <= 0 {
		return nil, fault.Errorf(fault.Invalid, "period", "a period of %v has no samples", q.Period)
	}
	if !q.From.Before(q.To) {
		return nil, fault.Errorf(fault.Invalid, "time", "the time from %v to %v has no period", q.From, q.To)
	}
	ask := &question{Query: q, from: q.From.UnixNano(), period: int64(q.Period)}
	ask.periods = (q.To.UnixNano() - ask.from + ask.period - 1) / ask.period
	var err error
	if !q.Statistic.Plain() {
		ask.cut, err = parseCut(string(q.Statistic))
	}
	return ask, err
}

// answers gathers what the periods of a question have.
type answers struct {
	*question
	tallies map[place]*tally
}

// place is a period, and the unit whose samples are kept apart, -1 for all.
type place struct {
	period int64
	track  int
}

// tally adds up the samples of a period.
type tally struct {
	Summary
	values  []weighted
	unknown bool // how the samples are distributed
	unit    string
}

// read takes in what a series has. Its lock is held.
func (a *answers) read(g grid, s *series) {
	for i, t := range s.tracks {
		if a.Unit != "" && a.Unit != t.unit {
			continue
		}
		apart := -1
		if a.Apart {
			apart = i
		}
		for l := range levels {
			a.readLevel(g, t, l, apart)
		}
	}
}

// readLevel counts each bucket for the period in which it begins.
func (a *answers) readLevel(g grid, t *track, l level, apart int) {
	end := a.from + a.periods*a.period
	buckets := t.levels[l]
	for i := find(buckets, g.slot(l, a.from)); i < len(buckets); i++ {
		start := g.start(l, buckets[i].slot())
		if start >= end {
			return
		}
		if start >= a.from {
			a.at(place{(start - a.from) / a.period, apart}, t.unit).add(&buckets[i], !a.Statistic.Plain())
		}
	}
}

func (a *answers) at(p place, unit string) *tally {
	found, ok := a.tallies[p]
	if !ok {
		found = &tally{unit: unit}
		a.tallies[p] = found
	}
	if found.unit != unit {
		found.unit = ""
	}
	return found
}

func (t *tally) add(b *bucket, spread bool) {
	t.Summary.add(b.summary())
	if spread {
		var ok bool
		t.values, ok = b.collect(t.values)
		t.unknown = t.unknown || !ok
	}
}

// points computes the statistic of each period that has it. Of one period, the unit that came last is first, as AWS
// lists them (recording test_handle_different_units).
func (a *answers) points() []Point {
	places := make([]place, 0, len(a.tallies))
	for p := range a.tallies {
		places = append(places, p)
	}
	slices.SortFunc(places, func(x, y place) int {
		return cmp.Or(cmp.Compare(x.period, y.period), cmp.Compare(y.track, x.track))
	})
	var points []Point
	for _, p := range places {
		t := a.tallies[p]
		if value, ok := a.value(t); ok {
			start := time.Unix(0, a.from+p.period*a.period).UTC()
			points = append(points, Point{Time: start, Value: value, Samples: t.Count, Unit: t.unit})
		}
	}
	return points
}

func (a *answers) value(t *tally) (float64, bool) {
	if t.Count == 0 {
		return 0, false
	}
	switch a.Statistic {
	case SampleCount:
		return t.Count, true
	case Sum:
		return t.Sum, true
	case Average:
		return t.Sum / t.Count, true
	case Minimum:
		return t.Min, true
	case Maximum:
		return t.Max, true
	}
	if t.unknown {
		return 0, false
	}
	return a.cut.of(t.values, t.Summary)
}
