package restapi_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/restapi"
)

// What is deployed stays as it was, in each of its parts.
func TestADeploymentIsASnapshot(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	made := deploy(t, s, a.ID, restapi.Release{Description: "first"})
	before := members(t, made.Definition)
	_, err := restapi.Edit(t.Context(), s, a.ID, func(d *restapi.Definition) (*restapi.Model, error) {
		must(t, failed(d.Ensure("/new")))
		must(t, failed(d.UpdateIntegration(d.Root, "GET", []restapi.Patch{{Op: "replace", Path: "/timeoutInMillis", Value: new("77")}})))
		must(t, failed(d.PutResponse(restapi.GatewayResponse{Type: "THROTTLED", Status: "503"})))
		must(t, failed(d.CreateValidator(restapi.RequestValidator{Name: "v"})))
		return d.CreateModel(restapi.Model{Name: "M", Schema: "{}"})
	})
	must(t, err)
	must(t, failed(s.Update(t.Context(), a.ID, []restapi.Patch{{Op: "replace", Path: "/policy", Value: new("{}")}, {Op: "add", Path: "/binaryMediaTypes/a~1b"}})))
	after, err := s.Deployment(t.Context(), a.ID, made.ID)
	must(t, err)
	if got := difference(t, before, members(t, after.Definition)); got != "{}" || after.Description != "first" {
		t.Errorf("the deployment changed: %s", got)
	}
	if next := deploy(t, s, a.ID, restapi.Release{}); difference(t, before, members(t, next.Definition)) == "{}" {
		t.Error("the next deployment shows no change")
	}
}

func TestWhatCanNotBeDeployed(t *testing.T) {
	s, _ := newService(t)
	for name, tt := range map[string]struct {
		edit func(d *restapi.Definition) error
		want string
	}{
		"no method": {func(*restapi.Definition) error { return nil }, "The REST API doesn't contain any methods"},
		"no integration": {func(d *restapi.Definition) error {
			return failed(d.PutMethod(d.Root, restapi.Method{HTTPMethod: "GET", Authorization: "NONE"}))
		}, "No integration defined for method"},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := s.Create(t.Context(), scope, restapi.Creation{Name: "a"})
			must(t, err)
			_, err = restapi.Edit(t.Context(), s, a.ID, func(d *restapi.Definition) (bool, error) { return true, tt.edit(d) })
			must(t, err)
			_, err = s.Deploy(t.Context(), a.ID, restapi.Release{})
			wantFault(t, err, fault.Invalid, tt.want)
		})
	}
}

// Integrations with what Sluice has not can be deployed, as on AWS: an API may have others beside them.
func TestServedIntegrations(t *testing.T) {
	for _, tt := range []struct {
		kind, uri string
		want      bool
	}{
		{restapi.MockIntegration, "", true},
		{restapi.AWSProxy, "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:f/invocations", true},
		{restapi.AWSIntegration, "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:f/invocations", true},
		{restapi.AWSIntegration, "arn:aws:apigateway:eu-west-1:sqs:path/1/q", false},
		{restapi.HTTPIntegration, "http://x", false},
		{restapi.HTTPProxy, "https://example.com/", false},
	} {
		t.Run(tt.kind+" "+tt.uri, func(t *testing.T) {
			i := restapi.Integration{Type: tt.kind, HTTPMethod: "POST", URI: tt.uri}
			if i.Served() != tt.want {
				t.Errorf("served: %v", !tt.want)
			}
			s, _ := newService(t)
			a, err := s.Create(t.Context(), scope, restapi.Creation{Name: "a"})
			must(t, err)
			_, err = restapi.Edit(t.Context(), s, a.ID, func(d *restapi.Definition) (bool, error) {
				must(t, failed(d.PutMethod(d.Root, restapi.Method{HTTPMethod: "GET", Authorization: "NONE"})))
				return true, failed(d.PutIntegration(d.Root, "GET", i))
			})
			must(t, err)
			_, err = s.Deploy(t.Context(), a.ID, restapi.Release{})
			must(t, err)
		})
	}
}

// A deployment that asks for a stage that can't be is not made at all.
func TestStagesThatADeploymentCanNotMake(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	for name, tt := range map[string]struct {
		release restapi.Release
		want    string
	}{
		"a name with a space":         {restapi.Release{Stage: "a b"}, "Stage name only allows a-zA-Z0-9_-"},
		"a long name":                 {restapi.Release{Stage: strings.Repeat("a", 129)}, "Stage name only allows a-zA-Z0-9_-"},
		"a variable's name":           {restapi.Release{Stage: "dev", Variables: map[string]string{"a-b": "1"}}, "Stage variable name is invalid: a-b. Valid names consist of a-zA-Z0-9_"},
		"a variable's value":          {restapi.Release{Stage: "dev", Variables: map[string]string{"a": "{}"}}, "Stage variable value is invalid: {}. Valid values consist of A-Za-z0-9-._~:/?#&=,"},
		"a canary without a stage":    {restapi.Release{Stage: "dev", Canary: &restapi.Canary{}}, "Invalid deployment content specified.Stage dev must already be created before making a canary release deployment"},
		"more than all to the canary": {restapi.Release{Stage: "there", Canary: &restapi.Canary{Percent: 101}}, "Invalid canary percent traffic: 101. It has to be between 0.0 and 100.0"},
		"a canary's variable":         {restapi.Release{Stage: "there", Canary: &restapi.Canary{Variables: map[string]string{"a": "{}"}}}, "Stage variable value is invalid: {}. Valid values consist of A-Za-z0-9-._~:/?#&=,"},
	} {
		t.Run(name, func(t *testing.T) {
			deploy(t, s, a.ID, restapi.Release{Stage: "there"})
			before, err := s.Deployments(t.Context(), a.ID)
			must(t, err)
			_, err = s.Deploy(t.Context(), a.ID, tt.release)
			wantFault(t, err, fault.Invalid, tt.want)
			if after, err := s.Deployments(t.Context(), a.ID); err != nil || len(after) != len(before) {
				t.Errorf("there are %d deployments, before %d; %v", len(after), len(before), err)
			}
		})
	}
}

