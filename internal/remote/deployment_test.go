package remote_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/codedeploy"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

// group is a deployment group with a strategy that takes days, at an hour a second.
func group() release.Group {
	return release.Group{
		Application: "bonus-prd", Name: "calculator", Role: role,
		Strategy: deployer.Strategy{Kind: deployer.Canary, Percent: 10, Interval: 40 * time.Hour},
	}
}

// deployable is a server with a function that has two versions, and the alias on the first.
func deployable(t *testing.T) endpoint {
	e := aliased(t)
	need(e.CreateAlias(t.Context(), "calculator", deployer.Alias{Name: "LIVE", Version: "1"}))(t)
	return e
}

func (e endpoint) deploy(g release.Group) (id string, err error) {
	e.t.Helper()
	if err := e.Prepare(e.t.Context(), g); err != nil {
		e.t.Fatal(err)
	}
	return e.Deploy(e.t.Context(), release.Deployment{Group: g, Function: "calculator", Alias: "LIVE", From: "1", To: "2"})
}

// ended waits until a deployment is over.
func (e endpoint) ended(id string) (p release.Progress) {
	e.t.Helper()
	eventually(e.t, "the end of the deployment "+id, func() bool {
		p = need(e.Deployment(e.t.Context(), id))(e.t)
		return p.Over
	})
	return p
}

func TestADeploymentIsFollowedToItsEnd(t *testing.T) {
	t.Parallel()
	e := deployable(t)
	g := group()
	g.Strategy.Interval = time.Hour
	p := e.ended(need(e.deploy(g))(t))
	if !p.Succeeded || p.Status != "Succeeded" || p.Why != "" {
		t.Errorf("%+v", p)
	}
	if a := need(e.Alias(t.Context(), "calculator", "LIVE"))(t); a.Version != "2" || !a.Stable() {
		t.Errorf("%+v, want all on version 2", a)
	}
}

func TestASecondDeploymentIsRefusedAndTheFirstNamed(t *testing.T) {
	t.Parallel()
	e := deployable(t)
	first := need(e.deploy(group()))(t)
	_, err := e.deploy(group())
	refused(t, err, fault.Conflict, "deployment", first)
	other := group()
	other.Name = "another"
	_, err = e.deploy(other)
	refused(t, err, fault.Conflict, "deployment", first)
}

func TestADeploymentThatIsInTheWayIsNamedEvenIfTheEndpointDoesNot(t *testing.T) {
	t.Parallel()
	e := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.Header.Get("X-Amz-Target"), "ListDeployments") {
			io.WriteString(w, `{"deployments":["d-OTHER"]}`)
			return
		}
		reply(w, 400, "DeploymentLimitExceededException", "limit")
	})
	_, err := e.Deploy(t.Context(), release.Deployment{Group: group(), Function: "calculator", Alias: "LIVE", From: "1", To: "2"})
	refused(t, err, fault.Conflict, "deployment", "deploy version 2 of calculator: limit (the deployment d-OTHER is under way)")
}

func TestADeploymentThatIsStoppedGoesBack(t *testing.T) {
	t.Parallel()
	e := deployable(t)
	if id, err := e.Deploying(t.Context(), group()); id != "" || err != nil {
		t.Errorf("%q, %v; want none: there is no group yet", id, err)
	}
	id := need(e.deploy(group()))(t)
	if under := need(e.Deploying(t.Context(), group()))(t); under != id {
		t.Errorf("%q is under way, want %q", under, id)
	}
	if err := e.Stop(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if p := e.ended(id); p.Succeeded || p.Status != "Stopped" || p.Why == "" {
		t.Errorf("%+v", p)
	}
	if a := need(e.Alias(t.Context(), "calculator", "LIVE"))(t); a.Version != "1" || !a.Stable() {
		t.Errorf("%+v, want all on version 1", a)
	}
	if err := e.Stop(t.Context(), id); err != nil {
		t.Errorf("stopped again: %v", err)
	}
	if under := need(e.Deploying(t.Context(), group()))(t); under != "" {
		t.Errorf("%q is under way, want none", under)
	}
}

func TestADeploymentThatSucceededCantBeStopped(t *testing.T) {
	t.Parallel()
	e := deployable(t)
	g := group()
	g.Strategy = deployer.Strategy{}
	id := need(e.deploy(g))(t)
	e.ended(id)
	refused(t, e.Stop(t.Context(), id), fault.Conflict, "deployment", "stop the deployment "+id)
	refused(t, e.Stop(t.Context(), "d-000000000"), fault.NotFound, "deployment", "stop the deployment d-000000000")
}

func TestADeploymentThatFailedIsOverWhenItsRollbackIs(t *testing.T) {
	t.Parallel()
	rollback := "InProgress"
	e := answering(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if strings.Contains(string(body), "d-BACK") {
			fmt.Fprintf(w, `{"deploymentInfo":{"status":%q}}`, rollback)
			return
		}
		io.WriteString(w, `{"deploymentInfo":{"status":"Failed","errorInformation":{"code":"ALARM_ACTIVE","message":"rings"},
			"rollbackInfo":{"rollbackDeploymentId":"d-BACK"}}}`)
	})
	want := release.Progress{Status: "Failed", Why: "rings"}
	if p := need(e.Deployment(t.Context(), "d-1"))(t); p != want {
		t.Errorf("%+v, want %+v", p, want)
	}
	rollback, want.Over = "Succeeded", true
	if p := need(e.Deployment(t.Context(), "d-1"))(t); p != want {
		t.Errorf("%+v, want %+v", p, want)
	}
}

