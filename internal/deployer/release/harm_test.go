package release_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

// harm is what befalls one call of a run.
type harm struct {
	name string
	// strike returns what the k-th call and those after it meet. stop ends the run's context.
	strike func(k int, stop context.CancelFunc) func(call int) (before, after error)
	// heals is whether the run is to succeed in spite of it.
	heals bool
}

var (
	errGone   = fault.Errorf(fault.Unavailable, "endpoint", "connection reset")
	errDenied = fault.Errorf(fault.Denied, "", "not authorized")
)

var harms = []harm{
	{"no answer, and it did not happen", func(k int, _ context.CancelFunc) func(int) (error, error) {
		return func(call int) (error, error) { return only(call == k, errGone), nil }
	}, true},
	{"no answer, and it happened", func(k int, _ context.CancelFunc) func(int) (error, error) {
		return func(call int) (error, error) { return nil, only(call == k, errGone) }
	}, true},
	{"refused", func(k int, _ context.CancelFunc) func(int) (error, error) {
		return func(call int) (error, error) { return only(call == k, errDenied), nil }
	}, false},
	{"Ctrl-C before it", func(k int, stop context.CancelFunc) func(int) (error, error) {
		return func(call int) (error, error) {
			if call == k {
				stop()
				return context.Canceled, nil
			}
			return nil, nil
		}
	}, false},
	{"Ctrl-C while it happens", func(k int, stop context.CancelFunc) func(int) (error, error) {
		return func(call int) (error, error) {
			if call == k {
				stop()
				return nil, context.Canceled
			}
			return nil, nil
		}
	}, false},
	{"killed before it", func(k int, _ context.CancelFunc) func(int) (error, error) {
		return func(call int) (error, error) { return only(call >= k, errGone), nil }
	}, false},
	{"killed while it happens", func(k int, _ context.CancelFunc) func(int) (error, error) {
		return func(call int) (error, error) { return only(call > k, errGone), only(call == k, errGone) }
	}, false},
}

func only(when bool, err error) error {
	if when {
		return err
	}
	return nil
}

// TestHarmAtEachCall does each thing that can befall a call to each call of each story. Afterwards every alias is in a
// state that its record tells, the error told where it is, and the next runs bring all aliases to one end.
func TestHarmAtEachCall(t *testing.T) {
	for _, s := range stories() {
		t.Run(s.name, func(t *testing.T) {
			calls := 0
			synctest.Test(t, func(t *testing.T) {
				w := s.world(t)
				w.forget()
				err := s.act(t.Context(), t, w)
				if _, failed := errors.AsType[*release.Failed](err); failed != s.fails || !failed && err != nil {
					t.Fatalf("without harm: %v", err)
				}
				calls = len(w.asked)
			})
			for _, h := range harms {
				t.Run(h.name, func(t *testing.T) {
					for k := 1; k <= calls; k++ {
						if !t.Run(fmt.Sprint(k), func(t *testing.T) {
							synctest.Test(t, func(t *testing.T) { s.suffer(t, h, k) })
						}) {
							return
						}
					}
				})
			}
		})
	}
}

func (s story) suffer(t *testing.T, h harm, k int) {
	w := s.world(t)
	w.forget()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	strike, call := h.strike(k, stop), 0
	w.harm = func(string) (error, error) { call++; return strike(call) }
	var path []string
	watched := w.moved
	w.moved = func(function string, from, to deployer.Alias) {
		path = append(path, function+" "+place(&from)+" > "+place(&to))
		w.wantAllowed(t, function, from, to)
		if watched != nil {
			watched(function, from, to)
		}
	}
	err := s.act(ctx, t, w)
	asked := slices.Clone(w.asked)
	defer func() {
		if t.Failed() {
			t.Logf("error: %v\npath: %q\ncalls: %q", err, path, asked)
		}
	}()
	w.harm = nil
	if h.heals && !s.fails && err != nil {
		t.Errorf("one lost answer ended the run")
	}
	w.wantStated(t)
	w.wantTold(t, err)
	if failed, ok := errors.AsType[*release.Failed](err); ok && len(failed.Elsewhere) == 0 && s.name != "create" {
		w.wantStands(t, w.origin(t))
	}
	s.recover(t, w)
}

