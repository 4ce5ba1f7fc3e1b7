package restapi_test

import (
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/restapi"
)

const lambdaURI = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/"

func TestFunctionOf(t *testing.T) {
	variables := map[string]string{"alias": "live", "name": "f"}
	f := "arn:aws:lambda:eu-west-1:123456789012:function:f"
	for uri, want := range map[string]string{
		lambdaURI + f + "/invocations":                                           f,
		lambdaURI + f + ":${stageVariables.alias}/invocations":                   f + ":live",
		lambdaURI + "${stageVariables.name}/invocations":                         "f",
		lambdaURI + f + ":${stageVariables.none}/invocations":                    "",
		lambdaURI + "/invocations":                                               "",
		"arn:aws:apigateway:eu-west-1:sqs:path/2015-03-31/functions/invocations": "",
		"https://example.com":                                                    "", "": "",
	} {
		if got, ok := restapi.FunctionOf(uri, variables); got != want || ok != (want != "") {
			t.Errorf("%s is %q, %v", uri, got, ok)
		}
	}
}

func TestTheTreeOfPaths(t *testing.T) {
	d := restapi.NewDefinition()
	y, err := d.Ensure("/a/{b}/y")
	must(t, err)
	if again, err := d.Ensure("a/{b}/y/"); err != nil || again != y {
		t.Errorf("again %+v, %v", again, err)
	}
	_, err = d.Ensure("/a/{c+}")
	wantFault(t, err, fault.Invalid, "A sibling ({b}) of this resource already has a variable path part -- only one is allowed")
	greedy, err := d.Ensure("/z/{rest+}")
	must(t, err)
	_, err = d.CreateResource(greedy.ID, "x")
	wantFault(t, err, fault.Invalid, "Cannot create a child of a resource with a greedy path variable: {rest+}")
	_, err = d.CreateResource(d.Root, "a")
	wantFault(t, err, fault.Conflict, "Another resource with the same parent already has this name: a")
	for _, part := range []string{"", "a/b", "{", "{a", "{}", "a}", "{a++}", "ä"} {
		if _, err := d.CreateResource(d.Root, part); err == nil {
			t.Errorf("%q is a part", part)
		}
	}
	move := func(id, path, to string) error {
		_, err := d.UpdateResource(id, []restapi.Patch{{Op: "replace", Path: path, Value: &to}})
		return err
	}
	wantFault(t, move(y.Parent, "/parentId", y.ID), fault.Invalid, "Resources cannot be cyclical.")
	must(t, move(y.ID, "/parentId", d.Root))
	must(t, move(y.ID, "/pathPart", "q"))
	if y.Path != "/q" {
		t.Errorf("moved to %s", y.Path)
	}
	a, err := d.Ensure("/a")
	must(t, err)
	must(t, d.DeleteResource(a.ID))
	var paths []string
	for _, r := range d.Sorted() {
		paths = append(paths, r.Path)
	}
	if got := strings.Join(paths, " "); got != "/ /q /z /z/{rest+}" {
		t.Errorf("left are %s", got)
	}
}

func TestAnAPIHasNoMoreThanSoManyResources(t *testing.T) {
	const most = 300
	d := restapi.NewDefinition()
	var err error
	for i := 0; err == nil && i <= most; i++ {
		_, err = d.CreateResource(d.Root, strings.Repeat("x", i+1))
	}
	if !fault.Is(err, fault.Limit, "resources") || len(d.Resources) != most {
		t.Errorf("%d resources, %v", len(d.Resources), err)
	}
}

// Settings of methods that are not there can't be taken away, and no other path is one (recording
// TestApiGatewayStage.test_stage_access_log_settings_validation).
func TestStagePatches(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	for _, tt := range []struct {
		patch restapi.Patch
		want  string
	}{
		{restapi.Patch{Op: "remove", Path: "/*/*"}, "Cannot remove method setting */* because there is no method setting for this method "},
		{restapi.Patch{Op: "replace", Path: "/deploymentId", Value: new("none")}, "Deployment id does not exist"},
		{restapi.Patch{Op: "replace", Path: "/nothing"}, "Invalid method setting path: /nothing. Must be one of: [/deploymentId, /description"},
		{restapi.Patch{Op: "replace", Path: "/*/*/nothing/at"}, "Invalid method setting path: /*/*/nothing/at. Must be one of"},
		{restapi.Patch{Op: "replace", Path: "/*/*/throttling/burstLimit", Value: new("few")}, "it has to be a whole number"},
		{restapi.Patch{Op: "replace", Path: "/*/*/throttling/rateLimit", Value: new("NaN")}, "it has to be a number"},
		{restapi.Patch{Op: "add", Path: "/canarySettings/percentTraffic", Value: new("1")}, "Invalid add operation with path: /canarySettings/percentTraffic"},
		{restapi.Patch{Op: "remove", Path: "/canarySettings/x"}, "Cannot remove method setting canarySettings/x"},
		{restapi.Patch{Op: "replace", Path: "/canarySettings/percentTraffic", Value: new("101")}, "Invalid canary percent traffic"},
		{restapi.Patch{Op: "copy", From: "/x", Path: "/variables"}, "Invalid copy operation with path"},
		{restapi.Patch{Op: "copy", From: "/canarySettings/deploymentId", Path: "/deploymentId"}, "Promotion not available. Canary does not exist."},
		{restapi.Patch{Op: "replace", Path: "/variables/a-b", Value: new("1")}, "Stage variable name is invalid: a-b"},
		{restapi.Patch{Op: "replace", Path: "/variables/a", Value: new("a b")}, "Stage variable value is invalid: a b"},
	} {
		t.Run(tt.patch.String()+" "+tt.want, func(t *testing.T) {
			_, err := s.UpdateStage(t.Context(), a.ID, "dev", []restapi.Patch{tt.patch})
			if !fault.Is(err, fault.Invalid, "") || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}

// What was made of a View is made once, and again for the next View.
func TestWhatTheFrontMakesOfAView(t *testing.T) {
	s, _ := newService(t)
	a := newAPI(t, s)
	deploy(t, s, a.ID, restapi.Release{Stage: "dev"})
	count := 0
	made := func(*restapi.View) any { count++; return count }
	for range 3 {
		find(t, s, a.ID, "dev").Front(made)
	}
	must(t, s.Renew(t.Context(), a.ID, "dev"))
	if got := find(t, s, a.ID, "dev").Front(made); got != 2 || count != 2 {
		t.Errorf("made %d times", count)
	}
}

func TestDefaultsOfGatewayResponses(t *testing.T) {
	d := restapi.NewDefinition()
	_, err := d.PutResponse(restapi.GatewayResponse{Type: "THROTTLED", Status: "503"})
	must(t, err)
	if r, ok := d.Response("THROTTLED"); !ok || r.Status != "503" || r.Default || r.Templates["application/json"] != `{"message":$context.error.messageString}` {
		t.Errorf("changed to %+v", r)
	}
	if all := d.GatewayResponses(); len(all) != 21 || !all[0].Default {
		t.Errorf("%d types", len(all))
	}
	if _, ok := d.Response("TEAPOT"); ok {
		t.Error("there is a teapot")
	}
}
