package release_test

import (
	"context"
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

// during runs something five minutes after a deploy of ann's began, while that one waits at 25 % for ten minutes, and
// returns ann's error.
func during(t *testing.T, w *world, do func()) error {
	t.Helper()
	var err error
	over := make(chan struct{})
	go func() {
		defer close(over)
		_, err = w.deploy(t.Context(), t, release.How{})
	}()
	time.Sleep(5 * time.Minute)
	do()
	<-over
	return err
}

func TestASecondRunIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		err := during(t, w, func() {
			_, err := w.deployAs(t.Context(), t, "ben", release.Ask{}, release.How{})
			if !fault.Is(err, fault.Conflict, "alias") || !strings.Contains(err.Error(), "of ann holds LIVE until") || !strings.Contains(err.Error(), "--take-over") {
				t.Errorf("error %v, want a conflict that names who holds the alias", err)
			}
		})
		if err != nil {
			t.Errorf("the first run: %v", err)
		}
		w.wantStands(t, "2")
	})
}

func TestOfTwoRunsThatPlannedAtOnceOneGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 3)
		ann, ben := w.runner(t, "ann"), w.runner(t, "ben")
		first, err1 := ann.Plan(t.Context(), w.env, release.Ask{})
		second, err2 := ben.Plan(t.Context(), w.env, release.Ask{})
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		errs := make(chan error)
		go func() { _, err := ann.Deploy(t.Context(), first, release.How{}); errs <- err }()
		go func() { _, err := ben.Deploy(t.Context(), second, release.How{}); errs <- err }()
		lost, won := <-errs, <-errs
		if won != nil || !fault.Is(lost, fault.Conflict, "alias") {
			t.Errorf("%v and %v, want one conflict", lost, won)
		}
		w.wantStands(t, "2")
		if w.calls("Publish") != 3 {
			t.Errorf("published %d times, want once for each function", w.calls("Publish"))
		}
	})
}

func TestTakeOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		err := during(t, w, func() {
			if _, err := w.deployAs(t.Context(), t, "ben", release.Ask{TakeOver: true}, release.How{}); err != nil {
				t.Errorf("taking over: %v", err)
			}
		})
		if wantStopped(t, err); !strings.Contains(err.Error(), "of ben") {
			t.Errorf("the first run: %v, want that it names who took over", err)
		}
		w.wantStands(t, "2")
		if w.record(t, "f1").By != "ben" {
			t.Errorf("record %+v", w.record(t, "f1"))
		}
	})
}

func TestTakingOverWhileTheOtherLetsGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
		defer stop()
		_, err := w.deploy(ctx, t, release.How{})
		wantStopped(t, err)
		p, err := w.runner(t, "ben").Plan(t.Context(), w.env, release.Ask{TakeOver: true})
		if err != nil {
			t.Fatal(err)
		}
		record, a := w.record(t, "f1"), w.functions["p-f1"].aliases[alias]
		record.At = time.Now()
		a.Description, a.Revision = record.Description(""), "ann's last write"
		if _, err := w.runner(t, "ben").Deploy(t.Context(), p, release.How{Step: true}); err != nil {
			t.Error(err)
		}
		w.wantStands(t, "1+2@50")
	})
}

func TestCtrlCGivesTheLeaseBackAndTheNextRunGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		ctx, stop := context.WithTimeout(t.Context(), 15*time.Minute) // in the second wait
		defer stop()
		_, err := w.deploy(ctx, t, release.How{})
		stopped := wantStopped(t, err)
		if !strings.Contains(err.Error(), "f1: LIVE is on version 1, with 50 % on 2") || !strings.Contains(stopped.Next, "abort prd") || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
		if r := w.record(t, "f2"); !r.Lease.IsZero() || r.Phase != deployer.Shifting {
			t.Errorf("record %+v", r)
		}
		w.forget()
		began := time.Now()
		if _, err := w.deployAs(t.Context(), t, "ben", release.Ask{}, release.How{}); err != nil {
			t.Fatal(err)
		}
		w.wantStands(t, "2")
		if took := time.Since(began); took != 15*time.Minute {
			t.Errorf("took %v, want what was left of the second wait and the third", took)
		}
		if w.calls("Publish")+w.calls("UpdateCode") != 0 {
			t.Errorf("calls %q", w.writes())
		}
	})
}

