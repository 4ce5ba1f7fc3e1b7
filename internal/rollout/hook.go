package rollout

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Hooks runs the functions that decide about deployments. internal/server implements it.
type Hooks interface {
	// RunHook invokes a hook's function and returns when it has ended, or when ctx has. An error of the function is in
	// the run. The error says that the function did not run: fault.Throttled if it may later.
	RunHook(ctx context.Context, call HookCall) (HookRun, error)
}

// HookCall says which hook to run, and for what.
type HookCall struct {
	Deployment *Deployment // only to be read
	Phase      PhaseName
	Execution  string // what the hook reports by
	Function   function.ID
	Qualifier  string // of the function; may be empty
}

// HookRun is how a hook's function ended.
type HookRun struct {
	Failed bool
	Error  string // what it failed with, for people
	Tail   string // the end of its log, at most 4 KB
}

// newExecution returns what a run of a hook is named by. Nobody can guess it; its form is AWS's (recorded in a run of
// 2026-08-08).
func newExecution() string {
	var random [48]byte
	rand.Read(random[:])                                                   // never fails
	text, _ := json.Marshal(map[string][]byte{"encryptedData": random[:]}) // never fails
	return base64.StdEncoding.EncodeToString(text)
}

// parseHook reads a hook's function: a name or an ARN, with a qualifier or without.
func parseHook(text string, scope function.Scope) (id function.ID, qualifier string, err error) {
	name := text
	if strings.HasPrefix(text, "arn:") {
		var ok bool
		if name, ok = strings.CutPrefix(text, function.ID{Scope: scope}.ARN()); !ok {
			return id, "", specError("The hook %s is not a function of this account and region.", text)
		}
	}
	name, qualifier, _ = strings.Cut(name, ":")
	if name == "" || strings.Contains(qualifier, ":") {
		return id, "", specError("The hook %q is not a function's name or ARN.", text)
	}
	return function.ID{Scope: scope, Name: name}, qualifier, nil
}

// maxDetail is how much of a hook's error is kept, in bytes.
const maxDetail = 4 << 10

// runHook begins to run the hook of a phase. What becomes of it is an event.
func (d *driver) runHook(phase PhaseName) {
	run := d.deployment.State.Phases[phase]
	call := HookCall{Deployment: d.deployment, Phase: phase, Execution: run.Execution}
	call.Function, call.Qualifier, _ = parseHook(run.Hook, d.deployment.Scope) // was read when the deployment was created
	d.controller.spawn(func() {
		end, err := d.invokeHook(call)
		if d.controller.stopping.Err() != nil {
			return // whoever goes on with the deployment invokes the hook again
		}
		d.hookEnded(call, end, err)
	})
}

// invokeHook tries again while the function is throttled, and longer each time.
func (d *driver) invokeHook(call HookCall) (HookRun, error) {
	ctx := d.controller.stopping
	for delay := time.Second; ; delay = min(2*delay, 30*time.Second) {
		end, err := d.controller.Hooks.RunHook(ctx, call)
		if !fault.Is(err, fault.Throttled, "") {
			return end, err
		}
		select {
		case <-time.After(delay):
		case <-ctx.Done():
			return end, ctx.Err()
		}
		if now := d.look(); now.State.phase() != call.Phase {
			return HookRun{}, nil // nobody waits for it any more
		}
	}
}

// hookEnded tells of a hook whose function has ended. One that failed before it has reported fails its phase at once. The
// log of one that reported a failure comes after it, even if the deployment has ended meanwhile.
func (d *driver) hookEnded(call HookCall, end HookRun, err error) {
	if err != nil {
		end = HookRun{Failed: true, Error: err.Error()}
	}
	if end.Failed {
		if len(end.Error) > maxDetail {
			end.Error = strings.ToValidUTF8(end.Error[:maxDetail], "") + "…"
		}
		d.post(Event{Kind: HookFailure, Execution: call.Execution, Failure: &Failure{
			Cause: HookFailed, Message: hookFailedText, Detail: end.Error, Tail: end.Tail,
		}})
	}
	if end.Tail != "" {
		d.post(Event{Kind: HookEnded, Execution: call.Execution, Tail: end.Tail})
	}
}

// ReportHook takes what a hook decided about its deployment.
// Errors: those of Deployment; fault.Invalid "execution" if no hook of the deployment was begun by that name;
// fault.Conflict "hook ended" if it has reported already, or nobody waits for it any more; fault.Unavailable "deployment"
// if the report could not be stored.
func (s *Service) ReportHook(ctx context.Context, scope function.Scope, id, execution string, succeeded bool) error {
	d, err := s.Deployment(ctx, scope, id)
	if err != nil {
		return err
	}
	phase, known := d.hooked(execution)
	if !known {
		return fault.Errorf(fault.Invalid, "execution", "The deployment %s has no lifecycle event hook execution with that ID", id)
	}
	event := Event{Kind: HookSucceeded, Execution: execution}
	if !succeeded {
		event = Event{Kind: HookFailure, Execution: execution, Failure: &Failure{
			Cause: HookFailed, Message: hookFailedText, Detail: "The hook reported that it failed.",
		}}
	}
	waiting := func(d *Deployment) bool { return d.State.Phases[phase].Status == InProgress }
	switch found, after := s.controller.postIf(id, event, waiting); {
	case !found:
		return fault.Errorf(fault.Conflict, "hook ended", "The lifecycle event %s of the deployment %s has already been completed", phase, id)
	case waiting(after):
		return fault.Errorf(fault.Unavailable, "deployment", "The report could not be stored now; try again")
	}
	return nil
}

// hooked returns the phase whose hook has a run of that name, begun or ended.
func (d *Deployment) hooked(execution string) (PhaseName, bool) {
	for i, p := range d.State.Phases {
		if p.Hook != "" && !p.Start.IsZero() && p.Execution == execution {
			return PhaseName(i), true
		}
	}
	return 0, false
}
