package server

import (
	"cmp"
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"sluice/internal/api/codedeploy"
	"sluice/internal/function"
	"sluice/internal/rollout"
)

// hooks invokes functions as hooks of deployments. It implements rollout.Hooks.
type hooks struct{ *invoker }

func (h hooks) RunHook(ctx context.Context, call rollout.HookCall) (rollout.HookRun, error) {
	event, err := codedeploy.HookEvent(call)
	if err != nil {
		return rollout.HookRun{}, err
	}
	about, err := codedeploy.HookContext(call)
	if err != nil {
		return rollout.HookRun{}, err
	}
	answer, err := h.invoke(ctx, &function.Invocation{
		Function: call.Function, Qualifier: call.Qualifier,
		Call: function.Call{RequestID: uuid.NewString(), Payload: event, ClientContext: about, Tail: true},
	})
	if err != nil {
		return rollout.HookRun{}, err
	}
	run := rollout.HookRun{Failed: answer.Failed, Tail: string(answer.Tail)}
	if answer.Failed {
		run.Error = errorText(answer.Payload)
	}
	return run, nil
}

// errorText is what a function failed with, for people.
func errorText(payload []byte) string {
	var failure struct{ ErrorType, ErrorMessage string }
	if err := json.Unmarshal(payload, &failure); err != nil || failure.ErrorMessage == "" {
		return cmp.Or(failure.ErrorType, string(payload))
	}
	if failure.ErrorType == "" {
		return failure.ErrorMessage
	}
	return failure.ErrorType + ": " + failure.ErrorMessage
}
