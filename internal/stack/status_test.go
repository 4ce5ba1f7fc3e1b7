package stack

import "testing"

func TestStatusesSayWhatMayBegin(t *testing.T) {
	for status, want := range map[Status]struct{ running, updatable bool }{
		CreateInProgress: {true, false}, CreateFailed: {false, true}, CreateComplete: {false, true},
		RollbackInProgress: {true, false}, RollbackFailed: {}, RollbackComplete: {},
		DeleteInProgress: {true, false}, DeleteFailed: {}, DeleteComplete: {},
		UpdateInProgress: {true, false}, UpdateCleanupInProgress: {true, false}, UpdateComplete: {false, true}, UpdateFailed: {false, true},
		UpdateRollbackInProgress: {true, false}, UpdateRollbackFailed: {}, UpdateRollbackCleanupInProgress: {true, false}, UpdateRollbackComplete: {false, true},
		ReviewInProgress: {}, // waits for somebody
	} {
		if status.Running() != want.running || status.Updatable() != want.updatable {
			t.Errorf("%s: running %v, updatable %v", status, status.Running(), status.Updatable())
		}
	}
}

func TestAStackIsHeldOnlyBeforeItsCleanup(t *testing.T) {
	for _, tt := range []struct {
		status Status
		op     *Operation
		want   bool
	}{
		{UpdateCleanupInProgress, &Operation{Held: true}, true}, {UpdateRollbackCleanupInProgress, &Operation{Held: true}, true},
		{UpdateInProgress, &Operation{Held: true}, false}, {UpdateCleanupInProgress, &Operation{}, false}, {UpdateComplete, nil, false},
	} {
		if s := (&Stack{Status: tt.status, Operation: tt.op}); s.Held() != tt.want {
			t.Errorf("%s with %+v: %v", tt.status, tt.op, s.Held())
		}
	}
}

// A stack takes nested stacks in while it is made or changed, and is meant to be.
func TestGrowingStacks(t *testing.T) {
	for _, tt := range []struct {
		status Status
		op     *Operation
		want   bool
	}{
		{CreateInProgress, &Operation{}, true}, {UpdateInProgress, &Operation{}, true}, {CreateComplete, nil, false}, {CreateInProgress, nil, false},
		{CreateInProgress, &Operation{Delete: true}, false}, {UpdateInProgress, &Operation{Cancelled: true}, false},
		{UpdateInProgress, &Operation{Failure: "an alarm"}, false}, {RollbackInProgress, &Operation{}, false},
	} {
		if s := (&Stack{Status: tt.status, Operation: tt.op}); s.growing() != tt.want {
			t.Errorf("%s with %+v: %v", tt.status, tt.op, s.growing())
		}
	}
}

// The goal that is shown: the one aimed at while a stack is made, the one in force otherwise.
func TestAimOfAStack(t *testing.T) {
	for name, tt := range map[string]struct {
		stack Stack
		want  int
	}{
		"being made":         {Stack{Status: CreateInProgress, Goals: 1, Operation: &Operation{Goal: 1}}, 1},
		"made":               {Stack{Status: CreateComplete, Goal: 1, Goals: 1}, 1},
		"never made":         {Stack{Status: RollbackComplete, Goals: 1}, 1},
		"being changed":      {Stack{Status: UpdateInProgress, Goal: 1, Goals: 2, Operation: &Operation{Goal: 2}}, 2},
		"cleaned up":         {Stack{Status: UpdateCleanupInProgress, Goal: 1, Goals: 2, Operation: &Operation{Goal: 2}}, 2},
		"being taken back":   {Stack{Status: UpdateRollbackInProgress, Goal: 1, Goals: 2, Operation: &Operation{Goal: 2}}, 1},
		"left as it failed":  {Stack{Status: UpdateFailed, Goal: 1, Goals: 2, Operation: &Operation{Goal: 2}}, 1},
		"after that, at all": {Stack{Status: UpdateRollbackComplete, Goal: 1, Goals: 2}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tt.stack.aim(); got != tt.want {
				t.Errorf("goal %d, want %d", got, tt.want)
			}
		})
	}
}
