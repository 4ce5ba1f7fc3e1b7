package release_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
)

func TestAbortStopsTheRunAndReturnsAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 3)
		err := during(t, w, func() {
			if s, err := w.runner(t, "ben").Abort(t.Context(), w.env); err != nil || s[0].Version != "1" || s[0].Additional != "" {
				t.Errorf("abort: %+v, %v", s, err)
			}
		})
		if wantStopped(t, err); !strings.Contains(err.Error(), "ben sent LIVE back to version 1") {
			t.Errorf("the run: %v", err)
		}
		w.wantStands(t, "1")
		if p, err := w.runner(t, "ann").Plan(t.Context(), w.env, release.Ask{}); err != nil || !p.Nothing() {
			t.Errorf("the next plan: %+v, %v; want nothing", p, err)
		}
	})
}

func TestAbortReturnsAlsoWhatArrived(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		arrivals := 0
		w.harm = func(call string) (error, error) { // cut off between the last moves
			for _, f := range []string{"p-f1", "p-f2"} {
				if a := w.alias(f, alias); a != nil && a.Version == "2" {
					arrivals++
					return errGone, nil
				}
			}
			return nil, nil
		}
		_, err := w.deploy(t.Context(), t, release.How{})
		wantStopped(t, err)
		w.harm = nil
		if _, err := w.runner(t, "ben").Abort(t.Context(), w.env); err != nil || arrivals == 0 {
			t.Fatal(err)
		}
		w.wantStands(t, "1")
	})
}

func TestAbortOfARunThatHasMovedNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.env.Hooks.Before = "./slow"
		w.onCommand = func(ctx context.Context, _ string) {
			select {
			case <-ctx.Done():
			case <-time.After(time.Hour):
			}
		}
		err := during(t, w, func() {
			if _, err := w.runner(t, "ben").Abort(t.Context(), w.env); err != nil {
				t.Errorf("abort: %v", err)
			}
		})
		wantStopped(t, err)
		w.wantStands(t, "1")
		if r := w.record(t, "f1"); !r.Lease.IsZero() || r.By != "ben" {
			t.Errorf("record %+v", r)
		}
		w.env.Hooks.Before = ""
		w.must(t, release.How{})
		w.wantStands(t, "2")
	})
}

func TestAReturnThatWasCutOffIsEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 3)
		w.must(t, release.How{Step: true})
		back := 0
		w.moved = func(string, deployer.Alias, deployer.Alias) { back++ }
		w.harm = func(string) (error, error) { return only(back > 0, errGone), nil }
		if _, err := w.runner(t, "ann").Abort(t.Context(), w.env); err == nil || !strings.Contains(err.Error(), "could not be sent back") {
			t.Errorf("error %v", err)
		}
		w.harm = nil
		_, err := w.deploy(t.Context(), t, release.How{})
		if wantFailed(t, err); !strings.Contains(err.Error(), "cut off while it sent this release back") {
			t.Errorf("the next run: %v", err)
		}
		w.wantStands(t, "1")
	})
}

func TestAbortRejectsWhatWasPublishedForAliasesThatHadNotMoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		ctx, stop := context.WithCancel(t.Context())
		w.moved = func(string, deployer.Alias, deployer.Alias) { stop() } // after the first of two moves
		_, err := w.deploy(ctx, t, release.How{})
		wantStopped(t, err)
		w.moved = nil
		if _, err := w.runner(t, "ben").Abort(t.Context(), w.env); err != nil {
			t.Fatal(err)
		}
		w.wantStands(t, "1")
		w.must(t, release.How{})
		w.wantStands(t, "1")
	})
}

// An abort that is cut off between the alias that had not moved and the one that had, in either order.
func TestAnAbortOfAHalfStepThatWasCutOffIsEnded(t *testing.T) {
	moved := func(w *world) string {
		if w.stands()[0] == "1" {
			return "p-f2"
		}
		return "p-f1"
	}
	still := func(w *world) string { return map[string]string{"p-f1": "p-f2", "p-f2": "p-f1"}[moved(w)] }
	for name, lost := range map[string]func(*world) string{"the one that moved": moved, "the one that had not": still} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := halfStepped(t)
				function := lost(w)
				w.harm = func(call string) (error, error) { return only(call == "UpdateAlias "+function, errDenied), nil }
				if _, err := w.runner(t, "ben").Abort(t.Context(), w.env); err == nil {
					t.Fatal("no error")
				}
				w.harm = nil
				_, err := w.deploy(t.Context(), t, release.How{})
				wantFailed(t, err)
				w.must(t, release.How{})
				w.wantStands(t, "1")
			})
		})
	}
}

func TestAnAbortRejectsBeforeItMoves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := halfStepped(t)
		w.forget()
		w.moved = func(string, deployer.Alias, deployer.Alias) {
			if w.calls("UpdateAlias") != 2 {
				t.Errorf("%d writes before an alias moved, want that of the alias which had not", w.calls("UpdateAlias")-1)
			}
		}
		if _, err := w.runner(t, "ben").Abort(t.Context(), w.env); err != nil {
			t.Error(err)
		}
	})
}
