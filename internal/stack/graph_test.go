package stack

import (
	"errors"
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

// Whoever can't even try a step ends what needs it, not the rest; the caller hears of the first.
func TestCarryTellsWhatCouldNotBeTried(t *testing.T) {
	broken := errors.New("the store is closed")
	var mu sync.Mutex
	var done []string
	err := ordered(map[string][]string{"a": nil, "b": {"a"}, "c": nil, "d": {"c"}, "e": nil, "f": {"e"}}).carry(1, nil, func(step string) (bool, error) {
		mu.Lock()
		defer mu.Unlock()
		done = append(done, step)
		switch step {
		case "a":
			return true, broken
		case "c":
			return false, nil
		}
		return true, nil
	})
	slices.Sort(done)
	if !errors.Is(err, broken) || !slices.Equal(done, []string{"a", "c", "e", "f"}) {
		t.Errorf("%v; done are %v", err, done)
	}
	if err := (graph{"a": nil}).carry(1, nil, func(string) (bool, error) { return false, nil }); err != nil {
		t.Errorf("a step that fails is no error: %v", err)
	}
}

// Circles come of resources that several templates left behind; which of their edges goes is the same each time.
func TestCirclesAreCut(t *testing.T) {
	circle := map[string][]string{"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"d", "a", "elsewhere"}}
	for range 5 {
		if got := ordered(circle).sorted(); !slices.Equal(got, []string{"c", "b", "a", "d"}) {
			t.Errorf("the order is %v", got)
		}
		if got := reversed(circle).sorted(); len(got) != 4 || slices.Index(got, "d") > slices.Index(got, "a") {
			t.Errorf("the order of deletion is %v", got)
		}
	}
}
