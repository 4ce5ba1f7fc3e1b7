package remote_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/internal/clock"
	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/remote"
)

var place = remote.Place{Region: "eu-west-1", Account: "123456789012"}

// Whatever a run calls, its policy allows.
func TestARunNeedsNoMoreThanItsPolicy(t *testing.T) {
	t.Parallel()
	steps := deployer.Strategy{Kind: deployer.Increments, Percents: []float64{50}, Interval: time.Minute}
	for name, env := range map[string]deployer.Environment{
		"sandbox":    {},
		"direct":     {Publish: true, Strategy: steps, Hooks: deployer.Hooks{Before: "hook"}, Checks: deployer.Checks{Alarms: []string{"quiet"}}},
		"codedeploy": {Publish: true, Strategy: steps, Engine: deployer.CodeDeploy, Checks: deployer.Checks{Alarms: []string{"quiet"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := open(t)
			if len(env.Checks.Alarms) > 0 {
				e.alarms(map[string]bool{"quiet": false})
			}
			e.create("hook")
			env.Project, env.Name = "p", name
			actions := e.record()
			for _, round := range []struct{ comment, memory string }{{"1", "128"}, {"2", "128"}, {"2", "256"}, {"2", "256"}} {
				f := wanted(t, "f")
				f.Key, f.Code = "f", program(t, round.comment)
				f.Tags = map[string]string{"round" + round.comment: "x"}
				f.Settings.MemoryMB = map[string]int{"128": 128, "256": 256}[round.memory]
				env.Functions = []deployer.Function{f}
				actions.take()
				allowed := e.run(&env)
				for _, action := range actions.take() {
					if !slices.Contains(allowed, action) {
						t.Errorf("%v needs %s, and its policy allows %v", round, action, allowed)
					}
				}
			}
		})
	}
}

// run deploys an environment to its end and returns the actions of its policy.
func (e endpoint) run(env *deployer.Environment) (allowed []string) {
	e.t.Helper()
	r := need(release.New(e.Endpoint, packed{}, nil, release.Config{By: "ann", Scale: clock.Scale(3600)}))(e.t)
	plan := need(r.Plan(e.t.Context(), env, release.Ask{}))(e.t)
	need(r.Deploy(e.t.Context(), plan, release.How{}))(e.t)
	for _, s := range remote.LeastPolicy(place, env, plan.Decisions).Statement {
		allowed = append(allowed, s.Action...)
	}
	return allowed
}

// packed is code that is packed already.
type packed struct{}

func (packed) Package(_ context.Context, f deployer.Function) (deployer.Code, error) {
	zip, err := os.ReadFile(f.Code.File)
	sum := sha256.Sum256(zip)
	f.Code.Digest = base64.StdEncoding.EncodeToString(sum[:])
	return f.Code, err
}

// actions are the IAM actions of the calls that were made.
type actions struct {
	mu    sync.Mutex
	taken []string
}

func (a *actions) take() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	taken := a.taken
	a.taken = nil
	return taken
}

// record tells of the calls from now on.
func (e endpoint) record() *actions {
	a := &actions{}
	e.meddler.meddle(func(_ http.ResponseWriter, r *http.Request) bool {
		action := actionOf(r)
		a.mu.Lock()
		defer a.mu.Unlock()
		a.taken = append(a.taken, action)
		return false
	}, nil)
	return a
}

// lambdaActions are Lambda's by method and path ("Actions, resources, and condition keys for AWS Lambda").
var lambdaActions = []struct{ call, action string }{
	{`GET .*/functions/[^/]+$`, "GetFunction"}, {`GET .*/versions$`, "ListVersionsByFunction"}, {`GET .*/aliases$`, "ListAliases"},
	{`GET .*/aliases/[^/]+$`, "GetAlias"}, {`POST .*/functions$`, "CreateFunction"}, {`PUT .*/code$`, "UpdateFunctionCode"},
	{`PUT .*/configuration$`, "UpdateFunctionConfiguration"}, {`POST .*/versions$`, "PublishVersion"}, {`POST .*/aliases$`, "CreateAlias"},
	{`PUT .*/aliases/[^/]+$`, "UpdateAlias"}, {`POST .*/invocations$`, "InvokeFunction"}, {`GET .*/tags/.*`, "ListTags"},
	{`POST .*/tags/.*`, "TagResource"}, {`DELETE .*/tags/.*`, "UntagResource"},
}

