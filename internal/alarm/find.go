package alarm

import (
	"context"
	"slices"
	"strings"
	"time"

	"sluice/internal/function"
	"sluice/internal/metric"
)

// Type tells metric alarms from composite ones.
type Type string

// The types of alarms.
const (
	MetricAlarm    Type = "MetricAlarm"
	CompositeAlarm Type = "CompositeAlarm"
)

// Type returns what sort of alarm it is.
func (a *Alarm) Type() Type {
	if a.Composite != nil {
		return CompositeAlarm
	}
	return MetricAlarm
}

// Filter asks for alarms. Zero fields ask for all.
type Filter struct {
	Scope        function.Scope
	Names        []string // those of them that exist
	Prefix       string   // of the name
	Types        []Type
	State        State
	ActionPrefix string // of one of its actions
	ChildrenOf   string // the name of a composite alarm: the alarms that its rule names
	ParentsOf    string // the name of an alarm: the composite alarms whose rules name it
	After        string // the last name of the page before
	Limit        int    // at most so many; 0 means all
}

// Describe lists alarms by name, and says whether there are more behind the last.
// Errors: fault.NotFound "alarm" if ChildrenOf or ParentsOf names none.
func (s *Service) Describe(_ context.Context, f Filter) (found []*Alarm, more bool, err error) {
	candidates, err := s.candidates(f)
	if err != nil {
		return nil, false, err
	}
	for _, r := range candidates {
		if !f.admits(r.Alarm) {
			continue
		}
		if f.Limit > 0 && len(found) == f.Limit {
			return found, true, nil
		}
		found = append(found, r.Alarm)
	}
	return found, false, nil
}

// candidates lists the alarms that a filter looks at, by name: all of the scope if it names none.
func (s *Service) candidates(f Filter) ([]*record, error) {
	names := f.Names
	for _, relative := range []string{f.ChildrenOf, f.ParentsOf} {
		if relative == "" {
			continue
		}
		r := s.book.find(key{f.Scope, relative})
		if r == nil {
			return nil, errMissing([]string{relative})
		}
		if relative == f.ChildrenOf {
			names = append([]string{""}, r.childNames()...)
			continue
		}
		names = []string{""}
		for _, e := range s.book.parentsOf(r.key()) {
			if slices.Contains(e.current.Load().childNames(), relative) { // and not as its suppressor
				names = append(names, e.name)
			}
		}
	}
	if len(names) == 0 {
		return s.book.all(f.Scope), nil
	}
	var found []*record
	for _, name := range slices.Compact(slices.Sorted(slices.Values(names))) {
		if r := s.book.find(key{f.Scope, name}); r != nil {
			found = append(found, r)
		}
	}
	return found, nil
}

func (f *Filter) admits(a *Alarm) bool {
	return strings.HasPrefix(a.Name, f.Prefix) && (f.After == "" || a.Name > f.After) &&
		(len(f.Types) == 0 || slices.Contains(f.Types, a.Type())) &&
		(f.State == "" || f.State == a.Status.State) && (f.ActionPrefix == "" || a.Actions.have(f.ActionPrefix))
}

// have reports whether an action of any state begins with a prefix.
func (a Actions) have(prefix string) bool {
	for _, state := range []State{OK, Ringing, InsufficientData} {
		if slices.ContainsFunc(a.Of(state), func(arn string) bool { return strings.HasPrefix(arn, prefix) }) {
			return true
		}
	}
	return false
}

// DescribeForMetric lists the alarms over exactly one metric, by name: those whose statistic, unit and period (of the
// cloud) are the given ones, of which a zero asks for all. Alarms over metric math are not among them. It reads memory alone, and
// the error is always nil.
func (s *Service) DescribeForMetric(_ context.Context, id metric.ID, statistic metric.Statistic, unit string, period time.Duration) ([]*Alarm, error) {
	var found []*Alarm
	for _, r := range s.book.all(id.Scope) {
		w := r.Watch
		if w != nil && len(w.Queries) == 0 && w.Namespace == id.Namespace && w.Metric == id.Name &&
			sameDimensions(w.Dimensions, id.Dimensions) && (statistic == "" || w.Statistic == statistic) &&
			(unit == "" || w.Unit == unit) && (period == 0 || w.Period == period) {
			found = append(found, r.Alarm)
		}
	}
	return found, nil
}

// sameDimensions compares dimensions, whose order means nothing.
func sameDimensions(a, b []metric.Dimension) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(d metric.Dimension) bool { return !slices.Contains(b, d) })
}

// History lists what happened in the past two weeks, and says whether there is more behind the last. An alarm that does
// not exist has the history that it left. Errors: those of the store.
func (s *Service) History(ctx context.Context, q HistoryQuery) (found []*HistoryItem, more bool, err error) {
	limit := q.Limit
	if limit > 0 {
		q.Limit++
	}
	if oldest := now().Add(-historyTime); q.From.Before(oldest) {
		q.From = oldest
	}
	err = s.cfg.Store.ReadAlarms(ctx, func(r Reader) (err error) {
		found, err = r.AlarmHistory(q)
		return err
	})
	if limit > 0 && len(found) > limit {
		return found[:limit], true, err
	}
	return found, false, err
}
