package rollout_test

import (
	"slices"
	"testing"
	"time"

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

// The reports of the hooks that withHooks names.
var (
	succeeded   = rollout.Event{Kind: rollout.HookSucceeded, Execution: "before's"}
	hookFailed  = rollout.Event{Kind: rollout.HookFailure, Execution: "before's", Failure: &rollout.Failure{Cause: rollout.HookFailed}}
	succeeded2  = rollout.Event{Kind: rollout.HookSucceeded, Execution: "after's"}
	hookFailed2 = rollout.Event{Kind: rollout.HookFailure, Execution: "after's", Failure: &rollout.Failure{Cause: rollout.HookFailed}}
)

// withHooks is the state of a new deployment with both hooks.
func withHooks(plan []rollout.Shift) rollout.State {
	s := rollout.State{Plan: plan}
	s.Phases[rollout.BeforeAllowTraffic] = rollout.Phase{Hook: "before", Execution: "before's"}
	s.Phases[rollout.AfterAllowTraffic] = rollout.Phase{Hook: "after", Execution: "after's"}
	return s
}

// linear is a plan of two steps and the end.
var linear = []rollout.Shift{{Percent: 40, Wait: time.Minute}, {Percent: 80, Wait: time.Minute}, {Percent: 100}}

func TestNext(t *testing.T) {
	start, owned, claimed := event(rollout.Start), event(rollout.Claimed), event(rollout.Warmed)
	moved, passed := event(rollout.Moved), event(rollout.TimePassed)
	hooked := withHooks(linear)
	once := rollout.State{Plan: []rollout.Shift{{Percent: 100}}}
	gradual := rollout.State{Plan: linear, Gradual: true, RollbackOn: []rollout.Cause{rollout.HookFailed}}
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
		{"a claimed alias is looked at", rollout.State{Plan: linear}, []rollout.Event{start, owned}, rollout.InProgress, 0, [3]rollout.Status{},
			[]rollout.Action{{Kind: rollout.Look}, {Kind: rollout.Warm}}},
		{"a warm target gets its first share at once", rollout.State{Plan: linear}, []rollout.Event{start, owned, claimed}, rollout.InProgress, 40,
			[3]rollout.Status{rollout.Succeeded, rollout.InProgress}, []rollout.Action{{Kind: rollout.Look}, {Kind: rollout.Move, Percent: 40}}},
		{"time that has not passed changes nothing", rollout.State{Plan: linear}, []rollout.Event{start, owned, claimed, passed}, rollout.InProgress, 40,
			[3]rollout.Status{rollout.Succeeded, rollout.InProgress}, nil},
		{"all at once moves everything at once", once, []rollout.Event{start, owned, claimed}, rollout.InProgress, 100,
			[3]rollout.Status{rollout.Succeeded, rollout.InProgress}, []rollout.Action{{Kind: rollout.Look}, {Kind: rollout.Move, Percent: 100}}},
		{"a share that is in effect waits for its time", rollout.State{Plan: linear}, []rollout.Event{start, owned, claimed, moved}, rollout.InProgress, 40,
			[3]rollout.Status{rollout.Succeeded, rollout.InProgress}, nil},
		{"time has no end without the move", once, []rollout.Event{start, owned, claimed, passed}, rollout.InProgress, 100,
			[3]rollout.Status{rollout.Succeeded, rollout.InProgress}, nil},
		{"it has succeeded when everything has moved", once, []rollout.Event{start, owned, claimed, moved}, rollout.Succeeded, 100,
			[3]rollout.Status{rollout.Succeeded, rollout.Succeeded, rollout.Succeeded}, []rollout.Action{{Kind: rollout.Move, Percent: 100, Last: true}}},
		{"a refused claim fails before anything moved", rollout.State{Plan: linear}, []rollout.Event{start, failure(rollout.Refused)}, rollout.Failed, 0,
			[3]rollout.Status{rollout.Skipped, rollout.Skipped, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Last: true}}},
		{"a refused move brings the traffic back", rollout.State{Plan: linear}, []rollout.Event{start, owned, claimed, failure(rollout.Refused)}, rollout.Failed, 0,
			[3]rollout.Status{rollout.Succeeded, rollout.Failed, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Last: true}}},
		{"a stop brings the traffic back", rollout.State{Plan: linear}, []rollout.Event{start, owned, claimed, failure(rollout.Stop)}, rollout.Stopped, 0,
			[3]rollout.Status{rollout.Succeeded, rollout.Failed, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Last: true}}},
		{"a stop before the start", rollout.State{Plan: linear}, []rollout.Event{failure(rollout.Stop)}, rollout.Stopped, 0,
			[3]rollout.Status{rollout.Skipped, rollout.Skipped, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Last: true}}},
		{"a hook before keeps the traffic away", hooked, []rollout.Event{start, owned, claimed}, rollout.InProgress, 0,
			[3]rollout.Status{rollout.InProgress}, []rollout.Action{{Kind: rollout.Hook, Phase: rollout.BeforeAllowTraffic}}},
		{"its success lets the traffic in", hooked, []rollout.Event{start, owned, claimed, succeeded}, rollout.InProgress, 40,
			[3]rollout.Status{rollout.Succeeded, rollout.InProgress}, []rollout.Action{{Kind: rollout.Look}, {Kind: rollout.Move, Percent: 40}}},
		{"its failure does not", hooked, []rollout.Event{start, owned, claimed, hookFailed}, rollout.Failed, 0,
			[3]rollout.Status{rollout.Failed, rollout.Skipped, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Last: true}}},
		{"a refused last move brings the traffic back", once, []rollout.Event{start, owned, claimed, failure(rollout.Refused)}, rollout.Failed, 0,
			[3]rollout.Status{rollout.Succeeded, rollout.Failed, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Last: true}}},
		{"nothing changes after the end", once, []rollout.Event{start, owned, claimed, moved, failure(rollout.Stop)}, rollout.Succeeded, 100,
			[3]rollout.Status{rollout.Succeeded, rollout.Succeeded, rollout.Succeeded}, nil},
		{"a second start changes nothing", rollout.State{Plan: linear}, []rollout.Event{start, start}, rollout.InProgress, 0, [3]rollout.Status{}, nil},
		{"a hook's report while none runs", rollout.State{Plan: linear}, []rollout.Event{start, owned, claimed, succeeded},
			rollout.InProgress, 40, [3]rollout.Status{rollout.Succeeded, rollout.InProgress}, nil},
		{"another run's report changes nothing", hooked, []rollout.Event{start, owned, claimed, succeeded2, hookFailed2}, rollout.InProgress, 0,
			[3]rollout.Status{rollout.InProgress}, nil},
		{"a hook that fails after it has reported", hooked, []rollout.Event{start, owned, claimed, succeeded, hookFailed}, rollout.InProgress, 40,
			[3]rollout.Status{rollout.Succeeded, rollout.InProgress}, nil},
		{"a rollback's failure gives its target everything", rollout.State{Plan: linear, Return: true}, []rollout.Event{start, owned, claimed, failure(rollout.Stop)},
			rollout.Stopped, 100, [3]rollout.Status{rollout.Succeeded, rollout.Failed, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Percent: 100, Last: true}}},
		{"a gradual rollback finds the traffic where it was", gradual, []rollout.Event{start, owned, claimed, moved, failure(rollout.Stop)},
			rollout.Stopped, 40, [3]rollout.Status{rollout.Succeeded, rollout.Failed, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Percent: 40, Last: true}}},
		{"and not where it was asked to be", gradual, []rollout.Event{start, owned, claimed, failure(rollout.Stop)},
			rollout.Stopped, 0, [3]rollout.Status{rollout.Succeeded, rollout.Failed, rollout.Skipped}, []rollout.Action{{Kind: rollout.Move, Last: true}}},
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
	s, actions := run(withHooks([]rollout.Shift{{Percent: 100}}),
		event(rollout.Start), event(rollout.Claimed), event(rollout.Warmed), succeeded, event(rollout.Moved))
	want := []rollout.Action{{Kind: rollout.Hook, Phase: rollout.AfterAllowTraffic}}
	if !slices.Equal(actions, want) || s.Status != rollout.InProgress {
		t.Fatalf("%s, to do: %+v", s.Status, actions)
	}
	failed, actions := rollout.Next(s, hookFailed2, noon, 1)
	if failed.Status != rollout.Failed || failed.Percent != 0 || !slices.Equal(actions, []rollout.Action{{Kind: rollout.Move, Last: true}}) {
		t.Errorf("a failed hook after: %s at %d %%, to do: %+v", failed.Status, failed.Percent, actions)
	}
	done, actions := rollout.Next(s, succeeded2, noon, 1)
	if done.Status != rollout.Succeeded || !slices.Equal(actions, []rollout.Action{{Kind: rollout.Move, Percent: 100, Last: true}}) {
		t.Errorf("a hook after that succeeded: %s, to do: %+v", done.Status, actions)
	}
}