// A release changes of a stage that is there what it says, and nothing else.
func TestReleasesToAStageThatIsThere(t *testing.T) {
	for name, tt := range map[string]struct {
		release restapi.Release
		want    string
	}{
		"nothing":       {restapi.Release{}, `{"Deployment":"NEW"}`},
		"a description": {restapi.Release{StageDescription: "e"}, `{"Deployment":"NEW","Description":"e"}`},
		"a variable":    {restapi.Release{Variables: map[string]string{"w": "2"}}, `{"Deployment":"NEW","Variables":{"v":"1","w":"2"}}`},
		"no tracing":    {restapi.Release{Tracing: new(false)}, `{"Deployment":"NEW","Tracing":null}`},
		"a cache":       {restapi.Release{CacheEnabled: new(true), CacheSize: "0.5"}, `{"CacheEnabled":true,"CacheSize":"0.5","Deployment":"NEW"}`},
		"a canary":      {restapi.Release{Canary: &restapi.Canary{Percent: 5}, StageDescription: "dropped"}, `{"Canary":{"Deployment":"NEW","Percent":5,"UseCache":false}}`},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := newService(t)
			a := newAPI(t, s)
			deploy(t, s, a.ID, restapi.Release{Stage: "dev", StageDescription: "d", Variables: map[string]string{"v": "1"}, Tracing: new(true)})
			before, err := s.Stage(t.Context(), a.ID, "dev")
			must(t, err)
			tt.release.Stage = "dev"
			made := deploy(t, s, a.ID, tt.release)
			after, err := s.Stage(t.Context(), a.ID, "dev")
			must(t, err)
			wantText(t, strings.ReplaceAll(difference(t, members(t, before), members(t, after)), made.ID, "NEW"), tt.want)
		})
	}
}

func TestDeploymentsInUseAreNotDeleted(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	shown := deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	canary := deploy(t, s, a.ID, restapi.Release{Stage: "dev", Canary: &restapi.Canary{}})
	for _, d := range []*restapi.Deployment{shown, canary} {
		wantFault(t, s.DeleteDeployment(t.Context(), a.ID, d.ID), fault.Invalid, "Active stages pointing to this deployment must be moved or deleted")
	}
	must(t, failed(s.UpdateStage(t.Context(), a.ID, "dev", []restapi.Patch{{Op: "remove", Path: "/canarySettings"}})))
	must(t, s.DeleteDeployment(t.Context(), a.ID, canary.ID))
	wantFault(t, s.DeleteDeployment(t.Context(), a.ID, canary.ID), fault.NotFound, "Invalid Deployment identifier specified")
	must(t, s.DeleteStage(t.Context(), a.ID, "dev"))
	must(t, s.DeleteDeployment(t.Context(), a.ID, shown.ID))
}

func TestTheSummaryOfADeployment(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	must(t, failed(restapi.Edit(t.Context(), s, a.ID, func(d *restapi.Definition) (*restapi.Resource, error) { return d.Ensure("/without/methods") })))
	if found := deploy(t, s, a.ID, restapi.Release{}).Summary(); len(found) != 1 || found["/"]["GET"] == nil || found["/"]["GET"].Authorization != "NONE" {
		t.Errorf("the summary is %+v", found)
	}
}

// A canary's promotion takes over its deployment or its variables, and leaves the canary.
func TestPromotions(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	for _, tt := range []struct{ from, path, want string }{
		{"/canarySettings/deploymentId", "/deploymentId", `{"Deployment":"CANARY"}`},
		{"/canarySettings/stageVariableOverrides", "/variables", `{"Variables":{"u":"0","v":"2","w":"3"}}`},
		{"/variables", "/canarySettings/stageVariableOverrides", "Invalid copy operation with path: /canarySettings/stageVariableOverrides and from /variables. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]"},
		{"/deploymentId", "/deploymentId", "Invalid copy operation with path: /deploymentId and from /deploymentId. ..."},
	} {
		t.Run(tt.from+" "+tt.path, func(t *testing.T) {
			name := fmt.Sprint("s", len(tt.from+tt.path))
			deploy(t, s, a.ID, restapi.Release{Stage: name, Variables: map[string]string{"u": "0", "v": "1"}})
			canary := deploy(t, s, a.ID, restapi.Release{Stage: name, Canary: &restapi.Canary{Variables: map[string]string{"v": "2", "w": "3"}}})
			before, err := s.Stage(t.Context(), a.ID, name)
			must(t, err)
			after, err := s.UpdateStage(t.Context(), a.ID, name, []restapi.Patch{{Op: "copy", From: tt.from, Path: tt.path}})
			if err != nil {
				wantText(t, err.Error(), tt.want)
				return
			}
			wantText(t, strings.ReplaceAll(difference(t, members(t, before), members(t, after)), canary.ID, "CANARY"), tt.want)
		})
	}
}
