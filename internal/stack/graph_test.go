package stack

import (
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

var steps = []string{"a", "b", "c", "d", "e", "f"}

func drawNeeds(t *rapid.T) map[string][]string {
	needs := map[string][]string{}
	for _, step := range steps {
		needs[step] = rapid.SliceOfNDistinct(rapid.SampledFrom(append(steps, "elsewhere")), 0, 3, rapid.ID[string]).Draw(t, step)
	}
	return needs
}

// Even what goes in a circle is done once each, and nothing before what it waits for.
func TestWalkDoesEachStepAfterItsNeeds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := rapid.SampledFrom([]func(map[string][]string) graph{ordered, reversed}).Draw(t, "graph")(drawNeeds(t))
		limit := rapid.IntRange(1, 3).Draw(t, "limit")
		var mu sync.Mutex
		var done []string
		running := 0
		g.walk(limit, nil, func(step string) bool {
			mu.Lock()
			defer mu.Unlock()
			if running++; running > limit {
				t.Errorf("%d steps at once", running)
			}
			for _, need := range g[step] {
				if !slices.Contains(done, need) {
					t.Errorf("%s is done before %s", step, need)
				}
			}
			done = append(done, step)
			running--
			return true
		})
		if slices.Sort(done); !slices.Equal(done, steps) {
			t.Errorf("done are %v", done)
		}
	})
}

func TestWalkLeavesOutWhatNeedsAFailure(t *testing.T) {
	g := ordered(map[string][]string{"a": nil, "b": {"a"}, "c": {"b", "d"}, "d": nil})
	var done []string
	g.walk(1, nil, func(step string) bool { done = append(done, step); return step != "a" })
	if !slices.Equal(done, []string{"a", "d"}) {
		t.Errorf("done are %v", done)
	}
}

func TestWalkStartsNothingWhenHalted(t *testing.T) {
	halted := make(chan struct{})
	var done []string
	ordered(map[string][]string{"a": nil, "b": {"a"}, "c": nil}).walk(1, halted, func(step string) bool {
		done = append(done, step)
		close(halted)
		return true
	})
	if !slices.Equal(done, []string{"a"}) {
		t.Errorf("done are %v", done)
	}
}

func TestReversedIsTheOrderOfDeletion(t *testing.T) {
	needs := map[string][]string{"alias": {"version", "function"}, "version": {"function"}, "function": {"role"}}
	if got, want := reversed(needs).sorted(), []string{"alias", "version", "function"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := ordered(needs).sorted(), []string{"function", "version", "alias"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
