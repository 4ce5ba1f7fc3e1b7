package rollout_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/rollout"
)

// world is a deployment with what it acts on: an alias that it may own, and hooks that are run.
type world struct {
	state   rollout.State
	todo    []rollout.Action
	now     time.Time
	owned   bool
	free    bool // it has let the alias go
	percent int  // of the alias's traffic that the target has
	runs    map[string]bool
	reports map[string]bool // hooks that have reported, by execution; whether with success
	alarm   bool            // rings
	warm    bool            // a process of the target has been asked for
}

const scale = 60

func newWorld(t *rapid.T) *world {
	c := config(t)
	w := &world{now: noon, runs: map[string]bool{}, reports: map[string]bool{}, state: rollout.State{Plan: c.Plan()}}
	if rapid.Bool().Draw(t, "before") {
		w.state.Phases[rollout.BeforeAllowTraffic] = rollout.Phase{Hook: "before", Execution: "before's"}
	}
	if rapid.Bool().Draw(t, "after") {
		w.state.Phases[rollout.AfterAllowTraffic] = rollout.Phase{Hook: "after", Execution: "after's"}
	}
	w.state.Gradual = rapid.Bool().Draw(t, "gradual")
	w.state.Return = rapid.Bool().Draw(t, "return")
	causes := []rollout.Cause{rollout.HookFailed, rollout.HookTimedOut, rollout.AlarmRang, rollout.StopAsked}
	w.state.RollbackOn = rapid.SliceOfNDistinct(rapid.SampledFrom(causes), 0, len(causes), rapid.ID).Draw(t, "rolled back on")
	return w
}

// happen feeds an event to the state and checks the rules.
func (w *world) happen(t *rapid.T, e rollout.Event) {
	before := w.state
	next, actions := rollout.Next(before, e, w.now, scale)
	w.state = next
	if len(actions) > 0 {
		w.todo = actions
	}
	checkStep(t, before, next, actions)
}

// act does the next thing that is to do.
func (w *world) act(t *rapid.T) {
	if len(w.todo) == 0 {
		return
	}
	a := w.todo[0]
	w.todo = w.todo[1:]
	switch a.Kind {
	case rollout.Look:
		if w.alarm {
			w.happen(t, stop(rollout.AlarmRang))
		}
	case rollout.Claim:
		w.owned = true
		w.happen(t, event(rollout.Claimed))
	case rollout.Warm:
		w.warm = true
	case rollout.Hook:
		w.runs[w.state.Phases[a.Phase].Execution] = true
	case rollout.Move:
		w.move(t, a)
	}
}

// move follows the rules of the alias: nobody moves it who does not own it.
func (w *world) move(t *rapid.T, a rollout.Action) {
	if !w.owned {
		if !a.Last {
			t.Fatalf("a move to %d %% of an alias that is not claimed", a.Percent)
		}
		w.free = true
		return
	}
	if !w.state.Return && w.state.Failure != nil && a.Percent > w.percent {
		t.Fatalf("after its failure the target's share grows from %d to %d", w.percent, a.Percent)
	}
	w.percent = a.Percent
	if a.Last {
		w.owned, w.free = false, true
		return
	}
	w.happen(t, event(rollout.Moved))
}

func stop(cause rollout.Cause) rollout.Event {
	return rollout.Event{Kind: rollout.Stop, Failure: &rollout.Failure{Cause: cause}}
}

// report is a hook's, if one runs.
func (w *world) report(t *rapid.T, succeeds bool) {
	for _, p := range w.state.Phases {
		if p.Status != rollout.InProgress || !w.runs[p.Execution] {
			continue
		}
		w.reports[p.Execution] = succeeds
		e := rollout.Event{Kind: rollout.HookSucceeded, Execution: p.Execution}
		if !succeeds {
			e = rollout.Event{Kind: rollout.HookFailure, Execution: p.Execution, Failure: &rollout.Failure{Cause: rollout.HookFailed}}
		}
		w.happen(t, e)
		return
	}
}

// crash loses what was to do and was not stored; another server goes on.
func (w *world) crash() {
	w.state = w.state.Renewed(w.now, scale)
	w.todo = w.state.Pending()
}

// step lets something happen.
func (w *world) step(t *rapid.T) {
	events := map[string]func(){
		"act":    func() { w.act(t) },
		"crash":  w.crash,
		"report": func() { w.report(t, rapid.IntRange(0, 3).Draw(t, "succeeds") > 0) },
		"stray":  func() { w.happen(t, rollout.Event{Kind: rollout.HookSucceeded, Execution: "nobody's"}) },
		"late":   func() { w.happen(t, rollout.Event{Kind: rollout.HookEnded, Execution: "before's", Tail: "log"}) },
		"warm": func() {
			if w.warm {
				w.happen(t, event(rollout.Warmed))
			}
		},
		"alarm": func() { w.alarm = true; w.happen(t, stop(rollout.AlarmRang)) },
		"stop":  func() { w.happen(t, stop(rollout.StopAsked)) },
		"refused": func() {
			w.happen(t, rollout.Event{Kind: rollout.Refused, Failure: &rollout.Failure{Cause: rollout.MissingFunction}})
		},
		"pause":   func() { w.happen(t, event(rollout.Pause)) },
		"resume":  func() { w.happen(t, event(rollout.Resume)) },
		"promote": func() { w.happen(t, event(rollout.Promote)) },
		"start":   func() { w.happen(t, event(rollout.Start)) },
		"time": func() {
			w.now = w.now.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "seconds")) * time.Second)
			w.happen(t, event(rollout.TimePassed))
		},
	}
	kinds := []string{ // what ends a deployment is rarer than what brings it on
		"act", "act", "act", "act", "act", "act", "warm", "warm", "time", "time", "time", "report", "report", "start", "crash", "pause", "resume",
		"stray", "late", "promote", "alarm", "stop", "refused",
	}
	events[rapid.SampledFrom(kinds).Draw(t, "event")]()
}

