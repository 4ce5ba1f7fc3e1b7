package release_test

import (
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

func TestPromoteGivesAllRequestsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		w.must(t, release.How{Step: true})
		w.env.Hooks.After = "./after"
		w.env.Checks = deployer.Checks{Alarms: []string{"high"}, Command: "./check"}
		w.ringing = []string{"high"}
		began := time.Now()
		if _, err := w.runner(t, "ben").Promote(t.Context(), w.env, false); err != nil || time.Since(began) != 0 {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		w.wantStands(t, "2")
		if len(w.ran) != 2 {
			t.Errorf("ran %q, want the hook after traffic for each and no check", w.ran)
		}
	})
}

func TestPromoteRespectsTheRunThatHoldsTheAlias(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		err := during(t, w, func() {
			ben := w.runner(t, "ben")
			if _, err := ben.Promote(t.Context(), w.env, false); !fault.Is(err, fault.Conflict, "alias") {
				t.Errorf("promote: %v", err)
			}
			if _, err := ben.Promote(t.Context(), w.env, true); err != nil {
				t.Errorf("promote by taking over: %v", err)
			}
		})
		wantStopped(t, err)
		w.wantStands(t, "2")
	})
}

func TestPromoteEndsAReleaseThatArrived(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.env.Hooks.After = "after"
		w.harm = func(call string) (error, error) { return only(call == "Invoke after", errGone), nil }
		_, err := w.deploy(t.Context(), t, release.How{})
		wantStopped(t, err)
		w.harm = nil
		if _, err := w.runner(t, "ben").Promote(t.Context(), w.env, false); err != nil || w.hooks["after p-f1"] != 1 {
			t.Errorf("%v, hooks %v", err, w.hooks)
		}
		if r := w.record(t, "f1"); r.Phase != deployer.Done {
			t.Errorf("record %+v", r)
		}
	})
}
