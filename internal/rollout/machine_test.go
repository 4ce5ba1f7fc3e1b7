package rollout_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/clock"
	"sluice/internal/rollout"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// run feeds events to a new deployment, each a second after the one before.
func run(s rollout.State, events ...rollout.Event) (rollout.State, []rollout.Action) {
	var actions []rollout.Action
	for i, e := range events {
		s, actions = rollout.Next(s, e, noon.Add(time.Duration(i)*time.Second), 1)
	}
	return s, actions
}

func event(kind rollout.EventKind) rollout.Event { return rollout.Event{Kind: kind} }

func failure(kind rollout.EventKind) rollout.Event {
	return rollout.Event{Kind: kind, Failure: &rollout.Failure{Cause: rollout.HookFailed, Message: "why"}}
}

// linear is a plan of two steps and the end.
var linear = []rollout.Shift{{Percent: 40, Wait: time.Minute}, {Percent: 80, Wait: time.Minute}, {Percent: 100}}

func TestNext(t *testing.T) {
	start, claimed := event(rollout.Start), event(rollout.Claimed)
	moved, passed := event(rollout.Moved), event(rollout.TimePassed)
	hooked := rollout.State{Plan: linear, HookBefore: true, HookAfter: true}
	once := rollout.State{Plan: []rollout.Shift{{Percent: 100}}}
	tests := []struct {
		name    string
		state   rollout.State
		events  []rollout.Event
		status  rollout.Status
		percent int
		phases  [3]rollout.Status
		actions []rollout.Action
	}{
		{"nothing yet", rollout.State{Plan: linear}, nil, "", 0, [3]rollout.Status{}, nil},
		{"start claims the alias", rollout.State{Plan: linear}, []rollout.Event{start}, rollout.InProgress, 0, [3]rollout.Status{},
			[]rollout.Action{{Kind: rollout.Claim}}},
		{"a claimed alias gets its first share at once", rollout.State{Plan: linear}, []rollout.Event{start, claimed}, rollout.InProgress, 40,
			[3]rollout.Status{rollout.Succeeded, rollout.InProgress}, []rollout.Action{{Kind: rollout.Move, Percent: 40}}},
		{"time that has not passed changes nothing", rollout.State{Plan: linear}, []rollout.Event{start, claimed, passed}, rollout.InProgress, 40,
			[3]rollout.Status{rollout.Succeeded, rollout.InProgress}, nil},
		{"all at once moves everything at once", once, []rollout.Event{start, claimed}, rollout.InProgress, 100,
			[3]rollout.Status{rollout.Succeeded, rollout.InProgress}, []rollout.Action{{Kind: rollout.Move, Percent: 100}}},
		{"a share that is in effect waits for its time", rollout.State{Plan: linear}, []rollout.Event{start, claimed, moved}, rollout.InProgress, 40,
			[3]rollout.Status{rollout.Succeeded, rollout.InProgress}, nil},
		{"time has no end without the move", once, []rollout.Event{start, claimed, passed}, rollout.InProgress, 100,
			[3]rollout.Status{rollout.Succeeded, rollout.InProgress}, nil},
		{"it has succeeded when everything has moved", once, []rollout.Event{start, claimed, moved}, rollout.Succeeded, 100,
			[3]rollout.Status{rollout.Succeeded, rollout.Succeeded, rollout.Succeeded}, []rollout.Action{{Kind: rollout.Move, Percent: 100, Last: true}}},
		{"a refused claim fails before anything moved", rollout.State{Plan: linear}, []rollout.Event{start, failure(rollout.Refused)}, rollout.Failed, 0,
			[3]rollout.Status{rollout.Skipped, rollout.Skipped, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Last: true}}},
		{"a refused move brings the traffic back", rollout.State{Plan: linear}, []rollout.Event{start, claimed, failure(rollout.Refused)}, rollout.Failed, 0,
			[3]rollout.Status{rollout.Succeeded, rollout.Failed, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Last: true}}},
		{"a stop brings the traffic back", rollout.State{Plan: linear}, []rollout.Event{start, claimed, failure(rollout.Stop)}, rollout.Stopped, 0,
			[3]rollout.Status{rollout.Succeeded, rollout.Failed, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Last: true}}},
		{"a stop before the start", rollout.State{Plan: linear}, []rollout.Event{failure(rollout.Stop)}, rollout.Stopped, 0,
			[3]rollout.Status{rollout.Skipped, rollout.Skipped, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Last: true}}},
		{"a hook before keeps the traffic away", hooked, []rollout.Event{start, claimed}, rollout.InProgress, 0,
			[3]rollout.Status{rollout.InProgress}, []rollout.Action{{Kind: rollout.Hook, Phase: rollout.BeforeAllowTraffic}}},
		{"its success lets the traffic in", hooked, []rollout.Event{start, claimed, event(rollout.HookSucceeded)}, rollout.InProgress, 40,
			[3]rollout.Status{rollout.Succeeded, rollout.InProgress}, []rollout.Action{{Kind: rollout.Move, Percent: 40}}},
		{"its failure does not", hooked, []rollout.Event{start, claimed, failure(rollout.HookFailure)}, rollout.Failed, 0,
			[3]rollout.Status{rollout.Failed, rollout.Skipped, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Last: true}}},
		{"a refused last move brings the traffic back", once, []rollout.Event{start, claimed, failure(rollout.Refused)}, rollout.Failed, 0,
			[3]rollout.Status{rollout.Succeeded, rollout.Failed, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Last: true}}},
		{"nothing changes after the end", once, []rollout.Event{start, claimed, moved, failure(rollout.Stop)}, rollout.Succeeded, 100,
			[3]rollout.Status{rollout.Succeeded, rollout.Succeeded, rollout.Succeeded}, nil},
		{"a second start changes nothing", rollout.State{Plan: linear}, []rollout.Event{start, start}, rollout.InProgress, 0, [3]rollout.Status{}, nil},
		{"a hook's report while none runs", rollout.State{Plan: linear}, []rollout.Event{start, claimed, event(rollout.HookSucceeded)},
			rollout.InProgress, 40, [3]rollout.Status{rollout.Succeeded, rollout.InProgress}, nil},
		{"time before the start", rollout.State{Plan: linear}, []rollout.Event{passed}, "", 0, [3]rollout.Status{}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, actions := run(tt.state, tt.events...)
			phases := [3]rollout.Status{got.Phases[0].Status, got.Phases[1].Status, got.Phases[2].Status}
			if got.Status != tt.status || got.Percent != tt.percent || phases != tt.phases {
				t.Errorf("%s at %d %% with the phases %v, want %s at %d %% with %v",
					got.Status, got.Percent, phases, tt.status, tt.percent, tt.phases)
			}
			if !slices.Equal(actions, tt.actions) {
				t.Errorf("to do: %+v, want %+v", actions, tt.actions)
			}
		})
	}
}

