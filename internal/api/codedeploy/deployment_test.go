package codedeploy

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/internal/rollout"
)

// Deployments wherever one can stand, as whole answers.
func TestDeploymentAnswers(t *testing.T) {
	tr := &transcript{desk: newDesk(t)}
	all := stages()
	for _, title := range slices.Sorted(maps.Keys(all)) {
		tr.put(all[title])
		tr.ask(title, "GetDeployment", object{"deploymentId": all[title].ID})
	}
	tr.ask("several, one missing", "BatchGetDeployments", object{"deploymentIds": list{"d-000000004", "d-MISSING00", "d-000000001"}})
	tr.ask("none of them there", "BatchGetDeployments", object{"deploymentIds": list{"d-MISSING00"}})
	tr.ask("stopping one that has ended", "StopDeployment", object{"deploymentId": "d-000000004"})
	tr.compare("deployment")
}

// Every cause of a failure has a code of its own.
func TestEveryCauseHasACode(t *testing.T) {
	seen := map[rollout.Cause]bool{}
	for _, d := range stages() {
		if f := d.State.Failure; f != nil {
			seen[f.Cause] = codes[f.Cause] != ""
		}
	}
	if len(seen) != len(codes) || slices.Contains(slices.Collect(maps.Values(seen)), false) {
		t.Errorf("seen are %v, there are %v", seen, codes)
	}
}

func TestADeploymentIsShownAsItWasCreated(t *testing.T) {
	d := newDesk(t)
	d.put(application("app"), group("app", "group"))
	shown := deployed(d, object{
		"deploymentConfigName": "CodeDeployDefault.LambdaLinear10PercentEvery2Minutes", "description": "Größe 256: " + strings.Repeat("ä", 245),
		"ignoreApplicationStopFailures": false, "updateOutdatedInstancesOnly": false, "fileExistsBehavior": "DISALLOW",
		"autoRollbackConfiguration":  object{"enabled": true, "events": list{"DEPLOYMENT_FAILURE"}},
		"overrideAlarmConfiguration": alarmsOf(true, "errors"),
	})
	for member, want := range map[string]string{
		"applicationName": `"app"`, "deploymentGroupName": `"group"`, "status": `"Created"`, "creator": `"user"`, "computePlatform": `"Lambda"`,
		"deploymentConfigName":       `"CodeDeployDefault.LambdaLinear10PercentEvery2Minutes"`,
		"description":                `"Größe 256: ` + strings.Repeat("ä", 245) + `"`,
		"autoRollbackConfiguration":  `{"enabled": true, "events": ["DEPLOYMENT_FAILURE"]}`,
		"overrideAlarmConfiguration": `{"enabled": true, "ignorePollAlarmFailure": false, "alarms": [{"name": "errors"}]}`,
		"deploymentOverview":         `{"Pending": 1, "InProgress": 0, "Succeeded": 0, "Failed": 0, "Skipped": 0, "Ready": 0}`,
	} {
		wantJSON(t, shown[member], want)
	}
}

// deployed creates a deployment of app/group and returns how it is shown.
func deployed(d *desk, in object) object {
	d.t.Helper()
	in["applicationName"], in["deploymentGroupName"] = "app", "group"
	if in["revision"] == nil {
		in["revision"] = revisionOf("calculator")
	}
	id := d.must("CreateDeployment", in)["deploymentId"]
	out := d.must("GetDeployment", object{"deploymentId": id})
	return out["deploymentInfo"].(map[string]any)
}

// What a request does not say comes from the group.
func TestADeploymentTakesItsGroupsSettings(t *testing.T) {
	d := newDesk(t)
	g := group("app", "group")
	g.Config = "CodeDeployDefault.LambdaCanary10Percent10Minutes"
	g.Rollback = rollout.Rollback{Enabled: true, Events: []rollout.RollbackEvent{rollout.OnAlarm}}
	g.Alarms = rollout.Alarms{Enabled: true, Names: []string{"errors"}}
	d.put(application("app"), g)
	shown := deployed(d, object{})
	wantJSON(t, shown["deploymentConfigName"], `"CodeDeployDefault.LambdaCanary10Percent10Minutes"`)
	wantJSON(t, shown["autoRollbackConfiguration"], `{"enabled": true, "events": ["DEPLOYMENT_STOP_ON_ALARM"]}`)
	if override, ok := shown["overrideAlarmConfiguration"]; ok {
		t.Errorf("it shows the group's alarms as its own: %v", override)
	}
}

