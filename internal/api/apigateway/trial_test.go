package apigateway

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/internal/restapi"
)

func TestPathsOfTrials(t *testing.T) {
	for _, tt := range []struct{ resource, path, want string }{
		{"/", "/", "map[] true"},
		{"/pets", "/pets", "map[] true"},
		{"/pets", "/pets/", "map[] true"},
		{"/pets", "/pets/1", "map[] false"},
		{"/pets", "/cats", "map[] false"},
		{"/pets/{id}", "/pets/a%20b", "map[id:a%20b] true"},
		{"/pets/{id}", "/pets", "map[] false"},
		{"/pets/{id}/toys", "/pets/1/toys", "map[id:1] true"},
		{"/{all+}", "/a/b", "map[all:a/b] true"},
		{"/pets/{id}", "/pets/{id}", "map[id:{id}] true"},
	} {
		t.Run(tt.resource+" "+tt.path, func(t *testing.T) {
			variables, ok := match(tt.resource, tt.path)
			if got := fmt.Sprint(variables, ok); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func newTrial(resource, path string) *Trial {
	r := &restapi.Resource{ID: "r", Path: resource, Methods: map[string]*restapi.Method{"GET": {HTTPMethod: "GET"}}}
	view := &restapi.View{Deployment: &restapi.Deployment{Definition: restapi.Definition{Resources: map[string]*restapi.Resource{"r": r}}}}
	return &Trial{View: view, Resource: r, Method: "GET", Path: path, Body: "b", Headers: map[string][]string{"B": {"1", "2"}, "A": {"3"}}}
}

// Recording test_invoke_test_method: the method is tried whatever the path is.
func TestWhatATrialReaches(t *testing.T) {
	for _, tt := range []struct{ given, path, resource string }{
		{"", "/pets/{id}", "/pets/{id}"},
		{"/pets/7?q=1", "/pets/7?q=1", "/pets/{id}"},
		{"/elsewhere?q=1", "/elsewhere?q=1", "/elsewhere"},
	} {
		t.Run(tt.given, func(t *testing.T) {
			trial := newTrial("/pets/{id}", tt.given)
			trial.settle()
			reached := trial.View.Deployment.Resources["r"]
			if trial.Path != tt.path || reached.Path != tt.resource || reached.Methods["GET"] == nil {
				t.Errorf("the path is %s, the resource %+v", trial.Path, reached)
			}
		})
	}
}

// Recordings test_invoke_test_method and test_failed_invoke_test_method.
func TestLogsOfTrials(t *testing.T) {
	now := time.Date(2025, 9, 29, 19, 28, 50, 0, time.UTC)
	const at = "Mon Sep 29 19:28:50 UTC 2025 : "
	asked := []string{
		"Execution log for request ID", at + "Starting execution for request: ID", at + "HTTP Method: GET, Resource Path: /pets/7", at + "Method request path: {id=7}",
		at + "Method request query string: {q=x y}", at + "Method request headers: {A=3, B=2}", at + "Method request body before transformations: b",
	}
	for name, tt := range map[string]struct {
		answer *Outcome
		want   []string
	}{
		"an answer": {&Outcome{Status: 201, Body: "made", Headers: map[string][]string{"Content-Type": {"a/b"}}}, []string{
			at + "Method response body after transformations: made", at + "Method response headers: {Content-Type=a/b}", at + "Successfully completed execution",
			at + "Method completed with status: 201"}},
		"a refusal": {&Outcome{Status: 500, Headers: map[string][]string{"X-Amzn-Errortype": {"E"}}}, []string{at + "Method completed with status: 500"}},
	} {
		t.Run(name, func(t *testing.T) {
			trial := newTrial("/pets/{id}", "/pets/7?q=x+y")
			trial.settle()
			want := strings.Join(append(append([]string{}, asked...), tt.want...), "\n") + "\n"
			if got := trial.log(tt.answer, "ID", now); got != want {
				t.Errorf("got\n%s, want\n%s", got, want)
			}
		})
	}
}

func TestWhatATrialsAnswerHasNot(t *testing.T) {
	o := &Outcome{Headers: map[string][]string{"Content-Type": {"a/b"}, "Content-Length": {"1"}, "X-Amzn-Requestid": {"ID"}, "X-Amz-Apigw-Id": {"x"}}}
	if id := o.arrived(); id != "ID" || len(o.Headers) != 1 {
		t.Errorf("the ID is %s, left are %v", id, o.Headers)
	}
}