func TestTheHookAfterSeesAllOfTheTraffic(t *testing.T) {
	s, actions := run(rollout.State{Plan: []rollout.Shift{{Percent: 100}}, HookAfter: true},
		event(rollout.Start), event(rollout.Claimed), event(rollout.Moved))
	want := []rollout.Action{{Kind: rollout.Hook, Phase: rollout.AfterAllowTraffic}}
	if !slices.Equal(actions, want) || s.Status != rollout.InProgress {
		t.Fatalf("%s, to do: %+v", s.Status, actions)
	}
	failed, actions := rollout.Next(s, failure(rollout.HookFailure), noon, 1)
	if failed.Status != rollout.Failed || failed.Percent != 0 || !slices.Equal(actions, []rollout.Action{{Kind: rollout.Move, Last: true}}) {
		t.Errorf("a failed hook after: %s at %d %%, to do: %+v", failed.Status, failed.Percent, actions)
	}
	done, actions := rollout.Next(s, event(rollout.HookSucceeded), noon, 1)
	if done.Status != rollout.Succeeded || !slices.Equal(actions, []rollout.Action{{Kind: rollout.Move, Percent: 100, Last: true}}) {
		t.Errorf("a hook after that succeeded: %s, to do: %+v", done.Status, actions)
	}
}

func TestAHookThatDoesNotReportTimesOut(t *testing.T) {
	for _, scale := range []clock.Scale{1, 60} {
		s, _ := rollout.Next(rollout.State{Plan: linear, HookBefore: true}, event(rollout.Start), noon, scale)
		s, _ = rollout.Next(s, event(rollout.Claimed), noon, scale)
		if want := noon.Add(scale.Here(time.Hour)); !s.Due.Equal(want) {
			t.Fatalf("it has until %v, want %v", s.Due, want)
		}
		s, _ = rollout.Next(s, event(rollout.TimePassed), s.Due, scale)
		if s.Status != rollout.Failed || s.Failure.Cause != rollout.HookTimedOut {
			t.Errorf("%s, %+v", s.Status, s.Failure)
		}
	}
}

// Waits follow each other without the lateness of the wake-ups between them, unless one is as late as a wait is long.
func TestWaitsDoNotDrift(t *testing.T) {
	s, _ := rollout.Next(rollout.State{Plan: linear}, event(rollout.Start), noon, 60)
	s, _ = rollout.Next(s, event(rollout.Claimed), noon, 60)
	if want := noon.Add(time.Second); !s.Due.Equal(want) {
		t.Fatalf("the first wait ends at %v, want %v", s.Due, want)
	}
	late, _ := rollout.Next(s, event(rollout.TimePassed), s.Due.Add(300*time.Millisecond), 60)
	if want := noon.Add(2 * time.Second); !late.Due.Equal(want) {
		t.Errorf("after a late wake-up the next wait ends at %v, want %v", late.Due, want)
	}
	away, _ := rollout.Next(s, event(rollout.TimePassed), s.Due.Add(time.Hour), 60)
	if want := s.Due.Add(time.Hour + time.Second); !away.Due.Equal(want) || away.Percent != 80 {
		t.Errorf("after an hour away: %d %% until %v, want 80 %% until %v", away.Percent, away.Due, want)
	}
}

