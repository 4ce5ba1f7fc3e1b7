package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/httpapi"
)

func TestRouteKeys(t *testing.T) {
	for _, key := range []string{"$default", "GET /", "ANY /{proxy+}", "POST /a/{b}/c.d/{e+}", "HEAD /a//b", "DELETE /a-b_c~d"} {
		if _, err := (&httpapi.Definition{}).CreateRoute(httpapi.Route{Key: key}); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
	const form = "The provided route key is not formatted properly for HTTP protocol."
	for key, want := range map[string]string{
		"": form, "GET": form, "GET pets": form, "/pets": form, "BREW /": form, "get /": form, "GET /a b": form, "$connect": form, "GET " + strings.Repeat("/a", 2000): form,
		"GET /{a+}/b": "path parts appear to be invalid", "GET /{a": "path parts appear to be invalid", "GET /a{b}": "path parts appear to be invalid",
		"GET /{}": "path parts appear to be invalid", "GET /{a}/{a}": "the variable a is there twice", "GET /ü": "path parts appear to be invalid",
	} {
		_, err := (&httpapi.Definition{}).CreateRoute(httpapi.Route{Key: key})
		wantRefused(t, err, fault.Invalid, want)
	}
}

// definition has a route to an integration, and an authorizer of each type.
func definition(t *testing.T) (d *httpapi.Definition, route *httpapi.Route) {
	t.Helper()
	d = &httpapi.Definition{}
	i, err := d.CreateIntegration(proxy())
	if err != nil {
		t.Fatal(err)
	}
	for _, z := range []httpapi.Authorizer{
		{Name: "function", Type: httpapi.RequestAuthorizer, URI: target, Format: httpapi.Format2},
		{Name: "token", Type: httpapi.JWTAuthorizer, Issuer: "https://example.com", Audience: []string{"a"}, Identity: []string{"$request.header.Authorization"}},
	} {
		made, err := d.CreateAuthorizer(z)
		if err != nil {
			t.Fatal(err)
		}
		d.Authorizers[z.Name] = made // by its name as well
	}
	if route, err = d.CreateRoute(httpapi.Route{Key: "GET /pets/{id}", Target: "integrations/" + i.ID}); err != nil {
		t.Fatal(err)
	}
	return d, route
}

func TestRoutesThatCanNotBe(t *testing.T) {
	d, _ := definition(t)
	for name, tt := range map[string]struct {
		route httpapi.Route
		kind  fault.Kind
		want  string
	}{
		"the same key":        {httpapi.Route{Key: "GET /pets/{id}"}, fault.Conflict, "Route with key GET /pets/{id} already exists for this API"},
		"the same requests":   {httpapi.Route{Key: "GET /pets/{name}"}, fault.Conflict, "takes the same requests as GET /pets/{id}"},
		"no such target":      {httpapi.Route{Key: "GET /", Target: "integrations/none"}, fault.Invalid, "no integration of this API"},
		"another target":      {httpapi.Route{Key: "GET /", Target: target}, fault.Invalid, "no integration of this API"},
		"no such kind":        {httpapi.Route{Key: "GET /", Authorization: "TRUST"}, fault.Invalid, "Invalid authorization type"},
		"no authorizer":       {httpapi.Route{Key: "GET /", Authorization: httpapi.AuthJWT}, fault.Invalid, "requires a valid authorizer"},
		"the wrong kind of a": {httpapi.Route{Key: "GET /", Authorization: httpapi.AuthCustom, AuthorizerID: "token"}, fault.Invalid, "requires an authorizer of type REQUEST"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.CreateRoute(tt.route)
			wantRefused(t, err, tt.kind, tt.want)
		})
	}
}

