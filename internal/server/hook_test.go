package server_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"time"

	"sluice/internal/account"
	"sluice/internal/client"
)

// hookHandler tells this test's program to be a function that decides about deployments.
const hookHandler = "sluice-test-hook"

// Settings of a hook.
const (
	diaryVariable = "DIARY" // the file in which it notes what it does
	moodVariable  = "MOOD"
)

// mood is how a hook behaves.
type mood string

const (
	fickle   mood = "fickle"   // reports either, sometimes twice, or nothing; or it fails
	silent   mood = "silent"   // the first delivery of an execution never ends; the next one reports a success
	clinging mood = "clinging" // reports a success, and never ends
)

// deciding is how long a fickle hook takes at most before its report, and again after it.
const deciding = 60 * time.Millisecond

// createHook makes a function that decides about deployments and keeps a diary.
func (c caller) createHook(name string, m mood, diary string) {
	c.t.Helper()
	c.lambda("POST", "", object{
		"FunctionName": name, "Runtime": "provided.al2023", "Handler": hookHandler, "Role": role, "Timeout": 60,
		"Code":        object{"ZipFile": program()},
		"Environment": object{"Variables": object{diaryVariable: diary, moodVariable: m}},
	}, nil)
}

// hook is the function while it runs.
type hook struct {
	mood  mood
	diary string
	*client.Client
}

// delivery is one time that an execution is handed to a hook.
type delivery struct {
	Deployment string `json:"DeploymentId"`
	Execution  string `json:"LifecycleEventHookExecutionId"`
	event      string // the lifecycle event that is decided about
}

// serveHook decides about deployments until the host stops the process.
func serveHook() {
	h := hook{mood(os.Getenv(moodVariable)), os.Getenv(diaryVariable), &client.Client{
		URL: os.Getenv("AWS_ENDPOINT_URL"), Token: os.Getenv("AWS_SESSION_TOKEN"),
		Key: account.Key{ID: os.Getenv("AWS_ACCESS_KEY_ID"), Secret: os.Getenv("AWS_SECRET_ACCESS_KEY")},
	}}
	for {
		if err := h.serve("http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"); err != nil {
			os.Exit(1)
		}
	}
}

func (h *hook) serve(api string) error {
	next, err := http.Get(api + "next")
	if err != nil {
		return err
	}
	defer next.Body.Close()
	event, err := io.ReadAll(next.Body)
	if err != nil {
		return err
	}
	path, body := "/response", "null"
	if failure := h.take(event, next.Header.Get("Lambda-Runtime-Client-Context")); failure != nil {
		path, body = "/error", `{"errorType":"HookFailure","errorMessage":"as it is told to"}`
	}
	answer, err := http.Post(api+next.Header.Get("Lambda-Runtime-Aws-Request-Id")+path, "application/json", strings.NewReader(body))
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// take reads a delivery and decides. An error fails the function.
func (h *hook) take(event []byte, about string) error {
	var d delivery
	var told struct {
		Custom struct{ LifecycleEvent string }
	}
	if err := errors.Join(json.Unmarshal(event, &d), json.Unmarshal([]byte(about), &told)); err != nil {
		return err
	}
	d.event = told.Custom.LifecycleEvent
	before, err := readDiary(h.diary)
	if err != nil {
		return err
	}
	h.note(d, begun, "")
	return h.decide(d, before.count(d.Execution, begun) == 0)
}

// decide does what the hook's mood asks for.
func (h *hook) decide(d delivery, first bool) error {
	if h.mood == fickle { // takes its time, so that its server may be killed before the report, and after it
		<-time.After(rand.N(deciding))
		defer func() { <-time.After(rand.N(deciding)) }()
	}
	chance := rand.IntN(100)
	switch {
	case h.mood == silent && first:
		<-time.After(time.Hour)
	case h.mood == silent:
		h.report(d, "Succeeded")
	case h.mood == clinging:
		h.report(d, "Succeeded")
		<-time.After(time.Hour)
	case chance < 3: // its time will be over
	case chance < 10:
		h.note(d, threw, "")
		return errors.New("no report")
	case chance < 25:
		h.report(d, "Failed")
	case chance < 50:
		h.report(d, "Succeeded")
		h.report(d, "Succeeded")
	default:
		h.report(d, "Succeeded")
	}
	return nil
}

// report reports to the server, and notes what it answered.
func (h *hook) report(d delivery, status string) {
	err := h.CodeDeploy(context.Background(), reportOperation, d.report(status), nil)
	switch code := refusal(err); {
	case err == nil:
		h.note(d, accepted, status)
	case code != "":
		h.note(d, refused, code)
	default: // the server was killed
		h.note(d, unanswered, status)
	}
}

// refusal is the code by which a server has refused a call; empty if it has not.
func refusal(err error) string {
	if refused, ok := errors.AsType[*client.Error](err); ok {
		return cmp.Or(refused.Code, refused.Error())
	}
	return ""
}

const reportOperation = "PutLifecycleEventHookExecutionStatus"

func (d delivery) report(status string) object {
	return object{"deploymentId": d.Deployment, "lifecycleEventHookExecutionId": d.Execution, "status": status}
}
