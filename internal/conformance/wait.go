package conformance

import (
	"context"
	"slices"
	"time"
)

// waiter is what one of the SDKs' waiters asks for, and until when.
type waiter struct {
	operation, path, until string
}

// waits are the waiters that recordings use.
var waits = map[string]waiter{
	"function_active_v2":       {"GetFunction", "Configuration.State", "Active"},
	"function_updated_v2":      {"GetFunction", "Configuration.LastUpdateStatus", "Successful"},
	"published_version_active": {"GetFunctionConfiguration", "State", "Active"},
}

// wait repeats a call until it answers what the step waits for, and returns the last answer.
func (p *replay) wait(ctx context.Context, s *Step) any {
	over := time.After(waitLimit)
	path, until := s.Path, []any{s.Equals}
	if w, ok := waits[s.Wait]; ok {
		path, until = w.path, []any{w.until}
	} else if list, ok := s.Equals.([]any); ok {
		until = list
	}
	for {
		a, _, err := p.send(ctx, s)
		if err != nil {
			p.compare.deviate("wait", show(until), err.Error())
			return nil
		}
		state := stateOf(a, path)
		if slices.Contains(until, state) {
			return a.body
		}
		if !pause(ctx, over) {
			p.compare.deviate("wait", show(until), show(state))
			return a.body
		}
	}
}

// stateOf is the value at a path of a success, or the code of an error.
func stateOf(a *answer, path string) any {
	if succeeded(a.status) {
		state, _ := lookup(a.body, path)
		return state
	}
	code, _ := lookup(a.failed, "Error.Code")
	return code
}
