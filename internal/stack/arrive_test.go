package stack

import "testing"

// The status that follows the way forward, for each way in which it may end.
func TestWhatFollowsTheWayForward(t *testing.T) {
	const refused = "The following resource(s) failed to create: [A]. "
	for name, tt := range map[string]struct {
		stack   Stack
		op      Operation
		failure string
		status  Status
		reason  string
	}{
		"a creation":                        {Stack{Status: CreateInProgress}, Operation{}, "", CreateComplete, ""},
		"a creation that fails":             {Stack{Status: CreateInProgress}, Operation{}, refused, RollbackInProgress, "The following resource(s) failed to create: [A]. Rollback requested by user."},
		"one that is left then":             {Stack{Status: CreateInProgress}, Operation{OnFailure: OnFailureNothing}, refused, CreateFailed, refused},
		"one that is deleted then":          {Stack{Status: CreateInProgress}, Operation{OnFailure: OnFailureDelete}, refused, DeleteInProgress, "The following resource(s) failed to create: [A]. Delete requested by user."},
		"one that is rolled back then":      {Stack{Status: CreateInProgress}, Operation{OnFailure: OnFailureRollback}, "x", RollbackInProgress, "x Rollback requested by user."},
		"a creation that is not wanted":     {Stack{Status: CreateInProgress}, Operation{Delete: true}, "", DeleteInProgress, "User Initiated"},
		"one that fails and is not wanted":  {Stack{Status: CreateInProgress}, Operation{Delete: true, OnFailure: OnFailureNothing}, refused, DeleteInProgress, "User Initiated"},
		"an update":                         {Stack{Status: UpdateInProgress}, Operation{Before: 1}, "", UpdateCleanupInProgress, ""},
		"an update that fails":              {Stack{Status: UpdateInProgress}, Operation{Before: 1}, refused, UpdateRollbackInProgress, refused},
		"an update that is left then":       {Stack{Status: UpdateInProgress, DisableRollback: true}, Operation{Before: 1}, refused, UpdateFailed, refused},
		"an update of a creation left":      {Stack{Status: UpdateInProgress}, Operation{}, refused, UpdateFailed, refused},
		"an update that is cancelled":       {Stack{Status: UpdateInProgress}, Operation{Before: 1, Cancelled: true}, refused, UpdateRollbackInProgress, "User Initiated"},
		"one that came through nonetheless": {Stack{Status: UpdateInProgress}, Operation{Before: 1, Cancelled: true}, "", UpdateRollbackInProgress, "User Initiated"},
		"a cancelled one of a creation":     {Stack{Status: UpdateInProgress}, Operation{Cancelled: true}, refused, UpdateFailed, "User Initiated"},
	} {
		t.Run(name, func(t *testing.T) {
			s := tt.stack
			s.Operation = &tt.op
			if status, reason := after(&s, tt.failure); status != tt.status || reason != tt.reason {
				t.Errorf("%s %q, want %s %q", status, reason, tt.status, tt.reason)
			}
		})
	}
}

// Why something was taken back is what a parent says of a nested stack.
func TestSetbacks(t *testing.T) {
	for name, tt := range map[string]struct {
		status          Status
		reason, failure string
		want            string
	}{
		"none of a creation":        {CreateComplete, "", "", ""},
		"none of an update":         {UpdateCleanupInProgress, "", "", ""},
		"of an update":              {UpdateRollbackInProgress, "the reason", "the failure", "the reason"},
		"of a creation":             {RollbackInProgress, "the reason", "the failure", "the failure"},
		"of a creation not wanted":  {DeleteInProgress, "User Initiated", "", "User Initiated"},
		"of an update that is left": {UpdateFailed, "the reason", "the failure", "the failure"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := setback(&Stack{Status: tt.status, Reason: tt.reason}, tt.failure); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
