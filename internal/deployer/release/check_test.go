package release_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

// at does something as soon as an alias reaches a weight.
func (w *world) at(weight float64, do func()) {
	w.moved = func(_ string, _, to deployer.Alias) {
		if to.Weight == weight {
			do()
		}
	}
}

// later does something after a time of the bubble's.
func (w *world) later(after time.Duration, do func()) {
	go func() {
		time.Sleep(after)
		w.mu.Lock()
		defer w.mu.Unlock()
		do()
	}()
}

func TestAFailedCheckReturnsAll(t *testing.T) {
	for name, breaks := range map[string]struct {
		how  func(w *world)
		says string
	}{
		"an alarm":    {func(w *world) { w.ringing = []string{"high"} }, "alarm high rings"},
		"errors":      {func(w *world) { w.errors["p-f2"] = 3 }, "f2: 3 of 100 invocations of version 2 behind LIVE failed, and 2 may"},
		"the command": {func(w *world) { w.refuses["./smoke"] = errors.New("./smoke: exit status 1") }, "./smoke: exit status 1"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := released(t, 2)
				w.env.Checks = deployer.Checks{Alarms: []string{"high"}, Errors: 2, Command: "./smoke"}
				w.at(0.5, func() { breaks.how(w) })
				_, err := w.deploy(t.Context(), t, release.How{})
				if failed := wantFailed(t, err); !strings.Contains(err.Error(), breaks.says) || len(failed.Elsewhere) != 0 {
					t.Errorf("error %v, want %q", err, breaks.says)
				}
				w.wantStands(t, "1")
				r := w.record(t, "f1")
				if r.Phase != deployer.Returned || r.From != "1" || r.To != "2" || r.Newest != "2" || !r.Lease.IsZero() {
					t.Errorf("record %+v", r)
				}
				if !slices.Contains(w.told("f1"), release.WentBack) {
					t.Errorf("events %v", w.told("f1"))
				}
			})
		})
	}
}

func TestARejectedVersionIsNotReleasedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.env.Checks.Command = "./smoke"
		w.refuses["./smoke"] = errors.New("no")
		_, err := w.deploy(t.Context(), t, release.How{})
		wantFailed(t, err)
		p, err := w.runner(t, "ann").Plan(t.Context(), w.env, release.Ask{})
		if err != nil || !p.Nothing() || !strings.Contains(p.Decisions[0].Note, "--version 2") {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

func TestAnAlarmDuringAWaitReturnsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.env.Checks.Alarms = []string{"high"}
		began := time.Now()
		w.later(3*time.Minute+time.Second, func() { w.ringing = []string{"high"} })
		_, err := w.deploy(t.Context(), t, release.How{})
		wantFailed(t, err)
		if took := time.Since(began); took != 3*time.Minute+10*time.Second {
			t.Errorf("took %v, want the next look after the alarm rang", took)
		}
	})
}

func TestAnAlarmThatRangBeforeIsTheOldVersions(t *testing.T) {
	ringing := func(t *testing.T) *world {
		w := released(t, 1)
		w.env.Checks.Alarms = []string{"high"}
		w.ringing = []string{"high"}
		return w
	}
	t.Run("and is ignored", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := ringing(t)
			w.must(t, release.How{})
			if !slices.Contains(w.told(""), release.AlarmIgnored) {
				t.Errorf("events %v", w.told(""))
			}
		})
	})
	t.Run("until it has stopped", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := ringing(t)
			w.at(0.25, func() { w.ringing = nil })
			w.later(12*time.Minute, func() { w.ringing = []string{"high"} })
			_, err := w.deploy(t.Context(), t, release.How{})
			wantFailed(t, err)
			w.wantStands(t, "1")
		})
	})
}

func TestAnUnknownAlarmStopsBeforeAnythingMoves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.env.Checks.Alarms = []string{"unknown"}
		_, err := w.deploy(t.Context(), t, release.How{})
		if wantStopped(t, err); !fault.Is(err, fault.NotFound, "alarm") {
			t.Errorf("error %v", err)
		}
		w.env.Checks.Alarms = nil
		w.must(t, release.How{})
		w.wantStands(t, "2")
	})
}

func TestALaterStepChecksTheOneBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		w.env.Checks.Errors = 0
		w.must(t, release.How{Step: true})
		w.errors["p-f1"] = 1
		_, err := w.deploy(t.Context(), t, release.How{Step: true})
		wantFailed(t, err)
		w.wantStands(t, "1")
	})
}
