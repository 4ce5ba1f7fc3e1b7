package release_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

func TestPauseStopsTheRunAndResumeLetsTheNextGoOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		ben := w.runner(t, "ben")
		err := during(t, w, func() {
			if s, err := ben.Pause(t.Context(), w.env); err != nil || s[0].Record.Phase != deployer.Paused {
				t.Errorf("pause: %+v, %v", s, err)
			}
		})
		if wantStopped(t, err); !strings.Contains(err.Error(), "ben paused the release") {
			t.Errorf("the run: %v", err)
		}
		w.wantStands(t, "1+2@25")
		if _, err := w.deploy(t.Context(), t, release.How{}); !fault.Is(err, fault.Conflict, "alias") || !strings.Contains(err.Error(), "paused by ben") {
			t.Errorf("a deploy meanwhile: %v", err)
		}
		if _, err := ben.Promote(t.Context(), w.env, false); !fault.Is(err, fault.Conflict, "alias") {
			t.Errorf("a promote meanwhile: %v", err)
		}
		if _, err := ben.Pause(t.Context(), w.env); !fault.Is(err, fault.Conflict, "release") {
			t.Errorf("a second pause: %v", err)
		}
		if _, err := ben.Resume(t.Context(), w.env); err != nil {
			t.Fatal(err)
		}
		w.must(t, release.How{Step: true})
		w.wantStands(t, "1+2@50")
	})
}

func TestPauseOfATransitionThatIsNotOurs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.must(t, release.How{Step: true})
		w.functions["p-f1"].aliases[alias].Description = "by hand"
		if _, err := w.runner(t, "ben").Pause(t.Context(), w.env); err != nil {
			t.Fatal(err)
		}
		if r := w.record(t, "f1"); r.Phase != deployer.Paused || r.From != "1" || r.To != "2" {
			t.Errorf("record %+v", r)
		}
	})
}

func TestPauseOfAnAliasThatMovesMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.must(t, release.How{Step: true})
		w.forget()
		w.harm = func(call string) (error, error) {
			if call == "UpdateAlias p-f1" && w.calls("UpdateAlias") == 1 {
				a := w.functions["p-f1"].aliases[alias]
				a.Weight, a.Revision = 0.5, "moved"
			}
			return nil, nil
		}
		if _, err := w.runner(t, "ben").Pause(t.Context(), w.env); err != nil {
			t.Fatal(err)
		}
		w.wantStands(t, "1+2@50")
		if r := w.record(t, "f1"); r.Phase != deployer.Paused {
			t.Errorf("record %+v", r)
		}
	})
}

func TestNothingToPauseOrResume(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		r := w.runner(t, "ann")
		_, pause := r.Pause(t.Context(), w.env)
		_, resume := r.Resume(t.Context(), w.env)
		_, promote := r.Promote(t.Context(), w.env, false)
		_, abort := r.Abort(t.Context(), w.env)
		for name, err := range map[string]error{"pause": pause, "resume": resume, "promote": promote, "abort": abort} {
			if !fault.Is(err, fault.Conflict, "release") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if writes := w.writes(); len(writes) != 0 {
			t.Errorf("writes %q", writes)
		}
	})
}
