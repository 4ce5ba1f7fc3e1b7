package codedeploy

import (
	"slices"
	"time"

	"sluice/internal/rollout"
)

// The records that these tests put past the API.

func application(name string) *rollout.Application {
	return &rollout.Application{Scope: here, Name: name, ID: "1b646ab6-8e84-49bd-b4a0-8a7f8ace269a", Created: noon}
}

func group(app, name string) *rollout.Group {
	return &rollout.Group{
		Scope: here, Application: app, Name: name, ID: "65a8398d-66ea-452b-ba57-0eb11ffa9dee",
		Config: "CodeDeployDefault.LambdaAllAtOnce", ServiceRole: role,
	}
}

const spec = `{"version": 0.0, "Resources": [{"f": {"Type": "AWS::Lambda::Function", "Properties": {"Name": "calculator", "Alias": "LIVE", "CurrentVersion": "1", "TargetVersion": "2"}}}]}`

var (
	canaryPlan = []rollout.Shift{{Percent: 10, Wait: 5 * time.Minute}, {Percent: 100}}
	oncePlan   = []rollout.Shift{{Percent: 100}}
)

// deployment returns one of the group app/group that has seen the events, the first a second after noon and each
// further one a minute later.
func deployment(id string, plan []rollout.Shift, events ...rollout.Event) *rollout.Deployment {
	d := &rollout.Deployment{
		Scope: here, ID: id, Application: "app", Group: "group", Config: "CodeDeployDefault.LambdaCanary10Percent5Minutes", Creator: "user",
		Revision: rollout.Revision{Type: "AppSpecContent", Content: spec, SHA256: "6d1f"},
		Spec:     rollout.Spec{Function: "calculator", Alias: "LIVE", Current: 1, Target: 2},
		Created:  noon, State: rollout.State{Status: rollout.Created, Plan: plan},
	}
	see(d, events...)
	return d
}

func see(d *rollout.Deployment, events ...rollout.Event) {
	at := d.Created.Add(time.Second)
	for _, e := range events {
		if e.Kind == rollout.TimePassed && d.State.Due.After(at) {
			at = d.State.Due
		}
		d.State, _ = rollout.Next(d.State, e, at, 1)
		if e.Kind != rollout.Claimed { // a target is warm as soon as the alias is claimed
			at = at.Add(time.Minute)
		}
	}
	d.Released = d.State.Status.Ended()
}

func event(kind rollout.EventKind) rollout.Event { return rollout.Event{Kind: kind} }

func failure(kind rollout.EventKind, cause rollout.Cause) rollout.Event {
	return rollout.Event{Kind: kind, Failure: &rollout.Failure{Cause: cause, Message: "why it failed", Detail: "more about it"}}
}

func hookFailed(execution string) rollout.Event {
	return rollout.Event{Kind: rollout.HookFailure, Execution: execution, Failure: &rollout.Failure{
		Cause: rollout.HookFailed, Message: "why it failed", Detail: "what the hook said", Tail: "the end of its log",
	}}
}

