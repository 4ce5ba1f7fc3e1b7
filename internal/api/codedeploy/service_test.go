package codedeploy

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	shape "sluice/internal/api/shape/codedeploy"
	"sluice/internal/fault"
	"sluice/internal/rollout"
)

// stock fills a desk with what the requests of valid are about, and returns the ID of a deployment that can be stopped.
func stock(d *desk) string {
	d.put(application("app"), group("app", "group"), group("app", "idle"), &rollout.Config{Scope: here, Name: "own", Strategy: rollout.Canary, Percent: 10, Minutes: 1},
		deployment("d-000000003", canaryPlan, event(rollout.Start), event(rollout.Claimed), event(rollout.Warmed)))
	return d.must("CreateDeployment", object{"applicationName": "app", "deploymentGroupName": "idle", "revision": revisionOf("other")})["deploymentId"].(string)
}

// revisionOf is a revision that moves a function's alias LIVE from version 1 to 2.
func revisionOf(function string) object {
	return object{"revisionType": "AppSpecContent", "appSpecContent": object{"content": strings.ReplaceAll(spec, "calculator", function)}}
}

// valid returns a request for each operation that is served, each of which succeeds on a stocked desk.
func valid(id string) map[string]object {
	const arn = "arn:aws:codedeploy:us-east-1:000000000000:application:app"
	routing := object{"type": "TimeBasedCanary", "timeBasedCanary": object{"canaryPercentage": 5, "canaryInterval": 1}}
	return map[string]object{
		"CreateApplication":        {"applicationName": "new", "computePlatform": "Lambda"},
		"GetApplication":           {"applicationName": "app"},
		"BatchGetApplications":     {"applicationNames": list{"app"}},
		"ListApplications":         {},
		"UpdateApplication":        {"applicationName": "app", "newApplicationName": "renamed"},
		"DeleteApplication":        {"applicationName": "none"},
		"CreateDeploymentGroup":    {"applicationName": "app", "deploymentGroupName": "new", "serviceRoleArn": role},
		"GetDeploymentGroup":       {"applicationName": "app", "deploymentGroupName": "group"},
		"BatchGetDeploymentGroups": {"applicationName": "app", "deploymentGroupNames": list{"group"}},
		"ListDeploymentGroups":     {"applicationName": "app"},
		"UpdateDeploymentGroup":    {"applicationName": "app", "currentDeploymentGroupName": "group", "newDeploymentGroupName": "renamed"},
		"DeleteDeploymentGroup":    {"applicationName": "app", "deploymentGroupName": "none"},
		"CreateDeploymentConfig":   {"deploymentConfigName": "new", "computePlatform": "Lambda", "trafficRoutingConfig": routing},
		"GetDeploymentConfig":      {"deploymentConfigName": "own"},
		"ListDeploymentConfigs":    {},
		"DeleteDeploymentConfig":   {"deploymentConfigName": "own"},
		"CreateDeployment":         {"applicationName": "app", "deploymentGroupName": "group2", "revision": revisionOf("third")},
		"GetDeployment":            {"deploymentId": "d-000000003"},
		"BatchGetDeployments":      {"deploymentIds": list{"d-000000003"}},
		"ListDeployments":          {"applicationName": "app", "deploymentGroupName": "group"},
		"StopDeployment":           {"deploymentId": id},
		"PutLifecycleEventHookExecutionStatus": {
			"deploymentId": "d-000000013", "lifecycleEventHookExecutionId": "before's", "status": "Succeeded",
		},
		"ListDeploymentTargets":     {"deploymentId": "d-000000003"},
		"GetDeploymentTarget":       {"deploymentId": "d-000000003", "targetId": "calculator"},
		"BatchGetDeploymentTargets": {"deploymentId": "d-000000003", "targetIds": list{"calculator"}},
		"TagResource":               {"ResourceArn": arn, "Tags": list{object{"Key": "team", "Value": "payments"}}},
		"UntagResource":             {"ResourceArn": arn, "TagKeys": list{"team"}},
		"ListTagsForResource":       {"ResourceArn": arn},
	}
}

func TestEveryOperationAnswers(t *testing.T) {
	for operation := range valid("") {
		t.Run(operation, func(t *testing.T) {
			d := newDesk(t)
			id := stock(d)
			d.put(group("app", "group2"), stages()["13 waits for the hook before"])
			if operation == "PutLifecycleEventHookExecutionStatus" { // only who drives a deployment hears its hooks
				d.start()
			}
			d.must(operation, valid(id)[operation])
		})
	}
}

// What concerns servers and containers is not served, and says so.
func TestNoOtherOperationIsServed(t *testing.T) {
	d := newDesk(t)
	served := valid("")
	for _, operation := range shape.Model.Operations {
		if _, ok := served[operation.Name]; !ok {
			d.wantRefused("NotImplementedException", operation.Name, object{})
		}
	}
}

// Every operation refuses a request that lacks a required member with the exception that AWS lists for that.
func TestMissingMembers(t *testing.T) {
	d := newDesk(t)
	exceptions := readExceptions(t)
	for operation, whole := range valid(stock(d)) {
		model, _ := shape.Model.Operation(operation)
		if model.Rules == nil {
			continue
		}
		for _, member := range model.Rules.Members {
			if !member.Required {
				continue
			}
			partial := maps.Clone(whole)
			maps.DeleteFunc(partial, func(name string, _ any) bool { return strings.EqualFold(name, member.Name) }) // messages write resourceArn
			if len(partial) == len(whole) {
				t.Errorf("%s has no member %s", operation, member.Name)
			}
			code, message := d.refused(operation, partial)
			if !strings.HasSuffix(code, "RequiredException") || !slices.Contains(exceptions[operation], code) {
				t.Errorf("%s without %s: %s (%s)", operation, member.Name, code, message)
			}
		}
	}
}

// readExceptions returns the exceptions that AWS's API model lists for each operation.
func readExceptions(t testing.TB) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/exceptions.txt")
	if err != nil {
		t.Fatal(err)
	}
	exceptions := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		if operation, listed, ok := strings.Cut(line, ":"); ok {
			exceptions[operation] = strings.Fields(listed)
		}
	}
	return exceptions
}

// No name in the error table is made up. That of a server that stops is one of AWS's common errors.
func TestEveryErrorIsOneOfAWSs(t *testing.T) {
	all := map[string]bool{}
	for _, listed := range readExceptions(t) {
		for _, name := range listed {
			all[name] = true
		}
	}
	for _, e := range fault.Table[string](names).Errors() {
		if name, _ := fault.Table[string](names).Find(e); !all[name] && e.Kind != fault.Unavailable {
			t.Errorf("%s %q is a %s, which no operation lists", e.Kind, e.Noun, name)
		}
	}
}