func TestADeploymentSaysWhatMovesAndWhoIsAsked(t *testing.T) {
	t.Parallel()
	var content string
	e := answering(t, func(w http.ResponseWriter, r *http.Request) {
		var asked struct {
			Revision struct {
				RevisionType   string
				AppSpecContent struct{ Content string }
			}
		}
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			t.Error(err)
		}
		content = asked.Revision.RevisionType + " " + asked.Revision.AppSpecContent.Content
		io.WriteString(w, `{"deploymentId":"d-1"}`)
	})
	id := need(e.Deploy(t.Context(), release.Deployment{
		Group: group(), Function: "calculator", Alias: "LIVE", From: "1", To: "2", Before: "preflight", After: "e2e",
	}))(t)
	const want = `AppSpecContent {"Hooks":[{"BeforeAllowTraffic":"preflight"},{"AfterAllowTraffic":"e2e"}],"Resources":[{"function":{"Properties":` +
		`{"Alias":"LIVE","CurrentVersion":"1","Name":"calculator","TargetVersion":"2"},"Type":"AWS::Lambda::Function"}}],"version":0}`
	if id != "d-1" || content != want {
		t.Errorf("%s: %s\nwant %s", id, content, want)
	}
}

func TestAGroupIsMadeOnceAndKeptAsAskedFor(t *testing.T) {
	t.Parallel()
	e := open(t)
	e.alarms(map[string]bool{"errors-high": false})
	prepare := func(g release.Group) []string {
		return e.meddler.since(func() {
			if err := e.Prepare(t.Context(), g); err != nil {
				t.Fatal(err)
			}
		})
	}
	g := group()
	want := []string{"GetDeploymentGroup", "CreateDeploymentConfig", "CreateApplication", "CreateDeploymentGroup"}
	if calls := prepare(g); !slices.Equal(calls, want) {
		t.Errorf("%q, want %q", calls, want)
	}
	if calls := prepare(g); !slices.Equal(calls, want[:1]) {
		t.Errorf("again: %q, want one question", calls)
	}
	g.Alarms = []string{"errors-high"}
	if calls := prepare(g); !slices.Contains(calls, "UpdateDeploymentGroup") {
		t.Errorf("another alarm: %q, want an update", calls)
	}
	g.Strategy = deployer.Strategy{}
	prepare(g)
	if calls := prepare(g); !slices.Equal(calls, want[:1]) {
		t.Errorf("changed and again: %q, want one question", calls)
	}
	g.Name = "second"
	prepare(g) // the application is there already

	found, err := codedeploy.NewFromConfig(e.sdk()).GetDeploymentGroup(t.Context(),
		&codedeploy.GetDeploymentGroupInput{ApplicationName: &g.Application, DeploymentGroupName: &g.Name})
	if err != nil {
		t.Fatal(err)
	}
	if i := found.DeploymentGroupInfo; *i.ServiceRoleArn != role || *i.DeploymentConfigName != "CodeDeployDefault.LambdaAllAtOnce" ||
		*i.AlarmConfiguration.Alarms[0].Name != "errors-high" || len(i.AutoRollbackConfiguration.Events) != 3 {
		t.Errorf("%+v", i)
	}
}

func TestAStrategyThatCodeDeployDoesNotHaveMakesNothing(t *testing.T) {
	t.Parallel()
	e := answering(t, nil)
	g := group()
	g.Strategy = deployer.Strategy{Kind: deployer.Increments, Percents: []float64{25}}
	refused(t, e.Prepare(t.Context(), g), fault.Invalid, "strategy", "engine: direct")
}