func TestAHookThatDoesNotReportTimesOut(t *testing.T) {
	for _, scale := range []clock.Scale{1, 60} {
		s, _ := rollout.Next(withHooks(linear), event(rollout.Start), noon, scale)
		s, _ = rollout.Next(s, event(rollout.Claimed), noon, scale)
		s, _ = rollout.Next(s, event(rollout.Warmed), noon, scale)
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
	s, _ = rollout.Next(s, event(rollout.Warmed), noon, 60)
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
	hooked := withHooks(linear)
	look, warm := rollout.Action{Kind: rollout.Look}, rollout.Action{Kind: rollout.Warm}
	claim, move := rollout.Action{Kind: rollout.Claim}, rollout.Action{Kind: rollout.Move, Percent: 40}
	tests := []struct {
		name   string
		state  rollout.State
		events []rollout.Event
		want   []rollout.Action
	}{
		{"created", hooked, nil, nil},
		{"claiming", hooked, []rollout.Event{event(rollout.Start)}, []rollout.Action{claim}},
		{"claimed", hooked, []rollout.Event{event(rollout.Start), event(rollout.Claimed)}, []rollout.Action{look, warm}},
		{"hook before", hooked, []rollout.Event{event(rollout.Start), event(rollout.Claimed), event(rollout.Warmed)},
			[]rollout.Action{look, warm, {Kind: rollout.Hook, Phase: rollout.BeforeAllowTraffic}}},
		{"shifting", rollout.State{Plan: linear}, []rollout.Event{event(rollout.Start), event(rollout.Claimed), event(rollout.Warmed)}, []rollout.Action{look, move}},
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
