package rollout_test

import (
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/rollout"
)

func TestCreateDeploymentRefuses(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "g", "")
	tests := []struct {
		name   string
		change func(*rollout.Request)
		kind   fault.Kind
		noun   string
	}{
		{"no such application", func(r *rollout.Request) { r.Application = "none" }, fault.NotFound, "application"},
		{"no such group", func(r *rollout.Request) { r.Group = "none" }, fault.NotFound, "group"},
		{"no such configuration", func(r *rollout.Request) { r.Config = "none" }, fault.NotFound, "config"},
		{"no revision", func(r *rollout.Request) { r.Revision.Content = " \n" }, fault.Invalid, "revision required"},
		{"a file beyond all measure", func(r *rollout.Request) { r.Revision.Content += strings.Repeat(" ", 16<<10) }, fault.Invalid, "revision"},
		{"another hash", func(r *rollout.Request) { r.Revision.SHA256 = strings.Repeat("0", 64) }, fault.Invalid, "revision"},
		{"a long description", func(r *rollout.Request) { r.Description = strings.Repeat("ä", 257) }, fault.Invalid, "description"},
		{"a rollback on nothing", func(r *rollout.Request) { r.Rollback = &rollout.Rollback{Enabled: true} }, fault.Invalid, "rollback"},
		{"an alarm twice", func(r *rollout.Request) { r.Alarms = &rollout.Alarms{Names: []string{"a", "a"}} }, fault.Invalid, "alarms"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := request("g")
			tt.change(&r)
			_, err := s.CreateDeployment(t.Context(), r)
			wantFault(t, err, tt.kind, tt.noun)
		})
	}
}

func TestCreateDeploymentKeepsWhatItIsToldAndWhatItsGroupSays(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "g", "CodeDeployDefault.LambdaCanary10Percent30Minutes")
	rollback := rollout.Rollback{Enabled: true, Events: []rollout.RollbackEvent{rollout.OnFailure}}
	err := s.UpdateGroup(t.Context(), scope, "app", "g", func(g *rollout.Group) { g.Rollback = rollback })
	if err != nil {
		t.Fatal(err)
	}
	r := request("g")
	r.Description = strings.Repeat("ä", 256)
	r.Alarms = &rollout.Alarms{Enabled: true, Names: []string{"errors"}}
	made, err := s.CreateDeployment(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.Deployment(t.Context(), scope, made.ID)
	if err != nil {
		t.Fatal(err)
	}
	if d.Config != "CodeDeployDefault.LambdaCanary10Percent30Minutes" || d.Description != r.Description || d.Creator != "user" {
		t.Errorf("%+v", d)
	}
	if !d.Rollback.Enabled || len(d.Rollback.Events) != 1 || !d.OverridesAlarms || len(d.Alarms.Names) != 1 {
		t.Errorf("rollback %+v, alarms %+v", d.Rollback, d.Alarms)
	}
	if want := (rollout.Spec{Function: "f", Alias: "live", Current: 1, Target: 2}); d.Spec != want || len(d.Revision.SHA256) != 64 {
		t.Errorf("%+v of %+v", d.Spec, d.Revision)
	}
}

func TestOneDeploymentAtATime(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "g", "CodeDeployDefault.LambdaCanary10Percent30Minutes")
	mustGroup(t, s, "other", "")
	first, err := s.CreateDeployment(t.Context(), request("g"))
	if err != nil {
		t.Fatal(err)
	}
	for _, group := range []string{"g", "other"} { // of the group, and of the alias
		_, err = s.CreateDeployment(t.Context(), request(group))
		wantFault(t, err, fault.Limit, "deployment")
		if err != nil && !strings.Contains(err.Error(), "'"+first.ID+"'") {
			t.Errorf("%q does not name %s", err, first.ID)
		}
	}
	elsewhere := request("other")
	elsewhere.Revision.Content = strings.Replace(yamlSpec, `"live"`, `"dev"`, 1)
	if _, err := s.CreateDeployment(t.Context(), elsewhere); err != nil {
		t.Errorf("another alias of the function: %v", err)
	}
	if _, err := s.Stop(t.Context(), scope, first.ID, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.CreateDeployment(t.Context(), request("g")); err != nil {
		t.Errorf("after the first has ended: %v", err)
	}
}