// finish lets a deployment go its way, with nothing that disturbs it.
func (w *world) finish(t *rapid.T) {
	for range 1000 {
		switch {
		case len(w.todo) > 0:
			w.act(t)
		case w.state.Status.Ended():
			return
		case w.state.Status == "":
			w.happen(t, event(rollout.Start))
		case w.state.Paused:
			w.happen(t, event(rollout.Resume))
		case w.state.Claimed && w.warm && w.state.Phases[0].Status == "":
			w.happen(t, event(rollout.Warmed))
		case w.state.Due.IsZero():
			w.crash() // a claim or a move got lost
		default:
			w.now = w.state.Due
			w.happen(t, event(rollout.TimePassed))
		}
	}
	t.Fatalf("it does not end: %+v", w.state)
}

// Whatever happens in whatever order, crashes too, DESIGN's rules hold after each step, and with time a deployment always
// ends with its alias in one version, or with the rollback deployment that brings it there.
func TestRulesThatAlwaysHold(t *testing.T) {
	rounds := 100 // of rapid's hundred sequences
	if testing.Short() {
		rounds = 5
	}
	for range rounds {
		rapid.Check(t, func(t *rapid.T) {
			w := newWorld(t)
			for range rapid.IntRange(0, 40).Draw(t, "steps") {
				w.step(t)
				w.checkAlias(t)
			}
			w.finish(t)
			w.checkAlias(t)
			w.checkEnd(t)
		})
	}
}

// checkAlias checks what the world shows.
func (w *world) checkAlias(t *rapid.T) {
	before := w.state.Phases[rollout.BeforeAllowTraffic]
	if w.percent > 0 && !w.state.Return && before.Hook != "" && !w.reports[before.Execution] {
		t.Fatalf("the target has %d %% before its hook has succeeded", w.percent)
	}
	for _, p := range w.state.Phases {
		if p.Hook != "" && p.Status == rollout.Succeeded && !w.reports[p.Execution] {
			t.Fatalf("a phase succeeded without its hook: %+v", p)
		}
	}
}

func (w *world) checkEnd(t *rapid.T) {
	if !w.free {
		t.Fatalf("it has ended and holds its alias: %+v", w.state)
	}
	handedOver := w.state.RollsBack && w.state.Gradual
	if w.percent != 0 && w.percent != 100 && !handedOver {
		t.Fatalf("the alias stays at %d %%: %+v", w.percent, w.state)
	}
	if w.state.Status == rollout.Succeeded && w.percent != 100 {
		t.Fatalf("it succeeded with %d %% on the target", w.percent)
	}
}

// checkStep checks a step of the machine.
func checkStep(t *rapid.T, before, after rollout.State, actions []rollout.Action) {
	failed := after.Status == rollout.Failed || after.Status == rollout.Stopped
	ended := after.Status.Ended()
	switch {
	case before.Status.Ended() && (len(actions) > 0 || after.Status != before.Status || after.Percent != before.Percent):
		t.Fatalf("what had ended became %+v", after)
	case after.Percent < before.Percent && after.Percent != 0 && (!after.Gradual || after.Percent != before.Reached):
		t.Fatalf("the share went down from %d to %d", before.Percent, after.Percent)
	case after.Percent < before.Percent && (!ended || after.Return):
		t.Fatalf("the share is gone: %+v", after)
	case after.RollsBack && !after.Claimed:
		t.Fatalf("a rollback follows, and the alias was never claimed")
	case after.Percent > 0 && !failed && after.Phases[rollout.BeforeAllowTraffic].Status != rollout.Succeeded:
		t.Fatalf("the target has traffic before its hook has succeeded")
	case after.Status == rollout.Succeeded && after.Percent != 100:
		t.Fatalf("it succeeded at %d %%", after.Percent)
	case failed && (after.Failure == nil || after.Percent != endOf(before, after)):
		t.Fatalf("it is %s at %d %% for %v", after.Status, after.Percent, after.Failure)
	case ended != before.Status.Ended() && (len(actions) == 0 || !actions[len(actions)-1].Last):
		t.Fatalf("it is %s, to do: %+v", after.Status, actions)
	case ended && (!after.Due.IsZero() || after.Completed.IsZero()):
		t.Fatalf("it has ended and waits until %v", after.Due)
	case after.Paused && after.Percent > before.Percent:
		t.Fatalf("it is paused and its share grows from %d to %d", before.Percent, after.Percent)
	}
	if slices.ContainsFunc(actions, func(a rollout.Action) bool {
		return a.Kind == rollout.Hook && before.Phases[a.Phase].Status != ""
	}) {
		t.Fatalf("a hook is invoked a second time: %+v", actions)
	}
}

// endOf is the share with which a failed deployment has to end.
func endOf(before, after rollout.State) int {
	switch {
	case before.Status.Ended():
		return before.Percent
	case after.Return:
		return 100
	case after.RollsBack && after.Gradual:
		return before.Reached
	}
	return 0
}