// stages are deployments wherever one can stand.
func stages() map[string]*rollout.Deployment {
	start, owned, claimed := event(rollout.Start), event(rollout.Claimed), event(rollout.Warmed)
	passed, moved := event(rollout.TimePassed), event(rollout.Moved)
	all := map[string]*rollout.Deployment{
		"01 created":                        deployment("d-000000001", canaryPlan),
		"02 started":                        deployment("d-000000002", canaryPlan, start),
		"03 shifting":                       deployment("d-000000003", canaryPlan, start, owned, claimed),
		"04 succeeded":                      deployment("d-000000004", canaryPlan, start, owned, claimed, passed, moved),
		"05 succeeded all at once":          deployment("d-000000005", oncePlan, start, owned, claimed, moved),
		"06 ended, alias not let go":        deployment("d-000000006", oncePlan, start, owned, claimed, moved),
		"07 appspec unusable":               deployment("d-000000007", canaryPlan, start, failure(rollout.Refused, rollout.BadConfiguration)),
		"08 function missing":               deployment("d-000000008", canaryPlan, start, failure(rollout.Refused, rollout.MissingFunction)),
		"09 lost its alias at 10 %":         deployment("d-000000009", canaryPlan, start, owned, claimed, failure(rollout.Refused, rollout.MissingFunction)),
		"10 stopped before the start":       deployment("d-000000010", canaryPlan, failure(rollout.Stop, rollout.StopAsked)),
		"11 stopped at 10 %":                deployment("d-000000011", canaryPlan, start, owned, claimed, failure(rollout.Stop, rollout.StopAsked)),
		"12 stopped by an alarm":            deployment("d-000000012", canaryPlan, start, owned, claimed, failure(rollout.Stop, rollout.AlarmRang)),
		"13 waits for the hook before":      deployment("d-000000013", canaryPlan),
		"14 hook before failed":             deployment("d-000000014", canaryPlan),
		"15 hook before timed out":          deployment("d-000000015", canaryPlan),
		"16 hook after failed":              deployment("d-000000016", oncePlan),
		"21 stopped during the hook before": deployment("d-000000021", canaryPlan),
		"22 rolled back":                    deployment("d-000000022", canaryPlan, start, owned, claimed, failure(rollout.Stop, rollout.AlarmRang)),
		"24 stopped by the comparison":      deployment("d-000000024", canaryPlan, start, owned, claimed, failure(rollout.Stop, rollout.TargetWorse)),
		"23 rollback":                       deployment("d-000000023", oncePlan, start, owned, claimed, moved),
		"20 at 100 %, not there yet":        deployment("d-000000020", oncePlan, start, owned, claimed),
		"17 all members":                    deployment("d-000000017", canaryPlan, start, owned, claimed),
		"18 overrides alarms with none":     deployment("d-000000018", canaryPlan),
		"19 ended in failure, not let go":   deployment("d-000000019", canaryPlan, start, owned, claimed, failure(rollout.Stop, rollout.StopAsked)),
	}
	all["06 ended, alias not let go"].Released = false
	all["19 ended in failure, not let go"].Released = false
	all["07 appspec unusable"].SpecError = "why it failed"
	all["07 appspec unusable"].Spec = rollout.Spec{}
	hooked := func(name string, events ...rollout.Event) {
		phases := &all[name].State.Phases
		phases[rollout.BeforeAllowTraffic] = rollout.Phase{Hook: "CodeDeployHook_before", Execution: "before's"}
		phases[rollout.AfterAllowTraffic] = rollout.Phase{Hook: "CodeDeployHook_after", Execution: "after's"}
		see(all[name], events...)
	}
	hooked("13 waits for the hook before", start, owned, claimed)
	hooked("14 hook before failed", start, owned, claimed, hookFailed("before's"))
	hooked("15 hook before timed out", start, owned, claimed, passed)
	hooked("16 hook after failed", start, owned, claimed, rollout.Event{Kind: rollout.HookSucceeded, Execution: "before's"}, moved, hookFailed("after's"))
	hooked("21 stopped during the hook before", start, owned, claimed, failure(rollout.Stop, rollout.AlarmRang))
	all["22 rolled back"].RollbackID, all["23 rollback"].RollbackOf = "d-000000023", "d-000000022"
	all["23 rollback"].Creator = "codeDeployRollback"
	adorn(all["17 all members"])
	all["18 overrides alarms with none"].Alarms = rollout.Alarms{Names: []string{}}
	all["18 overrides alarms with none"].OverridesAlarms = true
	return all
}

// adorn sets what most deployments have not.
func adorn(d *rollout.Deployment) {
	d.Description, d.Creator = "the new rate", "codeDeployRollback"
	d.Revision.Type = "String"
	d.Previous = &rollout.Revision{Type: "AppSpecContent", Content: "{}", SHA256: "44136fa3"}
	d.Rollback = rollout.Rollback{Enabled: true, Events: slices.Clone(rollbackEvents)}
	d.Alarms = rollout.Alarms{Enabled: true, IgnoreFailures: true, Names: []string{"errors", "latency"}}
	d.OverridesAlarms = true
}