func TestPendingRepeatsWhatTheStateAskedFor(t *testing.T) {
	hooked := rollout.State{Plan: linear, HookBefore: true, HookAfter: true}
	claim, move := rollout.Action{Kind: rollout.Claim}, rollout.Action{Kind: rollout.Move, Percent: 40}
	tests := []struct {
		name   string
		state  rollout.State
		events []rollout.Event
		want   []rollout.Action
	}{
		{"created", hooked, nil, nil},
		{"claiming", hooked, []rollout.Event{event(rollout.Start)}, []rollout.Action{claim}},
		{"hook before", hooked, []rollout.Event{event(rollout.Start), event(rollout.Claimed)},
			[]rollout.Action{claim, {Kind: rollout.Hook, Phase: rollout.BeforeAllowTraffic}}},
		{"shifting", rollout.State{Plan: linear}, []rollout.Event{event(rollout.Start), event(rollout.Claimed)}, []rollout.Action{move}},
		{"ended", rollout.State{Plan: linear}, []rollout.Event{event(rollout.Start), failure(rollout.Stop)},
			[]rollout.Action{{Kind: rollout.Move, Last: true}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := run(tt.state, tt.events...)
			if got := s.Pending(); !slices.Equal(got, tt.want) {
				t.Errorf("to do again: %+v, want %+v", got, tt.want)
			}
		})
	}
}

// Whatever happens in whatever order, these rules hold: the target's share only grows until it is 100 % or drops
// to 0, none comes before the hook has succeeded, what ends stays as it is, and with time it always ends.
func TestRulesThatAlwaysHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := config(t)
		s := rollout.State{Plan: c.Plan(), HookBefore: rapid.Bool().Draw(t, "before"), HookAfter: rapid.Bool().Draw(t, "after")}
		now := noon
		for range rapid.IntRange(0, 60).Draw(t, "events") {
			kind := rollout.EventKind(rapid.IntRange(int(rollout.Start), int(rollout.Stop)).Draw(t, "kind"))
			now = now.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "seconds")) * time.Second)
			e := failure(kind)
			next, actions := rollout.Next(s, e, now, 60)
			checkStep(t, s, next, actions)
			s = next
		}
		for range 1000 {
			if s.Status.Ended() {
				return
			}
			var kind rollout.EventKind
			switch {
			case s.Status == "":
				kind = rollout.Start
			case s.Percent == 100 && s.Due.IsZero():
				kind = rollout.Moved
			case s.Due.IsZero():
				kind = rollout.Claimed
			default:
				kind, now = rollout.TimePassed, s.Due
			}
			s, _ = rollout.Next(s, event(kind), now, 60)
		}
		t.Fatalf("it does not end: %+v", s)
	})
}

func config(t *rapid.T) rollout.Config {
	return rollout.Config{
		Strategy: rapid.SampledFrom([]rollout.Strategy{rollout.AllAtOnce, rollout.Canary, rollout.Linear}).Draw(t, "strategy"),
		Percent:  rapid.IntRange(1, 99).Draw(t, "percent"), Minutes: rapid.IntRange(1, 60).Draw(t, "minutes"),
	}
}

func checkStep(t *rapid.T, before, after rollout.State, actions []rollout.Action) {
	changed := before.Status != after.Status || before.Percent != after.Percent || before.Phases != after.Phases || !before.Due.Equal(after.Due)
	switch {
	case changed != (len(actions) > 0):
		t.Fatalf("%+v became %+v, and there is to do: %+v", before, after, actions)
	case before.Status.Ended() && changed:
		t.Fatalf("what had ended became %+v", after)
	case after.Percent < before.Percent && after.Percent != 0:
		t.Fatalf("the share went down from %d to %d", before.Percent, after.Percent)
	case after.Percent == 0 && before.Percent != 0 && !after.Status.Ended():
		t.Fatalf("the share is gone and the deployment goes on")
	case after.Percent > 0 && after.Phases[rollout.BeforeAllowTraffic].Status != rollout.Succeeded:
		t.Fatalf("the target has traffic before its hook has succeeded")
	case after.Status == rollout.Succeeded && after.Percent != 100:
		t.Fatalf("it succeeded at %d %%", after.Percent)
	case (after.Status == rollout.Failed || after.Status == rollout.Stopped) && (after.Percent != 0 || after.Failure == nil):
		t.Fatalf("it is %s at %d %% for %v", after.Status, after.Percent, after.Failure)
	case after.Status.Ended() != (len(actions) > 0 && actions[len(actions)-1].Last) && changed:
		t.Fatalf("it is %s, to do: %+v", after.Status, actions)
	case after.Status.Ended() && (!after.Due.IsZero() || after.Completed.IsZero()):
		t.Fatalf("it has ended and waits until %v", after.Due)
	}
	for _, a := range actions {
		if a.Kind == rollout.Hook && before.Phases[a.Phase].Status != "" {
			t.Fatalf("the hook of %v is invoked a second time", a.Phase)
		}
	}
}
