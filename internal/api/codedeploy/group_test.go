package codedeploy

import (
	"fmt"
	"testing"
	"time"

	"sluice/internal/rollout"
)

func TestGroupAnswers(t *testing.T) {
	tr := &transcript{desk: newDesk(t)}
	full := group("app", "full")
	full.Alarms = rollout.Alarms{Enabled: true, IgnoreFailures: true, Names: []string{"latency", "errors"}}
	full.Rollback = rollout.Rollback{Events: []rollout.RollbackEvent{}}
	full.Triggers = []rollout.Trigger{{Name: "tell", Target: "arn:aws:sns:us-east-1:000000000000:t", Events: []string{"DeploymentFailure"}}}
	full.Outdated = "UPDATE"
	earlier := deployment("d-EARLIER00", oncePlan, event(rollout.Start), event(rollout.Claimed), event(rollout.Warmed), event(rollout.Moved))
	earlier.Created = noon.Add(-time.Hour)
	tr.put(application("app"), application("other"), group("app", "group"), group("app", "bare"), full, earlier,
		deployment("d-LATER0000", canaryPlan, event(rollout.Start), event(rollout.Claimed), event(rollout.Warmed)))
	ending := deployment("d-ENDING000", oncePlan, failure(rollout.Stop, rollout.StopAsked))
	ending.Group, ending.Released = "ending", false
	tr.put(group("app", "ending"), ending)
	get := func(title, name string) {
		tr.ask(title, "GetDeploymentGroup", object{"applicationName": "app", "deploymentGroupName": name})
	}
	get("no setting, no deployment", "bare")
	get("all settings", "full")
	get("with deployments", "group")
	get("with one that has not let its alias go", "ending")
	tr.ask("several, one missing", "BatchGetDeploymentGroups", object{"applicationName": "app", "deploymentGroupNames": list{"none", "bare", "gone"}})
	tr.ask("list", "ListDeploymentGroups", object{"applicationName": "app"})
	tr.ask("an application without", "ListDeploymentGroups", object{"applicationName": "other"})
	tr.ask("deletion while a deployment runs", "DeleteDeploymentGroup", object{"applicationName": "app", "deploymentGroupName": "group"})
	tr.ask("its application's deletion", "DeleteApplication", object{"applicationName": "app"})
	tr.ask("deletion", "DeleteDeploymentGroup", object{"applicationName": "app", "deploymentGroupName": "full"})
	tr.ask("deletion of what is gone", "DeleteDeploymentGroup", object{"applicationName": "app", "deploymentGroupName": "full"})
	tr.ask("new name", "UpdateDeploymentGroup", object{"applicationName": "app", "currentDeploymentGroupName": "group", "newDeploymentGroupName": "next"})
	get("under its new name, with its deployments", "next")
	tr.compare("group")
}

// created makes a group and returns how it is shown.
func created(d *desk, in object) object {
	d.t.Helper()
	in["applicationName"], in["deploymentGroupName"], in["serviceRoleArn"] = "app", "made", role
	id := d.must("CreateDeploymentGroup", in)["deploymentGroupId"]
	shown := shownGroup(d, "made")
	if shown["deploymentGroupId"] != id {
		d.t.Errorf("the group's ID is %v, created was %v", shown["deploymentGroupId"], id)
	}
	return shown
}

func shownGroup(d *desk, name string) object {
	d.t.Helper()
	out := d.must("GetDeploymentGroup", object{"applicationName": "app", "deploymentGroupName": name})
	return out["deploymentGroupInfo"].(map[string]any)
}

