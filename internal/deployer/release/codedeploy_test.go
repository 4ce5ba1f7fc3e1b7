package release_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

// byCodeDeploy is a world on version 1 whose environment leaves the steps to CodeDeploy, with code B written.
func byCodeDeploy(t tester, functions int) *world {
	w := released(t, functions)
	w.env.Engine = deployer.CodeDeploy
	w.env.Strategy = deployer.Strategy{Kind: deployer.Canary, Percent: 10, Interval: 5 * time.Minute}
	return w
}

func TestCodeDeployMovesTheAliases(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := byCodeDeploy(t, 2)
		w.env.Hooks = deployer.Hooks{Before: "preflight", After: "./after"}
		w.env.Checks.Alarms = []string{"high"}
		w.must(t, release.How{})
		w.wantStands(t, "2")
		if len(w.deployments) != 2 || w.calls("Invoke") != 0 || len(w.ran) != 2 {
			t.Errorf("%d deployments, %d invocations, ran %q", len(w.deployments), w.calls("Invoke"), w.ran)
		}
		d := w.deployments[0]
		if d.Before != "preflight" || d.After != "" || d.From != "1" || d.To != "2" || d.Group.Application != "p-prd" || !slices.Equal(d.Group.Alarms, []string{"high"}) {
			t.Errorf("deployment %+v", d.Deployment)
		}
		if r := w.record(t, "f1"); r.Phase != deployer.Done || r.Newest != "2" {
			t.Errorf("record %+v", r)
		}
		want := []release.EventKind{release.DeploymentRun, release.Moved, release.DeploymentEnd, release.Moved}
		if told := w.told("f1"); !slices.Equal(slices.DeleteFunc(told, func(k release.EventKind) bool { return !slices.Contains(want, k) }), want) {
			t.Errorf("told %q", told)
		}
	})
}

func TestANewAliasNeedsNoDeployment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(1)
		w.env.Engine = deployer.CodeDeploy
		w.env.Hooks.Before = "preflight"
		w.must(t, release.How{})
		w.wantStands(t, "1")
		if len(w.deployments) != 0 || w.hooks["preflight p-f1"] != 1 {
			t.Errorf("%d deployments, hooks %v", len(w.deployments), w.hooks)
		}
	})
}

func TestAFailedDeploymentReturnsTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := byCodeDeploy(t, 3)
		w.later(time.Minute, func() { w.deployments[1].atOnce = true })
		_, err := w.deploy(t.Context(), t, release.How{})
		if wantFailed(t, err); !strings.Contains(err.Error(), "ended as Failed") {
			t.Errorf("error %v", err)
		}
		w.wantStands(t, "1")
		for _, key := range []string{"f1", "f2", "f3"} {
			if r := w.record(t, key); r.Phase != deployer.Returned || r.Newest != "2" {
				t.Errorf("%s: record %+v", key, r)
			}
		}
	})
}

func TestADeploymentThatSucceededIsReturnedWithTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := byCodeDeploy(t, 2)
		w.later(time.Minute, func() { w.deployments[1].began = time.Now().Add(time.Hour) })
		w.later(7*time.Minute, func() { w.deployments[1].atOnce = true })
		_, err := w.deploy(t.Context(), t, release.How{})
		if failed := wantFailed(t, err); len(failed.Elsewhere) != 0 || strings.Contains(err.Error(), "is over") {
			t.Errorf("error %v", err)
		}
		w.wantStands(t, "1")
	})
}

func TestADeploymentThatIsRefusedReturnsTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := byCodeDeploy(t, 2)
		w.harm = func(call string) (error, error) { return only(call == "Deploy p-f2", errDenied), nil }
		_, err := w.deploy(t.Context(), t, release.How{})
		if wantFailed(t, err); !fault.Is(err, fault.Denied, "") {
			t.Errorf("error %v", err)
		}
		w.wantStands(t, "1")
	})
}

func TestADeploymentOfSomebodyElsesReturnsTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := byCodeDeploy(t, 2)
		w.harm = func(call string) (error, error) {
			return only(call == "Deploy p-f2", fault.Errorf(fault.Conflict, "deployment", "deployment d-OTHER is under way")), nil
		}
		_, err := w.deploy(t.Context(), t, release.How{})
		if wantFailed(t, err); !strings.Contains(err.Error(), "d-OTHER") {
			t.Errorf("error %v", err)
		}
		w.wantStands(t, "1")
	})
}

func TestGroupsArePreparedBeforeAnyDeploymentBegins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := byCodeDeploy(t, 3)
		w.harm = func(call string) (error, error) { return only(call == "Prepare p-f3-LIVE", errDenied), nil }
		_, err := w.deploy(t.Context(), t, release.How{})
		if wantStopped(t, err); len(w.deployments) != 0 {
			t.Errorf("error %v, %d deployments", err, len(w.deployments))
		}
		w.wantStands(t, "1")
	})
}

func TestAReleaseThatADeploymentEndedWhileNobodyFollowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := byCodeDeploy(t, 1)
		w.env.Hooks.After = "./after"
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
		defer stop()
		_, err := w.deploy(ctx, t, release.How{})
		wantStopped(t, err)
		time.Sleep(time.Hour)
		w.must(t, release.How{})
		if r := w.record(t, "f1"); r.Phase != deployer.Done || r.Newest != "2" || len(w.ran) != 1 {
			t.Errorf("record %+v, ran %q", r, w.ran)
		}
	})
}

