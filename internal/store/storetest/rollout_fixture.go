package storetest

import (
	"time"

	"sluice/internal/comparison"
	"sluice/internal/function"
	"sluice/internal/rollout"
)

// scopes are accounts and regions that a store must tell apart.
var scopes = []function.Scope{
	scope,
	{Account: scope.Account, Region: "us-east-1"},
	{Account: "000000000000", Region: scope.Region},
	{Account: scope.Region, Region: scope.Account},
}

// NewApplication returns an application with every field set.
func NewApplication(name string) *rollout.Application {
	return &rollout.Application{
		Scope: scope, Name: name, ID: "1b646ab6-8e84-49bd-b4a0-8a7f8ace269a", Created: when,
		Tags: map[string]string{"team": "payments", "empty": ""},
	}
}

// NewGroup returns a deployment group with every field set.
func NewGroup(app, name string) *rollout.Group {
	return &rollout.Group{
		Scope: scope, Application: app, Name: name, ID: "65a8398d-66ea-452b-ba57-0eb11ffa9dee",
		Config: "CodeDeployDefault.LambdaAllAtOnce", ServiceRole: "arn:aws:iam::123456789012:role/deploy",
		Rollback: rollout.Rollback{Enabled: true, Events: []rollout.RollbackEvent{rollout.OnFailure, rollout.OnAlarm}},
		Alarms:   rollout.Alarms{Enabled: true, IgnoreFailures: true, Names: []string{"errors", "latency"}},
		Triggers: []rollout.Trigger{{Name: "tell", Target: "arn:aws:sns:eu-central-1:123456789012:t", Events: []string{"DeploymentFailure"}}},
		Outdated: "UPDATE", Tags: map[string]string{"team": "payments"},
	}
}

// NewConfig returns a deployment configuration with every field set.
func NewConfig(name string) *rollout.Config {
	return &rollout.Config{
		Scope: scope, Name: name, ID: "8d2b5ac0-6a1c-4f5e-9b86-3f0a0b4a5f11", Created: when,
		Strategy: rollout.Linear, Percent: 20, Minutes: 3,
	}
}

// NewDeployment returns a deployment of the group app/group with every field set, one that has failed and released its
// alias.
func NewDeployment(id string) *rollout.Deployment {
	return &rollout.Deployment{
		Scope: scope, ID: id, Application: "app", Group: "group", Config: "CodeDeployDefault.LambdaCanary10Percent5Minutes",
		Description: "the new rate", Creator: "user",
		Revision: rollout.Revision{Type: "String", Content: "version: 0.0\n", SHA256: "9b1c"},
		Previous: &rollout.Revision{Type: "AppSpecContent", Content: "{}", SHA256: "44136fa3"},
		Spec:     rollout.Spec{Function: "calculator", Alias: "LIVE", Current: 1, Target: 2, Before: "check", After: "smoke"},
		Created:  when, SpecError: "it can't be read",
		Rollback: rollout.Rollback{Enabled: true, Events: []rollout.RollbackEvent{rollout.OnFailure}},
		Alarms:   rollout.Alarms{Enabled: true, IgnoreFailures: true, Names: []string{"errors"}}, OverridesAlarms: true,
		Options:    rollout.Options{NewAlarms: true, Compare: true, Rollback: "CodeDeployDefault.LambdaLinear10PercentEvery1Minute"},
		RollbackID: "d-ROLLBACK0", RollbackOf: "d-ROLLBACK1", RollbackPlan: []rollout.Shift{{Percent: 10, Wait: time.Minute}, {Percent: 100}},
		Comparison: new(comparison.New(comparison.Options{}, comparison.Counts{Calls: 10, Errors: 1})),
		State:      newState(), Released: true, Scale: 60, Owner: "node-1", Lease: when.Add(time.Minute),
	}
}

func newState() rollout.State {
	return rollout.State{
		Status: rollout.Failed, Started: when.Add(time.Microsecond), Completed: when.Add(time.Hour),
		Plan: []rollout.Shift{{Percent: 10, Wait: 5 * time.Minute}, {Percent: 100, Wait: time.Nanosecond}},
		Step: 1, Percent: 10, Due: when.Add(2 * time.Hour),
		Phases: [3]rollout.Phase{
			{Status: rollout.Succeeded, Start: when.Add(time.Second), End: when.Add(2 * time.Second), Hook: "check", Execution: "run", Tail: "REPORT"},
			{Status: rollout.Failed, Start: when.Add(3 * time.Second), End: when.Add(4 * time.Second)},
			{Status: rollout.Skipped, Start: when.Add(5 * time.Second), End: when.Add(6 * time.Second)},
		},
		Begun: true, Claimed: true, Reached: 10, Paused: true, Left: time.Minute, RollbackOn: []rollout.Cause{rollout.AlarmRang}, Gradual: true, RollsBack: true, Return: true,
		Failure: &rollout.Failure{Cause: rollout.AlarmRang, Message: "it rang", Detail: "errors", Tail: "REPORT"},
	}
}