func TestStop(t *testing.T) {
	d := newDesk(t)
	d.put(application("app"), group("app", "group"))
	id := deployed(d, object{})["deploymentId"]
	wantJSON(t, d.must("StopDeployment", object{"deploymentId": id, "autoRollbackEnabled": true}),
		`{"status": "Succeeded", "statusMessage": "No more commands will be scheduled for execution in the deployment instances"}`)
	shown := d.must("GetDeployment", object{"deploymentId": id})["deploymentInfo"].(map[string]any)
	wantJSON(t, shown["status"], `"Stopped"`)
	wantJSON(t, shown["errorInformation"], `{"code": "MANUAL_STOP", "message": "The deployment was stopped on request."}`)
	d.wantRefused("DeploymentAlreadyCompletedException", "StopDeployment", object{"deploymentId": id})
}

// A deployment whose alias can't be moved back is pending until it can.
func TestAStopThatIsHeldUp(t *testing.T) {
	d := newDesk(t)
	d.put(application("app"), group("app", "group"))
	id := deployed(d, object{})["deploymentId"]
	d.traffic.broken.Store(true)
	for range 2 {
		wantJSON(t, d.must("StopDeployment", object{"deploymentId": id})["status"], `"Pending"`)
	}
	d.traffic.broken.Store(false)
	wantJSON(t, d.must("StopDeployment", object{"deploymentId": id})["status"], `"Succeeded"`)
}

func TestListsOfDeploymentsArePaged(t *testing.T) {
	d := newDesk(t)
	d.put(application("app"), group("app", "group"))
	var want list
	for i := range 201 {
		made := deployment(fmt.Sprintf("d-%09d", i), canaryPlan)
		made.Created = noon.Add(time.Duration(i/50) * time.Minute)
		d.put(made)
		want = append(want, made.ID)
	}
	slices.Reverse(want) // the newest first
	for _, in := range []object{{}, {"applicationName": "app", "deploymentGroupName": "group"}, {"includeOnlyStatuses": list{"Created"}}} {
		wantPages(t, d, "ListDeployments", in, "deployments", want, 100, 100, 1)
	}
}

func TestABatchOfTwentyFiveDeployments(t *testing.T) {
	d := newDesk(t)
	d.put(deployment("d-000000001", canaryPlan))
	out := d.must("BatchGetDeployments", object{"deploymentIds": repeat("d-000000001", 25)})
	if n := len(out["deploymentsInfo"].([]any)); n != 25 {
		t.Errorf("%d deployments, want 25", n)
	}
}

func TestFiltersOfDeployments(t *testing.T) {
	d := newDesk(t)
	other := deployment("d-OTHER0000", canaryPlan, failure(rollout.Stop, rollout.StopAsked))
	other.Group, other.Created = "other", noon.Add(time.Second)
	d.put(application("app"), group("app", "group"), group("app", "other"), group("app", "none"),
		deployment("d-CREATED00", canaryPlan), deployment("d-SUCCEEDED", oncePlan, event(rollout.Start), event(rollout.Claimed), event(rollout.Warmed), event(rollout.Moved)), other)
	at := float64(noon.UnixMilli()) / 1000
	of := func(name string) object { return object{"applicationName": "app", "deploymentGroupName": name} }
	for name, tt := range map[string]struct {
		in   object
		want string
	}{
		"all":                       {object{}, `["d-OTHER0000", "d-SUCCEEDED", "d-CREATED00"]`},
		"a group's":                 {of("group"), `["d-SUCCEEDED", "d-CREATED00"]`},
		"a group's without":         {of("none"), `[]`},
		"a status":                  {object{"includeOnlyStatuses": list{"Stopped"}}, `["d-OTHER0000"]`},
		"statuses":                  {object{"includeOnlyStatuses": list{"Created", "Succeeded"}}, `["d-SUCCEEDED", "d-CREATED00"]`},
		"a status of servers":       {object{"includeOnlyStatuses": list{"Baking", "Queued", "Ready"}}, `[]`},
		"no statuses":               {object{"includeOnlyStatuses": list{}}, `["d-OTHER0000", "d-SUCCEEDED", "d-CREATED00"]`},
		"from a time":               {object{"createTimeRange": object{"start": at + 1}}, `["d-OTHER0000"]`},
		"until a time":              {object{"createTimeRange": object{"end": at}}, `["d-SUCCEEDED", "d-CREATED00"]`},
		"between times":             {object{"createTimeRange": object{"start": at, "end": at}}, `["d-SUCCEEDED", "d-CREATED00"]`},
		"an open range":             {object{"createTimeRange": object{}}, `["d-OTHER0000", "d-SUCCEEDED", "d-CREATED00"]`},
		"a group, status and range": {object{"applicationName": "app", "deploymentGroupName": "group", "includeOnlyStatuses": list{"Created"}, "createTimeRange": object{"end": at}}, `["d-CREATED00"]`},
	} {
		t.Run(name, func(t *testing.T) {
			wantJSON(t, d.must("ListDeployments", tt.in), `{"deployments": `+tt.want+`}`)
		})
	}
}