func TestAnAliasThatWasOnlyClaimedIsAsItWasBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.functions["p-f1"].aliases[alias].Description = "the team's own words"
		w.harm = func(call string) (error, error) { return only(strings.HasPrefix(call, "UpdateCode"), errDenied), nil }
		_, err := w.deploy(t.Context(), t, release.How{})
		if wantStopped(t, err); !fault.Is(err, fault.Denied, "") {
			t.Errorf("error %v", err)
		}
		if d := w.functions["p-f1"].aliases[alias].Description; d != "the team's own words" {
			t.Errorf("description %q", d)
		}
	})
}

func TestALeaseLastsAsLongAsAHook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		w.env.Hooks.Before = "./slow"
		w.onCommand = func(context.Context, string) { time.Sleep(10 * time.Minute) }
		err := during(t, w, func() {
			if _, err := w.deployAs(t.Context(), t, "ben", release.Ask{}, release.How{}); !fault.Is(err, fault.Conflict, "alias") {
				t.Errorf("error %v, want that ann's run holds the alias", err)
			}
		})
		if err != nil {
			t.Error(err)
		}
		w.wantStands(t, "2")
	})
}

func TestAClaimThatWasRenewedIsGivenBackToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.env.Hooks.Before = "./slow"
		w.onCommand = func(ctx context.Context, _ string) { <-ctx.Done() }
		before := w.functions["p-f1"].aliases[alias].Description
		ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
		defer stop()
		_, err := w.deploy(ctx, t, release.How{})
		wantStopped(t, err)
		if after := w.functions["p-f1"].aliases[alias].Description; after != before {
			t.Errorf("description %q, want %q", after, before)
		}
	})
}

func TestTakingOverEndsTheHookOfTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.env.Hooks.Before = "./endless"
		w.onCommand = func(ctx context.Context, _ string) { <-ctx.Done() }
		err := during(t, w, func() {
			ben, env := w.runner(t, "ben"), *w.env
			env.Hooks.Before = ""
			p, err := ben.Plan(t.Context(), &env, release.Ask{TakeOver: true})
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := ben.Deploy(t.Context(), p, release.How{Step: true}); err != nil {
				t.Error(err)
			}
		})
		if wantStopped(t, err); !fault.Is(err, fault.Conflict, "alias") {
			t.Errorf("error %v", err)
		}
		w.wantStands(t, "1+2@25")
	})
}

func TestAnAliasThatSomebodyMovedByHandStopsTheRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 2)
		err := during(t, w, func() {
			w.mu.Lock()
			defer w.mu.Unlock()
			a := w.functions["p-f2"].aliases[alias]
			a.Version, a.Additional, a.Weight, a.Revision = "2", "", 0, "by hand"
		})
		if wantStopped(t, err); !strings.Contains(err.Error(), "without Sluice") {
			t.Errorf("error %v", err)
		}
		w.wantStands(t, "1+2@25", "2")
	})
}

func TestAfterAKillTheLeaseRunsOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.harm = func(string) (error, error) {
			return only(slices.Equal([]string{place(w.alias("p-f1", alias))}, []string{"1+2@25"}), errGone), nil
		}
		_, err := w.deploy(t.Context(), t, release.How{})
		if stopped := wantStopped(t, err); stopped.Standings[0].Known || !strings.Contains(stopped.Next, "free after 1m") {
			t.Errorf("%+v", stopped)
		}
		w.harm = nil
		if _, err := w.deploy(t.Context(), t, release.How{}); !fault.Is(err, fault.Conflict, "alias") {
			t.Errorf("before the lease ran out: %v", err)
		}
		time.Sleep(11 * time.Minute)
		w.must(t, release.How{})
		w.wantStands(t, "2")
	})
}
