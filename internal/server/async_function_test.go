package server_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"sluice/internal/client"
)

// eventHandler tells this test's program to be a function that asks the test, for each event, what to do.
const eventHandler = "sluice-test-event"

// askVariable is a setting of such a function: the URL at which it asks. What it has after # is its name there.
const askVariable = "ASK"

// createAsking makes a function that asks for each event.
func (c caller) createAsking(name string, m *matron) {
	c.t.Helper()
	c.lambda("POST", "", object{
		"FunctionName": name, "Runtime": "provided.al2023", "Handler": eventHandler, "Role": role, "Timeout": 60,
		"Code": object{"ZipFile": program()}, "Environment": object{"Variables": object{askVariable: m.url + "#" + name}},
	}, nil)
}

// serveEvents is that function, until the host stops the process.
func serveEvents() {
	api := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	for {
		if err := serveEvent(api); err != nil {
			os.Exit(1)
		}
	}
}

func serveEvent(api string) error {
	next, err := http.Get(api + "next")
	if err != nil {
		return err
	}
	defer next.Body.Close()
	event, err := io.ReadAll(next.Body)
	if err != nil {
		return err
	}
	url, name, _ := strings.Cut(os.Getenv(askVariable), "#")
	id := next.Header.Get("Lambda-Runtime-Aws-Request-Id")
	told, err := http.Post(url+"/"+name+"/"+id, "application/json", bytes.NewReader(event))
	if err != nil {
		return err
	}
	told.Body.Close()
	path, body := "response", `"done"`
	if told.StatusCode != http.StatusOK {
		path, body = "error", `{"errorType":"AsTold","errorMessage":"as the test said"}`
	}
	answer, err := http.Post(api+id+"/"+path, "application/json", strings.NewReader(body))
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// matron tells functions what to do with events, and remembers them.
type matron struct {
	url string
	// decide says whether a function succeeds, after it was asked so often about the same event. It may block.
	decide func(asked asking, times int) bool

	mu    sync.Mutex
	asked map[asking]int // guarded by mu
	done  map[asking]int // guarded by mu: how often a function was told to succeed
}

// asking is what a function asks about.
type asking struct{ function, request, event string }

func newMatron(t testing.TB, decide func(asking, int) bool) *matron {
	m := &matron{decide: decide, asked: map[asking]int{}, done: map[asking]int{}}
	s := httptest.NewServer(m)
	t.Cleanup(s.Close)
	m.url = s.URL
	return m
}

func (m *matron) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	event, err := io.ReadAll(r.Body)
	if err != nil {
		return // the function was killed
	}
	path := strings.Split(r.URL.Path, "/")
	about := asking{path[1], path[2], string(event)}
	m.mu.Lock()
	m.asked[about]++
	times := m.asked[about]
	m.mu.Unlock()
	if !m.decide(about, times) {
		w.WriteHeader(http.StatusTeapot)
		return
	}
	m.mu.Lock()
	m.done[about]++
	m.mu.Unlock()
}

// succeeded is how often a function was told to succeed with an event.
func (m *matron) succeeded(about asking) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.done[about]
}

// submit hands an event in and returns its request id. An error says that it was not acknowledged.
func (c caller) submit(function, event string) (string, error) {
	header := http.Header{"X-Amz-Invocation-Type": {"Event"}}
	r, err := c.Request(c.t.Context(), "lambda", "POST", "/2015-03-31/functions/"+function+"/invocations", header, []byte(event))
	if err != nil {
		return "", err
	}
	answer, err := c.HTTP.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		return "", err
	}
	if answer.StatusCode != http.StatusAccepted || len(content) != 0 {
		return "", &client.Error{Status: answer.StatusCode, Code: answer.Header.Get("X-Amzn-Errortype"), Body: string(content)}
	}
	return answer.Header.Get("X-Amzn-Requestid"), nil
}
