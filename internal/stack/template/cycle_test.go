package template

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// reaches reports whether a way of at least one edge leads from one name to another.
func reaches(edges map[string][]string, from, to string) bool {
	seen := map[string]bool{}
	next := slices.Clone(edges[from])
	for len(next) > 0 {
		name := next[0]
		next = next[1:]
		if name == to {
			return true
		}
		if !seen[name] {
			seen[name], next = true, append(next, edges[name]...)
		}
	}
	return false
}

func TestCycle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(1, 8).Draw(t, "count")
		names := make([]string, count)
		for i := range names {
			names[i] = fmt.Sprintf("N%d", i)
		}
		edges := map[string][]string{}
		for _, name := range names {
			edges[name] = rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 2, rapid.ID).Draw(t, name)
		}
		loop := cycle(names, edges)
		there := slices.ContainsFunc(names, func(name string) bool { return reaches(edges, name, name) })
		if there != (loop != nil) {
			t.Fatalf("found %v in %v", loop, edges)
		}
		for _, a := range loop {
			for _, b := range loop {
				if !reaches(edges, a, b) {
					t.Fatalf("%v is no cycle of %v: no way from %s to %s", loop, edges, a, b)
				}
			}
		}
		if !slices.IsSorted(loop) {
			t.Fatalf("%v is not in the order of the names", loop)
		}
	})
}
