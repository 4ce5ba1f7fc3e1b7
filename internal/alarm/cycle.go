package alarm

import "sluice/internal/function"

// markCycles notes which composite alarms of a scope depend on themselves. The caller keeps rules from changing.
func (b *book) markCycles(scope function.Scope) {
	search := &cycleSearch{places: map[string]*entry{}, order: map[*entry]int{}, low: map[*entry]int{}, open: map[*entry]bool{}}
	for _, e := range b.composites(scope) {
		search.places[e.name] = e
	}
	for _, e := range search.places {
		if search.order[e] == 0 {
			search.visit(e)
		}
	}
}

// cycleSearch finds groups of alarms that all depend on each other, by Tarjan's algorithm.
type cycleSearch struct {
	places map[string]*entry
	order  map[*entry]int // from 1 on, as they were reached
	low    map[*entry]int // the first that can be reached again
	path   []*entry
	open   map[*entry]bool // on the path
}

func (c *cycleSearch) visit(e *entry) {
	c.order[e] = len(c.order) + 1
	c.low[e] = c.order[e]
	c.path, c.open[e] = append(c.path, e), true
	itself := false
	for _, name := range e.current.Load().childNames() {
		child := c.places[name]
		switch {
		case child == nil: // a metric alarm
			continue
		case c.order[child] == 0:
			c.visit(child)
			c.low[e] = min(c.low[e], c.low[child])
		case c.open[child]:
			c.low[e] = min(c.low[e], c.order[child])
		}
		itself = itself || child == e
	}
	if c.low[e] == c.order[e] {
		c.finish(e, itself)
	}
}

// finish takes the group that begins with an alarm off the path.
func (c *cycleSearch) finish(first *entry, itself bool) {
	for i := len(c.path) - 1; ; i-- {
		member := c.path[i]
		c.open[member] = false
		member.cyclic.Store(itself || member != first || i < len(c.path)-1)
		if member == first {
			c.path = c.path[:i]
			return
		}
	}
}