// wantAllowed wants the new version's share to grow until it is all, or to drop to nothing, and no request to reach it
// before its hook ran.
func (w *world) wantAllowed(t *testing.T, function string, from, to deployer.Alias) {
	t.Helper()
	if w.env.Hooks.Before == "preflight" && from.Stable() && from.Version == "1" && w.hooks["preflight "+function] == 0 {
		t.Errorf("%s: %s > %s before the hook ran", function, place(&from), place(&to))
	}
	grows := to.Version == from.Version && to.Additional == from.Additional && to.Weight > from.Weight
	ends := to.Stable() && (to.Version == from.Additional || to.Version == from.Version)
	if !from.Stable() && !grows && !ends {
		t.Errorf("%s: %s > %s", function, place(&from), place(&to))
	}
}

// recover runs the next runs.
func (s story) recover(t *testing.T, w *world) {
	for range 20 { // CodeDeploy goes on meanwhile
		time.Sleep(10 * time.Second)
		w.stands()
	}
	time.Sleep(time.Hour) // every lease has run out
	for range 12 {
		nothing, err := s.again(t.Context(), t, w)
		if _, failed := errors.AsType[*release.Failed](err); err != nil && !failed {
			t.Fatalf("a later run: %v", err)
		}
		if nothing {
			break
		}
	}
	places := w.stands()
	if slices.ContainsFunc(places, func(p string) bool { return p != places[0] }) || !slices.Contains(append(s.ends, w.origin(t)), places[0]) {
		t.Errorf("after later runs the aliases stand at %q, want all at one of %q", places, s.ends)
	}
}

// origin is where the aliases of the stories stood first.
func (w *world) origin(t tester) string {
	for _, f := range w.env.Functions {
		a := w.functions[f.Name].aliases[alias]
		if a == nil {
			return "none"
		}
		if r, ok := deployer.ReadRecord(a.Description); ok && r.From != "" {
			return r.From
		}
	}
	return "1"
}

// wantStated wants each alias stable, or between the versions that its record names at one of the strategy's steps.
func (w *world) wantStated(t *testing.T) {
	t.Helper()
	for _, f := range w.env.Functions {
		if w.functions[f.Name] == nil || w.functions[f.Name].aliases[alias] == nil {
			continue
		}
		a := w.functions[f.Name].aliases[alias]
		r, ok := deployer.ReadRecord(a.Description)
		if !ok {
			t.Errorf("%s has no record: %+v", f.Key, a)
		}
		if a.Stable() || r.Phase == deployer.Pinned {
			continue
		}
		step := slices.ContainsFunc(w.env.Strategy.Steps(), func(s deployer.Step) bool { return s.Percent == a.Weight*100 })
		ours := r.Phase == deployer.Shifting && r.From == a.Version && r.To == a.Additional
		if w.env.Engine == deployer.CodeDeploy {
			ours = r.Phase == deployer.Claimed && r.From == a.Version
		}
		if !step || !ours {
			t.Errorf("%s stands at %s, and its record says %+v", f.Key, place(a), r)
		}
	}
}

// wantTold wants what an error says about aliases to be so.
func (w *world) wantTold(t *testing.T, err error) {
	t.Helper()
	var told []release.Standing
	if stopped, ok := errors.AsType[*release.Stopped](err); ok {
		told = stopped.Standings
	} else if failed, ok := errors.AsType[*release.Failed](err); ok {
		told = failed.Standings
	}
	for i, f := range w.env.Functions {
		if told == nil || !told[i].Known || told[i].Deployment != "" {
			continue
		}
		says := deployer.Alias{Version: told[i].Version, Additional: told[i].Additional, Weight: told[i].Percent / 100}
		is := "none"
		if stored := w.functions[f.Name]; stored != nil {
			is = place(stored.aliases[alias])
		}
		if says.Version == "" && is == "none" {
			continue
		}
		if place(&says) != is {
			t.Errorf("%s stands at %s, and the run said %s", f.Key, is, told[i])
		}
	}
}