// A revision that can't be used fails the deployment and not the call, and the reason is the deployment's message.
func TestDeploymentsThatCanNotSucceed(t *testing.T) {
	const broken = "The deployment failed because the AppSpec file that specifies the AWS Lambda deployment configuration is missing or has an invalid configuration."
	notThere := fault.Errorf(fault.NotFound, "function", "Function not found: f")
	tests := []struct {
		name    string
		config  string
		content string
		refuse  error
		cause   rollout.Cause
		message string
	}{
		{"bad YAML", "AllAtOnce", "a: [", nil, rollout.BadConfiguration,
			broken + " The input AppSpec file is a not well-formed yaml. The template cannot be parsed."},
		{"the same version twice", "Canary10Percent5Minutes", strings.Replace(yamlSpec, `"2"`, `"1"`, 1), nil, rollout.BadConfiguration, broken},
		{"another account's function", "AllAtOnce", strings.Replace(yamlSpec, `"f"`, "arn:aws:lambda:eu-central-1:999999999999:function:f", 1), nil,
			rollout.BadConfiguration, broken + " arn:aws:lambda:eu-central-1:999999999999:function:f is not the ARN of a function of this account and region."},
		{"no function", "AllAtOnce", yamlSpec, notThere, rollout.MissingFunction,
			"The deployment failed because the AppSpec file names a function, an alias or a version that does not exist. Function not found: f"},
		{"an alias elsewhere", "AllAtOnce", yamlSpec, fault.Errorf(fault.Conflict, "alias", "It points to version 3."), rollout.BadConfiguration,
			broken + " The Lambda function alias version does not match the current version in AppSpec file."},
		{"versions that may not share an alias", "AllAtOnce", yamlSpec, fault.Errorf(fault.Invalid, "routing", "They have two roles."),
			rollout.BadConfiguration, broken + " They have two roles."},
		{"an alias that another deployment took", "AllAtOnce", yamlSpec, fault.Errorf(fault.Conflict, "deployment", "d-OTHER0000 moves it."),
			rollout.BadConfiguration, "The deployment failed because another one was faster. d-OTHER0000 moves it."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			aliases := newTraffic()
			aliases.refuse = tt.refuse
			s := startService(t, rollout.ServiceConfig{Store: openStore(t, t.TempDir()), Traffic: aliases})
			mustGroup(t, s, "g", "CodeDeployDefault.Lambda"+tt.config)
			r := request("g")
			r.Revision.Content = tt.content
			d := finish(t, s, mustCreate(t, s, r))
			if d.Status() != rollout.Failed || d.State.Failure.Cause != tt.cause || d.State.Failure.Message != tt.message {
				t.Errorf("%s, %+v", d.Status(), d.State.Failure)
			}
			if moved := aliases.weights("f"); len(moved) > 0 {
				t.Errorf("the alias was moved: %v", moved)
			}
			if _, err := s.CreateDeployment(t.Context(), request("g")); err != nil {
				t.Errorf("the next one: %v", err)
			}
		})
	}
}

func TestAllAtOnceMayNameTheSameVersionTwice(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "g", "")
	r := request("g")
	r.Revision.Content = strings.Replace(yamlSpec, `"2"`, `"1"`, 1)
	if d := finish(t, s, mustCreate(t, s, r)); d.Status() != rollout.Succeeded {
		t.Errorf("%s, %+v", d.Status(), d.State.Failure)
	}
}

func TestAFunctionMayBeNamedByItsARN(t *testing.T) {
	s := newService(t)
	mustGroup(t, s, "g", "")
	r := request("g")
	r.Revision.Content = strings.Replace(yamlSpec, `"f"`, function.ID{Scope: scope, Name: "f"}.ARN(), 1)
	d := finish(t, s, mustCreate(t, s, r))
	if d.Status() != rollout.Succeeded || d.Function().Name != "f" {
		t.Errorf("%s of %v", d.Status(), d.Function())
	}
}
