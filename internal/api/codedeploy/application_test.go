package codedeploy

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"sluice/internal/function"
)

func TestApplicationAnswers(t *testing.T) {
	tr := &transcript{desk: newDesk(t)}
	b := application("b")
	b.Created = time.Date(2017, 12, 2, 18, 54, 0, 0, time.UTC)
	elsewhere := application("elsewhere")
	elsewhere.Scope = function.Scope{Account: here.Account, Region: "eu-central-1"}
	tr.put(application("a"), b, elsewhere)
	tr.ask("one", "GetApplication", object{"applicationName": "a"})
	tr.ask("a time without a fraction", "GetApplication", object{"applicationName": "b"})
	tr.ask("in another region", "GetApplication", object{"applicationName": "elsewhere"})
	tr.ask("several, in the order asked for", "BatchGetApplications", object{"applicationNames": list{"b", "a", "b"}})
	tr.ask("one of them missing", "BatchGetApplications", object{"applicationNames": list{"a", "none"}})
	tr.ask("list", "ListApplications", object{})
	tr.ask("deleted", "DeleteApplication", object{"applicationName": "a"})
	tr.ask("deleted again", "DeleteApplication", object{"applicationName": "a"})
	tr.ask("renamed", "UpdateApplication", object{"applicationName": "b", "newApplicationName": "c"})
	tr.ask("list of what is left", "ListApplications", object{})
	tr.compare("application")
}

// The article of 2017 (seed 003) printed these.
func TestAnswersOfTheArticle(t *testing.T) {
	d := newDesk(t)
	const app = "basic-dev-v1-ServerlessDeploymentApplication-1GDVKHZYTTA0N"
	const name = "basic-dev-v1-Func1DeploymentGroup-1HBVC4XH7PXRG"
	a, g := application(app), group(app, name)
	a.Created = time.UnixMilli(1512243240848)
	g.ServiceRole = "arn:aws:iam::000000000000:role/basic-dev-v1-CodeDeployServiceRole-1U9ZZRVD66DOA"
	g.Rollback.Enabled, g.Rollback.Events = true, rollbackEvents
	d.put(a, g)
	wantJSON(t, d.must("GetApplication", object{"applicationName": app}), `{
		"application": {
			"applicationId": "1b646ab6-8e84-49bd-b4a0-8a7f8ace269a",
			"applicationName": "basic-dev-v1-ServerlessDeploymentApplication-1GDVKHZYTTA0N",
			"createTime": 1512243240.848, "linkedToGitHub": false, "computePlatform": "Lambda"
		}}`)
	wantJSON(t, d.must("ListDeploymentGroups", object{"applicationName": app})["deploymentGroups"],
		`["basic-dev-v1-Func1DeploymentGroup-1HBVC4XH7PXRG"]`)
	wantJSON(t, d.must("GetDeploymentGroup", object{"applicationName": app, "deploymentGroupName": name}), `{
		"deploymentGroupInfo": {
			"applicationName": "basic-dev-v1-ServerlessDeploymentApplication-1GDVKHZYTTA0N",
			"deploymentGroupId": "65a8398d-66ea-452b-ba57-0eb11ffa9dee",
			"deploymentGroupName": "basic-dev-v1-Func1DeploymentGroup-1HBVC4XH7PXRG",
			"deploymentConfigName": "CodeDeployDefault.LambdaAllAtOnce",
			"ec2TagFilters": [], "onPremisesInstanceTagFilters": [], "autoScalingGroups": [],
			"serviceRoleArn": "arn:aws:iam::000000000000:role/basic-dev-v1-CodeDeployServiceRole-1U9ZZRVD66DOA",
			"triggerConfigurations": [],
			"autoRollbackConfiguration": {
				"enabled": true, "events": ["DEPLOYMENT_STOP_ON_REQUEST", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_FAILURE"]
			},
			"deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
			"computePlatform": "Lambda"
		}}`)
}

func TestListsOfApplicationsArePaged(t *testing.T) {
	d := newDesk(t)
	var want list
	for i := range 205 {
		name := fmt.Sprintf("app-%03d", i)
		d.put(application(name))
		want = append(want, name)
	}
	wantPages(t, d, "ListApplications", object{}, "applications", want, 100, 100, 5)
}

// wantPages follows tokens until there is none, and compares the items and how many each page has.
func wantPages(t *testing.T, d *desk, operation string, in object, member string, want list, sizes ...int) {
	t.Helper()
	var got list
	for i, size := range sizes {
		out := d.must(operation, in)
		items := out[member].([]any)
		if len(items) != size {
			t.Fatalf("page %d has %d items, want %d", i+1, len(items), size)
		}
		got = append(got, items...)
		if _, more := out["nextToken"]; more != (i < len(sizes)-1) {
			t.Fatalf("page %d of %d has a token: %v", i+1, len(sizes), more)
		}
		in["nextToken"] = out["nextToken"]
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the pages are %v, want %v", got, want)
	}
}

// wantJSON compares an answer with its text.
func wantJSON(t testing.TB, got any, want string) {
	t.Helper()
	var expected any
	if err := json.Unmarshal([]byte(want), &expected); err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(got, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	var actual any
	if err := json.Unmarshal(text, &actual); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(actual, expected) {
		t.Errorf("the answer is %s, want %s", text, want)
	}
}