func TestIntegrationsThatCanNotBe(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*httpapi.Integration)
		noun   string
		want   string
	}{
		"another type":         {func(i *httpapi.Integration) { i.Type = "HTTP_PROXY" }, "unserved", "can only be those with Lambda functions"},
		"no function":          {func(i *httpapi.Integration) { i.URI = "https://example.com" }, "request", "Invalid integration URI"},
		"another service":      {func(i *httpapi.Integration) { i.URI = "arn:aws:sqs:us-east-1:123456789012:q" }, "request", "Invalid integration URI"},
		"another format":       {func(i *httpapi.Integration) { i.Format = "3.0" }, "request", "payload format version"},
		"too little time":      {func(i *httpapi.Integration) { i.Timeout = 49 }, "request", "Timeout should be between 50 ms and 30000 ms"},
		"too much time":        {func(i *httpapi.Integration) { i.Timeout = 30001 }, "request", "Timeout should be between 50 ms and 30000 ms"},
		"no mapping":           {func(i *httpapi.Integration) { i.Parameters = map[string]string{"header.x": "1"} }, "request", "Invalid mapping expression specified: header.x"},
		"a status of requests": {func(i *httpapi.Integration) { i.Parameters = map[string]string{"overwrite:statuscode": "1"} }, "request", "Invalid mapping expression"},
		"a reserved header": {func(i *httpapi.Integration) { i.Parameters = map[string]string{"append:header.Authorization": "1"} }, "request",
			"Operations on header Authorization are restricted"},
		"a mapping of no status": {func(i *httpapi.Integration) { i.Responses = map[string]map[string]string{"ok": nil} }, "request", "ok is no status"},
		"no mapping of answers": {func(i *httpapi.Integration) {
			i.Responses = map[string]map[string]string{"200": {"overwrite:path": "1"}}
		}, "request", "Invalid mapping expression"},
	} {
		t.Run(name, func(t *testing.T) {
			i := proxy()
			tt.change(&i)
			_, err := (&httpapi.Definition{}).CreateIntegration(i)
			wantRefused(t, err, fault.Invalid, tt.want)
			if !fault.Is(err, fault.Invalid, tt.noun) {
				t.Errorf("%v is not about a %s", err, tt.noun)
			}
		})
	}
}