// actionOf names what a request needs. One that nobody knows comes back as it is, which no policy allows.
func actionOf(r *http.Request) string {
	if service, operation, ok := strings.Cut(r.Header.Get("X-Amz-Target"), "."); ok {
		return map[string]string{"CodeDeploy_20141006": "codedeploy:"}[service] + operation
	}
	if strings.Contains(r.URL.Path, "GraniteServiceVersion20100801") {
		return "cloudwatch:" + path.Base(r.URL.Path)
	}
	call := r.Method + " " + r.URL.Path
	for _, row := range lambdaActions {
		if regexp.MustCompile(`^` + row.call + `$`).MatchString(call) {
			return "lambda:" + row.action
		}
	}
	body, _ := io.ReadAll(r.Body) // of a query: what can't be read names no action
	r.Body = io.NopCloser(bytes.NewReader(body))
	form, _ := url.ParseQuery(string(body))
	return "iam:" + form.Get("Action")
}

// Golden by hand: who may do what on which.
func TestLeastPolicy(t *testing.T) {
	env := &deployer.Environment{Publish: true, Hooks: deployer.Hooks{Before: "hook", After: "./after.sh"}, Checks: deployer.Checks{Alarms: []string{"a"}, Errors: -1}}
	f := deployer.Function{Name: "f", Settings: deployer.Settings{Role: "arn:aws:iam::123456789012:role/r"}, Code: deployer.Code{Object: &deployer.Object{Bucket: "b", Key: "k.zip"}}}
	for _, row := range []struct {
		name     string
		decision deployer.Decision
		want     string
	}{
		{
			"nothing to do", deployer.Decision{Function: f}, `
lambda:GetAlias lambda:GetFunction lambda:ListAliases lambda:ListTags lambda:ListVersionsByFunction on arn:aws:lambda:eu-west-1:123456789012:function:f*
s3:GetObject s3:GetObjectVersion on arn:aws:s3:::b/k.zip`,
		},
		{
			"code", deployer.Decision{Function: f, Code: true, Publish: true, Changes: []deployer.Change{{Field: "code"}}, Move: deployer.Move{Kind: deployer.Start}}, `
cloudwatch:DescribeAlarms on *
lambda:GetAlias lambda:GetFunction lambda:ListAliases lambda:ListTags lambda:ListVersionsByFunction lambda:PublishVersion lambda:UpdateAlias lambda:UpdateFunctionCode on arn:aws:lambda:eu-west-1:123456789012:function:f*
lambda:InvokeFunction on arn:aws:lambda:eu-west-1:123456789012:function:hook*
s3:GetObject s3:GetObjectVersion on arn:aws:s3:::b/k.zip`,
		},
		{
			"a new function", deployer.Decision{Function: f, Create: true, Publish: true, Changes: []deployer.Change{{Field: "role"}}, Move: deployer.Move{Kind: deployer.Make}}, `
cloudwatch:DescribeAlarms on *
iam:PassRole on arn:aws:iam::123456789012:role/r
lambda:CreateAlias lambda:CreateFunction lambda:GetAlias lambda:GetFunction lambda:ListAliases lambda:ListTags lambda:ListVersionsByFunction lambda:PublishVersion lambda:UpdateAlias on arn:aws:lambda:eu-west-1:123456789012:function:f*
lambda:InvokeFunction on arn:aws:lambda:eu-west-1:123456789012:function:hook*
s3:GetObject s3:GetObjectVersion on arn:aws:s3:::b/k.zip`,
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got strings.Builder
			for _, s := range remote.LeastPolicy(place, env, []deployer.Decision{row.decision}).Statement {
				got.WriteString("\n" + strings.Join(s.Action, " ") + " on " + strings.Join(s.Resource, " "))
			}
			if got.String() != row.want {
				t.Errorf("got%s\nwant%s", got.String(), row.want)
			}
		})
	}
}

// An empty list of statements is one, and not null, which IAM refuses.
func TestPolicyOfNothing(t *testing.T) {
	text, err := json.Marshal(remote.LeastPolicy(place, &deployer.Environment{}, nil))
	if err != nil || string(text) != `{"Version":"2012-10-17","Statement":[]}` {
		t.Errorf("%s, %v", text, err)
	}
}
