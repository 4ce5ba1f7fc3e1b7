package codedeploy

import (
	"context"
	"encoding/json"
	"fmt"

	shape "sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
	"sluice/internal/rollout"
)

// HookEvent is what a hook's function is invoked with (printed in tests/test_seed_003.py, and in a run of 2026-08-08).
func HookEvent(call rollout.HookCall) ([]byte, error) {
	event, err := json.Marshal(struct {
		DeploymentId                  string
		LifecycleEventHookExecutionId string
	}{call.Deployment.ID, call.Execution})
	if err != nil {
		return nil, fmt.Errorf("write a hook's event: %w", err)
	}
	return event, nil
}

// HookContext is the client context that a hook's function gets besides: what it is asked to decide about. AWS sends
// none, and hooks there have to know it from elsewhere.
func HookContext(call rollout.HookCall) (string, error) {
	spec := call.Deployment.Spec
	type about struct {
		LifecycleEvent string `json:"lifecycleEvent"`
		FunctionName   string `json:"functionName"`
		FunctionAlias  string `json:"functionAlias"`
		CurrentVersion string `json:"currentVersion"`
		TargetVersion  string `json:"targetVersion"`
	}
	text, err := json.Marshal(map[string]about{"custom": {
		call.Phase.String(), spec.Function, spec.Alias, spec.Current.String(), spec.Target.String(),
	}})
	if err != nil {
		return "", fmt.Errorf("write a hook's context: %w", err)
	}
	return string(text), nil
}

func (a *api) reportHook(ctx context.Context, r *wire.Request, in *shape.PutLifecycleEventHookExecutionStatusInput) (*shape.PutLifecycleEventHookExecutionStatusOutput, error) {
	status := rollout.Status(wire.Value(in.Status))
	if status != rollout.Succeeded && status != rollout.Failed {
		return nil, fault.Errorf(fault.Invalid, "hook status", "A hook reports Succeeded or Failed, not '%s'", status)
	}
	err := a.rollouts.ReportHook(ctx, scope(r), wire.Value(in.DeploymentId), wire.Value(in.LifecycleEventHookExecutionId), status == rollout.Succeeded)
	if err != nil {
		return nil, err
	}
	return &shape.PutLifecycleEventHookExecutionStatusOutput{LifecycleEventHookExecutionId: in.LifecycleEventHookExecutionId}, nil
}

// diagnostics tell why a hook failed its event.
func diagnostics(p rollout.Phase, f *rollout.Failure) *shape.Diagnostics {
	if p.Hook == "" || p.Status != rollout.Failed || f == nil {
		return nil
	}
	shown := &shape.Diagnostics{ScriptName: &p.Hook, ErrorCode: new("ScriptFailed"), Message: &f.Detail, LogTail: &f.Tail}
	switch f.Cause {
	case rollout.HookFailed:
	case rollout.HookTimedOut:
		shown.ErrorCode, shown.Message = new("ScriptTimedOut"), &f.Message
	default: // it had no chance to report
		shown.ErrorCode, shown.Message = new("UnknownError"), &f.Message
	}
	return shown
}