func TestAuthorizersThatCanNotBe(t *testing.T) {
	request := httpapi.Authorizer{Name: "n", Type: httpapi.RequestAuthorizer, URI: target, Format: httpapi.Format2}
	token := httpapi.Authorizer{Name: "n", Type: httpapi.JWTAuthorizer, Issuer: "https://i", Audience: []string{"a"}, Identity: []string{"$request.header.A"}}
	for want, z := range map[string]httpapi.Authorizer{
		"name cannot be empty":             {Type: httpapi.RequestAuthorizer},
		"Authorizer function already":      with(request, func(z *httpapi.Authorizer) { z.Name = "function" }),
		"Invalid identity source":          with(request, func(z *httpapi.Authorizer) { z.Identity = []string{"header.A"} }),
		"Invalid authorizer type":          with(request, func(z *httpapi.Authorizer) { z.Type = "TOKEN" }),
		"Invalid Authorizer URI":           with(request, func(z *httpapi.Authorizer) { z.URI = "x" }),
		"is a required parameter":          with(request, func(z *httpapi.Authorizer) { z.Format = "" }),
		"Invalid authorizer payload":       with(request, func(z *httpapi.Authorizer) { z.Format = "3.0" }),
		"Simple responses need":            with(request, func(z *httpapi.Authorizer) { z.Format, z.Simple = httpapi.Format1, true }),
		"between 0 and 3600 seconds":       with(request, func(z *httpapi.Authorizer) { z.TTL = new(int64(3601)) }),
		"needs an identity source":         with(request, func(z *httpapi.Authorizer) { z.TTL = new(int64(1)) }),
		"Issuer must be a valid URL":       with(token, func(z *httpapi.Authorizer) { z.Issuer = "example.com" }),
		"Audience is required":             with(token, func(z *httpapi.Authorizer) { z.Audience = nil }),
		"needs one identity source, such ": with(token, func(z *httpapi.Authorizer) { z.Identity = nil }),
	} {
		d, _ := definition(t)
		_, err := d.CreateAuthorizer(z)
		if !fault.Is(err, fault.Invalid, "") && !fault.Is(err, fault.Conflict, "") || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func with(z httpapi.Authorizer, change func(*httpapi.Authorizer)) httpapi.Authorizer {
	change(&z)
	return z
}

func TestWhatIsInUseIsNotDeleted(t *testing.T) {
	d, route := definition(t)
	if _, err := d.UpdateRoute(route.ID, func(r *httpapi.Route) { r.Authorization, r.AuthorizerID = httpapi.AuthCustom, "function" }); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, d.DeleteIntegration(route.Integration()), fault.Conflict, "referenced by the following Routes with Ids: ["+route.ID+"]")
	wantRefused(t, d.DeleteAuthorizer("function"), fault.Conflict, "is referenced in route: GET /pets/{id}")
	if err := d.DeleteRoute(route.ID); err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{"integration": d.DeleteIntegration(route.Integration()), "authorizer": d.DeleteAuthorizer("function")} {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	wantRefused(t, d.DeleteRoute(route.ID), fault.NotFound, "Invalid Route identifier specified")
	wantRefused(t, d.DeleteIntegration("none"), fault.NotFound, "Invalid Integration identifier specified")
	wantRefused(t, d.DeleteAuthorizer("none"), fault.NotFound, "Invalid Authorizer identifier specified")
}

func TestLimits(t *testing.T) {
	d := &httpapi.Definition{}
	for i := range 300 {
		if _, err := d.CreateRoute(httpapi.Route{Key: fmt.Sprint("GET /", i)}); err != nil {
			t.Fatal(err)
		}
	}
	_, err := d.CreateRoute(httpapi.Route{Key: "GET /"})
	wantRefused(t, err, fault.Invalid, "Maximum number of Routes")
}

func TestStagesThatCanNotBe(t *testing.T) {
	s, _ := newService(t)
	id := newAPI(t, s)
	if _, err := s.CreateStage(t.Context(), httpapi.Stage{API: id, Name: "dev"}); err != nil {
		t.Fatal(err)
	}
	for want, stage := range map[string]httpapi.Stage{
		"Stage already exists":           {Name: "dev"},
		"only allows a-zA-Z0-9_- and":    {Name: "a b"},
		"Deployment id does not exist":   {Name: "x", Deployment: "none"},
		"deploys automatically":          {Name: "x", Deployment: "none", AutoDeploy: true},
		"Unable to find Route by key GE": {Name: "x", Routes: map[string]httpapi.RouteSettings{"GET /none": {}}},
		"Stage variable name is invalid": {Name: "x", Variables: map[string]string{"a-b": "1"}},
		"Stage variable value is invali": {Name: "x", Variables: map[string]string{"a": "ü"}},
	} {
		stage.API = id
		if _, err := s.CreateStage(t.Context(), stage); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	gone := id
	gone.API = "none"
	_, err := s.CreateStage(t.Context(), httpapi.Stage{API: gone, Name: "x"})
	wantRefused(t, err, fault.NotFound, "Invalid API identifier specified 123456789012:none")
}

func TestFunctionsOfURIs(t *testing.T) {
	const invocations = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/"
	for uri, want := range map[string]string{
		target:                              target,
		target + ":${stageVariables.alias}": target + ":live",
		invocations + target + ":live/invocations":                       target + ":live",
		invocations + "${stageVariables.whole}/invocations":              target,
		"${stageVariables.whole}":                                        target,
		target + ":${stageVariables.none}":                               "",
		invocations + target:                                             "",
		"https://example.com":                                            "",
		"arn:aws:apigateway:eu-west-1:sqs:path/x":                        "",
		"arn:aws:lambda:path/2015-03-31/functions/" + target + "/invoke": "",
	} {
		function, ok := httpapi.FunctionOf(uri, map[string]string{"alias": "live", "whole": target})
		if function != want || ok != (want != "") {
			t.Errorf("%s leads to %q, %v", uri, function, ok)
		}
	}
}
