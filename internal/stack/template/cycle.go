package template

import "slices"

// cycle finds names that depend on each other, or on themselves: a strongly connected component, in the given order. It is nil
// if there is none (Tarjan, "Depth-first search and linear graph algorithms", 1972).
func cycle(names []string, edges map[string][]string) []string {
	f := &cycleFinder{edges: edges, index: map[string]int{}, low: map[string]int{}, open: map[string]bool{}}
	for _, name := range names {
		if f.index[name] == 0 {
			f.visit(name)
		}
	}
	if f.found == nil {
		return nil
	}
	var ordered []string
	for _, name := range names {
		if slices.Contains(f.found, name) {
			ordered = append(ordered, name)
		}
	}
	return ordered
}

type cycleFinder struct {
	edges      map[string][]string
	index, low map[string]int // from 1
	open       map[string]bool
	stack      []string
	found      []string
}

func (f *cycleFinder) visit(name string) {
	f.index[name] = len(f.index) + 1
	f.low[name] = f.index[name]
	f.stack, f.open[name] = append(f.stack, name), true
	for _, next := range f.edges[name] {
		if f.index[next] == 0 {
			f.visit(next)
			f.low[name] = min(f.low[name], f.low[next])
		} else if f.open[next] {
			f.low[name] = min(f.low[name], f.index[next])
		}
	}
	if f.low[name] == f.index[name] {
		f.close(name)
	}
}

// close takes the component that begins with name from the stack.
func (f *cycleFinder) close(name string) {
	start := slices.Index(f.stack, name)
	component := slices.Clone(f.stack[start:])
	f.stack = f.stack[:start]
	for _, each := range component {
		f.open[each] = false
	}
	if f.found == nil && (len(component) > 1 || slices.Contains(f.edges[name], name)) {
		f.found = component
	}
}
