package release_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
)

// story is something that somebody does, and how it is taken up again after it was cut off.
type story struct {
	name  string
	world func(t *testing.T) *world
	act   func(ctx context.Context, t *testing.T, w *world) error
	// again is run without harm until it says that nothing is left.
	again func(ctx context.Context, t *testing.T, w *world) (nothing bool, err error)
	// ends are the places where all aliases may stand together at last, when no check or person said no.
	ends []string
	// fails is true when the story itself ends in a Failed.
	fails bool
}

func stories() []story {
	return slices.Concat(releases(), stepped(), failures(), byHand(), deployments())
}

func releases() []story {
	act, again := deploying(release.How{})
	return []story{
		{name: "create", world: func(*testing.T) *world { return quick(newWorld(2)) }, act: act, again: again, ends: []string{"1"}},
		{name: "release to the end", world: func(t *testing.T) *world { return hooked(released(t, 1)) }, act: act, again: again, ends: []string{"2"}},
		{name: "release of several", world: func(t *testing.T) *world { return hooked(released(t, 3)) }, act: act, again: again, ends: []string{"2"}},
	}
}

func stepped() []story {
	act, again := deploying(release.How{Step: true})
	return []story{
		{name: "first step", world: func(t *testing.T) *world { return released(t, 2) }, act: act, again: again, ends: []string{"2"}},
		{name: "a later step", world: func(t *testing.T) *world { return hooked(inTransition(t, 2)) }, act: act, again: again, ends: []string{"2"}},
	}
}

func failures() []story {
	act, again := deploying(release.How{})
	return []story{
		{name: "alarm", world: func(t *testing.T) *world { return ringsHalfway(hooked(released(t, 3))) }, act: act, again: again, ends: []string{"1"}, fails: true},
		{name: "bad hook", world: func(t *testing.T) *world { return badBefore(hooked(released(t, 2))) }, act: act, again: again, ends: []string{"1"}, fails: true},
		{name: "bad hook after traffic", world: func(t *testing.T) *world { return badAfter(hooked(released(t, 2))) }, act: act, again: again, ends: []string{"1"}, fails: true},
	}
}

func byHand() []story {
	_, deployed := deploying(release.How{})
	abort := func(ctx context.Context, t *testing.T, w *world) error {
		_, err := w.runner(t, "ann").Abort(ctx, w.env)
		return err
	}
	promote := func(ctx context.Context, t *testing.T, w *world) error {
		_, err := w.runner(t, "ann").Promote(ctx, w.env, false)
		return err
	}
	rollback := func(ctx context.Context, t *testing.T, w *world) error {
		_, err := w.runner(t, "ann").Rollback(ctx, w.env, "", false)
		return err
	}
	rolledBack := func(ctx context.Context, t *testing.T, w *world) (bool, error) {
		if slices.Equal(w.stands(), []string{"1", "1", "1"}) {
			return true, nil
		}
		return false, rollback(ctx, t, w)
	}
	pin := func(ctx context.Context, t *testing.T, w *world) error {
		_, err := w.runner(t, "ann").Pin(ctx, w.env, deployer.Live{Version1: "1", Version2: "2", Percentage: 10}, false)
		return err
	}
	pinned := func(ctx context.Context, t *testing.T, w *world) (bool, error) { return true, pin(ctx, t, w) }
	several := func(t *testing.T) *world { return inTransition(t, 3) }
	return []story{
		{name: "abort", world: several, act: abort, again: deployed, ends: []string{"1", "2"}},
		{name: "promote", world: several, act: promote, again: deployed, ends: []string{"2"}},
		{name: "rollback", world: onSecond, act: rollback, again: rolledBack, ends: []string{"1"}},
		{name: "pin", world: onSecond, act: pin, again: pinned, ends: []string{"1+2@10"}},
	}
}

func deployments() []story {
	act, again := deploying(release.How{})
	return []story{
		{name: "codedeploy", world: func(t *testing.T) *world { return hooked(linearly(t, 2)) }, act: act, again: again, ends: []string{"2"}},
		{name: "codedeploy, alarm", world: func(t *testing.T) *world { return ringsHalfway(hooked(linearly(t, 2))) }, act: act, again: again, ends: []string{"1"}, fails: true},
		{name: "codedeploy, bad hook", world: func(t *testing.T) *world { return badBefore(hooked(linearly(t, 2))) }, act: act, again: again, ends: []string{"1"}, fails: true},
	}
}

// deploying deploys, and then deploys until the plan is empty.
func deploying(how release.How) (act func(context.Context, *testing.T, *world) error, again func(context.Context, *testing.T, *world) (bool, error)) {
	act = func(ctx context.Context, t *testing.T, w *world) error {
		_, err := w.deploy(ctx, t, how)
		return err
	}
	again = func(ctx context.Context, t *testing.T, w *world) (bool, error) {
		r := w.runner(t, "ben")
		p, err := r.Plan(ctx, w.env, release.Ask{})
		if err != nil || p.Nothing() {
			return p != nil && p.Nothing(), err
		}
		_, err = r.Deploy(ctx, p, how)
		return false, err
	}
	return act, again
}

// quick leaves time for one look at alarms and aliases in each wait.
func quick(w *world) *world {
	w.env.Strategy.Interval = 15 * time.Second
	return w
}

// hooked has hooks of both sorts, and all checks.
func hooked(w *world) *world {
	quick(w)
	w.env.Hooks = deployer.Hooks{Before: "preflight", After: "./after"}
	w.env.Checks = deployer.Checks{Alarms: []string{"errors-high"}, Errors: 3, Command: "./check"}
	return w
}

func ringsHalfway(w *world) *world {
	w.moved = func(_ string, _, to deployer.Alias) {
		if to.Weight >= 0.5 {
			w.ringing = []string{"errors-high"}
		}
	}
	return w
}

func badBefore(w *world) *world {
	w.badHook = "preflight"
	return w
}

func badAfter(w *world) *world {
	w.refuses["./after"] = errors.New("exit status 1")
	return w
}

func inTransition(t *testing.T, functions int) *world {
	w := released(t, functions)
	w.must(t, release.How{Step: true})
	return w
}

func onSecond(t *testing.T) *world {
	w := released(t, 3)
	w.must(t, release.How{})
	return w
}

// linearly is a world on version 1 whose steps CodeDeploy makes, with code B written.
func linearly(t *testing.T, functions int) *world {
	w := byCodeDeploy(t, functions)
	w.env.Strategy = deployer.Strategy{Kind: deployer.Linear, Percent: 25, Interval: 15 * time.Second}
	return w
}