func TestAGroupIsShownAsItWasCreated(t *testing.T) {
	d := newDesk(t)
	d.put(application("app"))
	shown := created(d, object{
		"deploymentConfigName":      "CodeDeployDefault.LambdaLinear10PercentEvery1Minute",
		"triggerConfigurations":     triggersOf(1),
		"alarmConfiguration":        object{"enabled": false, "ignorePollAlarmFailure": true, "alarms": list{object{"name": "b"}, object{"name": "a"}}},
		"autoRollbackConfiguration": object{"enabled": true, "events": list{"DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST"}},
		"outdatedInstancesStrategy": "IGNORE",
		"deploymentStyle":           object{"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
	})
	delete(shown, "deploymentGroupId")
	wantJSON(t, shown, `{
		"applicationName": "app", "deploymentGroupName": "made", "serviceRoleArn": "arn:aws:iam::000000000000:role/deploy",
		"deploymentConfigName": "CodeDeployDefault.LambdaLinear10PercentEvery1Minute", "computePlatform": "Lambda",
		"ec2TagFilters": [], "onPremisesInstanceTagFilters": [], "autoScalingGroups": [],
		"triggerConfigurations": [{"triggerName": "0", "triggerTargetArn": "arn:aws:sns:us-east-1:000000000000:t", "triggerEvents": ["DeploymentFailure"]}],
		"alarmConfiguration": {"enabled": false, "ignorePollAlarmFailure": true, "alarms": [{"name": "b"}, {"name": "a"}]},
		"autoRollbackConfiguration": {"enabled": true, "events": ["DEPLOYMENT_STOP_ON_REQUEST", "DEPLOYMENT_FAILURE"]},
		"outdatedInstancesStrategy": "IGNORE",
		"deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"}}`)
}

// An update changes what it names and keeps the rest; empty lists take settings away.
func TestUpdatesOfAGroup(t *testing.T) {
	d := newDesk(t)
	d.put(application("app"))
	before := created(d, object{"triggerConfigurations": triggersOf(2), "alarmConfiguration": alarmsOf(true, "a"),
		"autoRollbackConfiguration": object{"enabled": true, "events": list{"DEPLOYMENT_FAILURE"}}})
	for _, step := range []struct {
		member string
		value  any
		shown  string // as the group's member
		want   string
	}{
		{"serviceRoleArn", "arn:aws:iam::111111111111:role/other", "serviceRoleArn", `"arn:aws:iam::111111111111:role/other"`},
		{"deploymentConfigName", "CodeDeployDefault.LambdaCanary10Percent5Minutes", "deploymentConfigName", `"CodeDeployDefault.LambdaCanary10Percent5Minutes"`},
		{"triggerConfigurations", list{}, "triggerConfigurations", `[]`},
		{"alarmConfiguration", alarmsOf(false), "alarmConfiguration", `{"enabled": false, "ignorePollAlarmFailure": false, "alarms": []}`},
		{"autoRollbackConfiguration", object{"enabled": false}, "autoRollbackConfiguration", `{"enabled": false, "events": []}`},
		{"outdatedInstancesStrategy", "UPDATE", "outdatedInstancesStrategy", `"UPDATE"`},
	} {
		out := d.must("UpdateDeploymentGroup", object{"applicationName": "app", "currentDeploymentGroupName": "made", step.member: step.value})
		wantJSON(t, out, `{"hooksNotCleanedUp": []}`)
		after := shownGroup(d, "made")
		wantJSON(t, after[step.shown], step.want)
		before[step.shown] = after[step.shown]
		if fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("%s changed more: %v, want %v", step.member, after, before)
		}
	}
}

func TestListsOfGroupsArePaged(t *testing.T) {
	d := newDesk(t)
	d.put(application("app"))
	var want list
	for i := range 101 {
		name := fmt.Sprintf("group-%03d", i)
		d.put(group("app", name))
		want = append(want, name)
	}
	wantPages(t, d, "ListDeploymentGroups", object{"applicationName": "app"}, "deploymentGroups", want, 100, 1)
}

func TestABatchOfAHundredGroups(t *testing.T) {
	d := newDesk(t)
	d.put(application("app"), group("app", "group"))
	out := d.must("BatchGetDeploymentGroups", object{"applicationName": "app", "deploymentGroupNames": repeat("group", 100)})
	if n := len(out["deploymentGroupsInfo"].([]any)); n != 100 {
		t.Errorf("%d groups, want 100", n)
	}
}
