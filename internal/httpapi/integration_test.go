package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/httpapi"
)

func TestWhatANewIntegrationHas(t *testing.T) {
	d := &httpapi.Definition{}
	for name, tt := range map[string]struct {
		given httpapi.Integration
		want  string
	}{
		"only a function":      {httpapi.Integration{Type: httpapi.LambdaProxy, URI: target}, "POST 1.0 30000"},
		"a method":             {httpapi.Integration{Type: httpapi.LambdaProxy, URI: target, Method: "GET"}, "GET 1.0 30000"},
		"a format":             {httpapi.Integration{Type: httpapi.LambdaProxy, URI: target, Format: httpapi.Format2}, "POST 2.0 30000"},
		"the shortest time":    {httpapi.Integration{Type: httpapi.LambdaProxy, URI: target, Timeout: 50}, "POST 1.0 50"},
		"the longest time":     {httpapi.Integration{Type: httpapi.LambdaProxy, URI: target, Timeout: 30_000}, "POST 1.0 30000"},
		"a variable alone":     {httpapi.Integration{Type: httpapi.LambdaProxy, URI: "${stageVariables.f}"}, "POST 1.0 30000"},
		"a variable inside":    {httpapi.Integration{Type: httpapi.LambdaProxy, URI: target + ":${stageVariables.alias}"}, "POST 1.0 30000"},
		"all kinds of changes": {httpapi.Integration{Type: httpapi.LambdaProxy, URI: target, Parameters: map[string]string{"append:header.x": "1", "remove:querystring.y": "", "overwrite:path": "/"}, Responses: map[string]map[string]string{"200": {"overwrite:statuscode": "201"}, "599": {"remove:header.z": ""}}}, "POST 1.0 30000"},
	} {
		t.Run(name, func(t *testing.T) {
			made, err := d.CreateIntegration(tt.given)
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(made.Method, " ", made.Format, " ", made.Timeout); got != tt.want || len(made.ID) != 7 {
				t.Errorf("%s: %s, want %s", made.ID, got, tt.want)
			}
			if found, err := d.Integration(made.ID); found != made || err != nil {
				t.Errorf("found is %v, %v", found, err)
			}
		})
	}
}

func TestWhatHTTPAPIsDoNotServe(t *testing.T) {
	for want, err := range map[string]error{
		"Sluice does not serve integrations with AWS services (SQS-SendMessage)": httpapi.NoSubtype("SQS-SendMessage"),
		"the connection type can only be INTERNET, not VPC_LINK":                 httpapi.NoConnection("VPC_LINK"),
	} {
		if !fault.Is(err, fault.Invalid, "unserved") || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
