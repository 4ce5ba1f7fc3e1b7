package alarm

import (
	"cmp"

	"sluice/internal/function"
)

// rank is a composite alarm's place in the order in which a wave goes through them. Who is in the rule of another has a
// lower rank than that one; so has its suppressor, unless they depend on each other.
type rank struct {
	group int // among the groups of alarms that depend on each other, over their rules or suppressors
	rule  int // within the group, over rules alone
}

func (r rank) compare(other rank) int {
	return cmp.Or(cmp.Compare(r.group, other.group), cmp.Compare(r.rule, other.rule))
}

// arrange notes the ranks of a scope's composite alarms, and which of them depend on themselves. structure is held for
// writing, or the service does not run yet.
func (b *book) arrange(scope function.Scope) {
	places := map[string]*entry{}
	for _, e := range b.composites(scope) {
		places[e.name] = e
	}
	groups := searchLoops(places, func(r *record) (names []string) {
		for _, k := range r.dependsOn() {
			names = append(names, k.name)
		}
		return names
	})
	rules := searchLoops(places, (*record).childNames)
	for _, e := range places {
		e.rank, e.cyclic = rank{groups.level[e], rules.level[e]}, rules.looped[e]
	}
}

// loopSearch finds groups of alarms that all depend on each other, by Tarjan's algorithm, and orders the groups.
type loopSearch struct {
	places map[string]*entry
	names  func(*record) []string // whom an alarm depends on
	order  map[*entry]int         // from 1 on, as they were reached
	low    map[*entry]int         // the first that can be reached again
	path   []*entry
	open   map[*entry]bool // on the path

	level  map[*entry]int  // of its group: above those of all groups that it depends on
	looped map[*entry]bool // it depends on itself
}

func searchLoops(places map[string]*entry, names func(*record) []string) *loopSearch {
	search := &loopSearch{
		places: places, names: names, order: map[*entry]int{}, low: map[*entry]int{}, open: map[*entry]bool{},
		level: map[*entry]int{}, looped: map[*entry]bool{},
	}
	for _, e := range places {
		if search.order[e] == 0 {
			search.visit(e)
		}
	}
	return search
}

func (l *loopSearch) visit(e *entry) {
	l.order[e] = len(l.order) + 1
	l.low[e] = l.order[e]
	l.path, l.open[e] = append(l.path, e), true
	for _, name := range l.names(e.current.Load()) {
		child := l.places[name]
		switch {
		case child == nil: // a metric alarm
			continue
		case l.order[child] == 0:
			l.visit(child)
			l.low[e] = min(l.low[e], l.low[child])
		case l.open[child]:
			l.low[e] = min(l.low[e], l.order[child])
		}
		l.looped[e] = l.looped[e] || child == e
		if !l.open[child] {
			l.level[e] = max(l.level[e], l.level[child]+1)
		}
	}
	if l.low[e] == l.order[e] {
		l.finish(e)
	}
}

// finish takes the group that begins with an alarm off the path.
func (l *loopSearch) finish(first *entry) {
	begin := len(l.path) - 1
	for l.path[begin] != first {
		begin--
	}
	group, level := l.path[begin:], 0
	for _, member := range group {
		level = max(level, l.level[member])
	}
	for _, member := range group {
		l.open[member], l.level[member] = false, level
		l.looped[member] = l.looped[member] || len(group) > 1
	}
	l.path = l.path[:begin]
}