func TestErrorsStopTheDeployments(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := byCodeDeploy(t, 2)
		w.env.Checks.Errors = 0
		w.at(0.1, func() { w.errors["p-f2"] = 1 })
		_, err := w.deploy(t.Context(), t, release.How{})
		wantFailed(t, err)
		w.wantStands(t, "1")
		if w.calls("Stop") != 2 {
			t.Errorf("calls %q", w.asked)
		}
	})
}

func TestCtrlCLeavesTheDeploymentAndTheNextRunFollowsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := byCodeDeploy(t, 1)
		w.env.Hooks.After = "./after"
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Second) // a lease would last longer
		defer stop()
		_, err := w.deploy(ctx, t, release.How{})
		if stopped := wantStopped(t, err); stopped.Standings[0].Deployment != "d-1" {
			t.Errorf("%+v", stopped)
		}
		w.wantStands(t, "1+2@10")
		w.must(t, release.How{})
		w.wantStands(t, "2")
		if len(w.deployments) != 1 || len(w.ran) != 1 {
			t.Errorf("%d deployments, ran %q", len(w.deployments), w.ran)
		}
	})
}

func TestOfTwoRunsThatFollowADeploymentOneEndsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := byCodeDeploy(t, 1)
		w.env.Hooks.After = "./after"
		errs := make(chan error)
		for _, by := range []string{"ann", "ben"} {
			go func() { _, err := w.deployAs(t.Context(), t, by, release.Ask{}, release.How{}); errs <- err }()
			time.Sleep(time.Minute)
		}
		one, other := <-errs, <-errs
		if one == nil {
			one, other = other, one
		}
		if other != nil || !fault.Is(one, fault.Conflict, "alias") || len(w.ran) != 1 {
			t.Errorf("%v and %v, ran %q; want one conflict", one, other, w.ran)
		}
	})
}

func TestOtherCodeDuringADeploymentIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := byCodeDeploy(t, 1)
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		_, err := w.deploy(ctx, t, release.How{})
		wantStopped(t, err)
		w.write("C")
		w.forget()
		if _, err := w.deploy(t.Context(), t, release.How{}); !fault.Is(err, fault.Conflict, "") || len(w.writes()) != 0 {
			t.Errorf("error %v, calls %q", err, w.writes())
		}
	})
}

func TestATransitionThatNoDeploymentMovesIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := released(t, 1)
		w.must(t, release.How{Step: true})
		w.env.Engine = deployer.CodeDeploy
		if _, err := w.deploy(t.Context(), t, release.How{}); !fault.Is(err, fault.Conflict, "alias") || !strings.Contains(err.Error(), "no deployment of CodeDeploy moves it") {
			t.Errorf("error %v", err)
		}
	})
}

// The file may change its engine while a deployment is under way: nobody else moves the alias meanwhile, and abort stops it.
func TestADeploymentIsSeenWhenTheFileHasAnotherEngine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := byCodeDeploy(t, 2)
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		_, err := w.deploy(ctx, t, release.How{})
		wantStopped(t, err)
		w.env.Engine = deployer.Direct
		w.forget()
		r := w.runner(t, "ben")
		_, deploy := w.deploy(t.Context(), t, release.How{})
		_, promote := r.Promote(t.Context(), w.env, false)
		for name, err := range map[string]error{"deploy": deploy, "promote": promote} {
			if !fault.Is(err, fault.Conflict, "deployment") || len(w.writes()) != 0 {
				t.Errorf("%s: %v, calls %q", name, err, w.writes())
			}
		}
		if s, err := r.Status(t.Context(), w.env); err != nil || s[0].Deployment == "" {
			t.Errorf("status %+v, %v", s, err)
		}
		if _, err := r.Abort(t.Context(), w.env); err != nil {
			t.Errorf("abort: %v", err)
		}
		w.wantStands(t, "1")
	})
}

func TestWhatADeploymentMovesOnlyAbortTouches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := byCodeDeploy(t, 2)
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		_, err := w.deploy(ctx, t, release.How{})
		wantStopped(t, err)
		r := w.runner(t, "ben")
		_, promote := r.Promote(t.Context(), w.env, false)
		_, pause := r.Pause(t.Context(), w.env)
		_, pin := r.Pin(t.Context(), w.env, deployer.Live{Version1: "1"}, false)
		for name, err := range map[string]error{"promote": promote, "pause": pause, "pin": pin} {
			if !fault.Is(err, fault.Conflict, "deployment") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if s, err := r.Status(t.Context(), w.env); err != nil || s[1].Deployment != "d-2" && s[1].Deployment != "d-1" {
			t.Errorf("status %+v, %v", s, err)
		}
		if _, err := r.Abort(t.Context(), w.env); err != nil {
			t.Errorf("abort: %v", err)
		}
		w.wantStands(t, "1")
		if r := w.record(t, "f1"); r.Phase != deployer.Returned || r.To != "2" {
			t.Errorf("record %+v", r)
		}
	})
}
