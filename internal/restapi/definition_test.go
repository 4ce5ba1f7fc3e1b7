package restapi_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/restapi"
)

// refusal is something that is asked of a definition in vain. A want that ends with ... is the beginning of the text.
type refusal struct {
	name string
	kind fault.Kind
	want string
	do   func(d *restapi.Definition) error
}

func testRefusals(t *testing.T, rows []refusal) {
	t.Helper()
	for _, tt := range rows {
		t.Run(tt.name, func(t *testing.T) {
			d, _, _ := sample(t)
			err := tt.do(d)
			if err == nil {
				t.Fatal("it is not refused")
			}
			wantText(t, fault.Of(err).Kind.String()+": "+err.Error(), tt.kind.String()+": "+tt.want)
		})
	}
}

// failed drops what came with an error.
func failed[T any](_ T, err error) error { return err }

func TestRefusalsOfMethods(t *testing.T) {
	put := func(m restapi.Method) func(d *restapi.Definition) error {
		return func(d *restapi.Definition) error { return failed(d.PutMethod(d.Root, m)) }
	}
	testRefusals(t, []refusal{
		{"of no resource", fault.NotFound, "Invalid Resource identifier specified", func(d *restapi.Definition) error {
			return failed(d.PutMethod("none", restapi.Method{HTTPMethod: "GET", Authorization: "NONE"}))
		}},
		{"of another kind", fault.Invalid, "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY", put(restapi.Method{HTTPMethod: "get", Authorization: "NONE"})},
		{"a second one", fault.Conflict, "Method already exists for this resource", put(restapi.Method{HTTPMethod: "POST", Authorization: "NONE"})},
		{"no authorization", fault.Invalid, "Invalid Authorization Type specified. ...", put(restapi.Method{HTTPMethod: "GET"})},
		{"no authorizer", fault.Invalid, "Invalid authorizer ID specified. ...", put(restapi.Method{HTTPMethod: "GET", Authorization: "cognito_user_pools"})},
		{"no validator", fault.Invalid, "Invalid Request Validator identifier specified", put(restapi.Method{HTTPMethod: "GET", Authorization: "NONE", ValidatorID: "none"})},
		{"no model", fault.Invalid, "Invalid model identifier specified: N", put(restapi.Method{HTTPMethod: "GET", Authorization: "NONE", Models: map[string]string{"a/b": "N"}})},
		{"a parameter of the body", fault.Invalid, "Invalid mapping expression specified: ...", put(restapi.Method{HTTPMethod: "GET", Authorization: "NONE", Parameters: map[string]bool{"method.request.body": true}})},
		{"a parameter without a name", fault.Invalid, "Invalid mapping expression specified: ...", put(restapi.Method{HTTPMethod: "GET", Authorization: "NONE", Parameters: map[string]bool{"method.request.path.": true}})},
		{"of what is not there", fault.NotFound, "Invalid Method identifier specified", func(d *restapi.Definition) error { return failed(d.Method(d.Root, "GET")) }},
		{"changing what is not there", fault.NotFound, "Invalid Method identifier specified", func(d *restapi.Definition) error { return failed(d.UpdateMethod(d.Root, "GET", nil)) }},
		{"deleting what is not there", fault.NotFound, "Invalid Method identifier specified", func(d *restapi.Definition) error { return d.DeleteMethod(d.Root, "GET") }},
		{"a second response", fault.Conflict, "Response already exists for this resource", func(d *restapi.Definition) error {
			return failed(d.PutMethodResponse(d.Root, "POST", restapi.MethodResponse{Status: "200"}))
		}},
		{"a response that is not there", fault.NotFound, "Invalid Response status code specified", func(d *restapi.Definition) error { return failed(d.MethodResponse(d.Root, "POST", "404")) }},
		{"changing a response that is not there", fault.NotFound, "Invalid Response status code specified", func(d *restapi.Definition) error { return failed(d.UpdateMethodResponse(d.Root, "POST", "404", nil)) }},
		{"deleting a response that is not there", fault.NotFound, "Invalid Response status code specified", func(d *restapi.Definition) error { return d.DeleteMethodResponse(d.Root, "POST", "404") }},
		{"a response of no method", fault.NotFound, "Invalid Method identifier specified", func(d *restapi.Definition) error {
			return failed(d.PutMethodResponse(d.Root, "GET", restapi.MethodResponse{Status: "200"}))
		}},
	})
}

// An integration's own parts come before the question whether its method is there.
func TestRefusalsOfIntegrations(t *testing.T) {
	put := func(i restapi.Integration) func(d *restapi.Definition) error {
		return func(d *restapi.Definition) error { return failed(d.PutIntegration(d.Root, "POST", i)) }
	}
	sqs := "arn:aws:apigateway:eu-west-1:sqs:path/1/queue"
	testRefusals(t, []refusal{
		{"no type", fault.Invalid, "Invalid integration type specified: ", put(restapi.Integration{})},
		{"no type for no method", fault.Invalid, "Invalid integration type specified: ", func(d *restapi.Definition) error {
			return failed(d.PutIntegration(d.Root, "GET", restapi.Integration{}))
		}},
		{"for no method", fault.NotFound, "Invalid Method identifier specified", func(d *restapi.Definition) error {
			return failed(d.PutIntegration(d.Root, "GET", restapi.Integration{Type: "MOCK"}))
		}},
		{"for no resource", fault.NotFound, "Invalid Resource identifier specified", func(d *restapi.Definition) error {
			return failed(d.PutIntegration("none", "GET", restapi.Integration{Type: "MOCK"}))
		}},
		{"no HTTP method", fault.Invalid, "Enumeration value for HttpMethod must be non-empty", put(restapi.Integration{Type: "AWS", URI: sqs})},
		{"a proxy for a queue", fault.Invalid, "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.", put(restapi.Integration{Type: "AWS_PROXY", HTTPMethod: "POST", URI: sqs})},
		{"no ARN", fault.Invalid, "Invalid ARN specified in the request", put(restapi.Integration{Type: "AWS", HTTPMethod: "POST", URI: "https://example.com"})},
		{"no address", fault.Invalid, "Invalid HTTP endpoint specified for URI", put(restapi.Integration{Type: "HTTP_PROXY", HTTPMethod: "GET", URI: sqs})},
		{"deleting none", fault.NotFound, "Invalid Integration identifier specified", func(d *restapi.Definition) error {
			must(t, d.DeleteIntegration(d.Root, "POST"))
			return d.DeleteIntegration(d.Root, "POST")
		}},
		{"a response that is not there", fault.NotFound, "Invalid Response status code specified", func(d *restapi.Definition) error { return failed(d.IntegrationResponse(d.Root, "POST", "404")) }},
		{"changing a response that is not there", fault.NotFound, "Invalid Integration Response identifier specified", func(d *restapi.Definition) error {
			return failed(d.UpdateIntegrationResponse(d.Root, "POST", "404", nil))
		}},
		{"deleting a response that is not there", fault.NotFound, "Invalid Response status code specified", func(d *restapi.Definition) error { return d.DeleteIntegrationResponse(d.Root, "POST", "404") }},
		{"a response of no integration", fault.NotFound, "Invalid Method identifier specified", func(d *restapi.Definition) error {
			return failed(d.PutIntegrationResponse(d.Root, "GET", restapi.IntegrationResponse{Status: "200"}))
		}},
		{"a response with a bad pattern", fault.Invalid, "Invalid selection pattern specified: [", func(d *restapi.Definition) error {
			return failed(d.PutIntegrationResponse(d.Root, "POST", restapi.IntegrationResponse{Status: "201", Selection: new("[")}))
		}},
	})
}

func TestRefusalsOfParts(t *testing.T) {
	model := func(m restapi.Model) func(d *restapi.Definition) error {
		return func(d *restapi.Definition) error { return failed(d.CreateModel(m)) }
	}
	authorizer := func(a restapi.Authorizer) func(d *restapi.Definition) error {
		return func(d *restapi.Definition) error { return failed(d.CreateAuthorizer(a)) }
	}
	uri := lambdaURI + "f/invocations"
	testRefusals(t, []refusal{
		{"a model without a name", fault.Invalid, "Model name must be non-empty", model(restapi.Model{Schema: "{}"})},
		{"a model's name with a hyphen", fault.Invalid, "Model name must be alphanumeric: a-b", model(restapi.Model{Name: "a-b", Schema: "{}"})},
		{"a second model of a name", fault.Conflict, "Model name already exists for this REST API", model(restapi.Model{Name: "M", Schema: "{}"})},
		{"a model without a schema", fault.Invalid, "Model schema must have at least 1 property or array items defined", model(restapi.Model{Name: "N"})},
		{"a model that is a list", fault.Invalid, "Invalid model specified: ...", model(restapi.Model{Name: "N", Schema: "[]"})},
		{"a model that is not there", fault.NotFound, "Invalid model name specified: N", func(d *restapi.Definition) error { return failed(d.UpdateModel("N", nil)) }},
		{"a model of a method", fault.Conflict, "Cannot delete model 'M', is referenced in method request: //POST", func(d *restapi.Definition) error { return d.DeleteModel("M") }},
		{"a model of a response", fault.Conflict, "Cannot delete model 'M', is referenced in method response: //POST/200", func(d *restapi.Definition) error {
			must(t, failed(d.UpdateMethod(d.Root, "POST", []restapi.Patch{{Op: "remove", Path: "/requestModels/application~1json"}})))
			return d.DeleteModel("M")
		}},
		{"too many models", fault.Limit, "Maximum number of models for this API has been reached. Please contact AWS if you need additional models. At most 60 are possible.", func(d *restapi.Definition) error {
			return repeated(60, func(i int) error { return model(restapi.Model{Name: fmt.Sprint("N", i), Schema: "{}"})(d) })
		}},
		{"a validator of a method", fault.Conflict, "Cannot delete validator '...", func(d *restapi.Definition) error {
			return d.DeleteValidator(slices.Collect(maps.Keys(d.Validators))[0])
		}},
		{"a validator that is not there", fault.NotFound, "Invalid Request Validator identifier specified", func(d *restapi.Definition) error { return d.DeleteValidator("none") }},
		{"changing a validator that is not there", fault.NotFound, "Invalid Request Validator identifier specified", func(d *restapi.Definition) error { return failed(d.UpdateValidator("none", nil)) }},
		{"an authorizer of a method", fault.Conflict, "Cannot delete authorizer '...", func(d *restapi.Definition) error {
			return d.DeleteAuthorizer(slices.Collect(maps.Keys(d.Authorizers))[0])
		}},
		{"an authorizer that is not there", fault.NotFound, "Invalid Authorizer identifier specified", func(d *restapi.Definition) error { return failed(d.UpdateAuthorizer("none", nil)) }},
		{"a second authorizer of a name", fault.Invalid, "Authorizer name must be unique. Authorizer z already exists in this RestApi.", authorizer(restapi.Authorizer{Name: "z", Type: "TOKEN", URI: uri, Identity: "i"})},
		{"an authorizer without a name", fault.Invalid, "Authorizer name cannot be empty", authorizer(restapi.Authorizer{Type: "TOKEN", URI: uri, Identity: "i"})},
		{"an authorizer without a function", fault.Invalid, "Invalid Authorizer URI: . ...", authorizer(restapi.Authorizer{Name: "y", Type: "REQUEST"})},
		{"a token from nowhere", fault.Invalid, "Identity source is required for authorizers of type TOKEN", authorizer(restapi.Authorizer{Name: "y", Type: "TOKEN", URI: uri})},
		{"a decision for too long", fault.Invalid, "Authorizer result TTL must be between 0 and 3600 seconds", authorizer(restapi.Authorizer{Name: "y", Type: "REQUEST", URI: uri, TTL: new(int64(3601))})},
		{"too many authorizers", fault.Limit, "Maximum number of authorizers for this API has been reached. ...", func(d *restapi.Definition) error {
			return repeated(10, func(i int) error {
				return authorizer(restapi.Authorizer{Name: fmt.Sprint(i), Type: "COGNITO_USER_POOLS"})(d)
			})
		}},
		{"a response of no type", fault.Invalid, "Invalid gateway response type specified: TEAPOT", func(d *restapi.Definition) error {
			return failed(d.PutResponse(restapi.GatewayResponse{Type: "TEAPOT"}))
		}},
		{"changing a response of no type", fault.Invalid, "Invalid gateway response type specified: TEAPOT", func(d *restapi.Definition) error { return failed(d.UpdateResponse("TEAPOT", nil)) }},
		{"deleting a default", fault.NotFound, "Gateway response type not defined on api", func(d *restapi.Definition) error { return d.DeleteResponse("THROTTLED") }},
	})
}

// repeated does something so many times, and once more, until it fails.
func repeated(times int, do func(i int) error) error {
	for i := range times + 1 {
		if err := do(i); err != nil {
			return err
		}
	}
	return nil
}

// What is deleted is gone, and lets go what it used.
func TestDeletingTheParts(t *testing.T) {
	d, validator, authorizer := sample(t)
	must(t, d.DeleteIntegrationResponse(d.Root, "POST", "200"))
	must(t, d.DeleteMethodResponse(d.Root, "POST", "200"))
	m, err := d.Method(d.Root, "POST")
	must(t, err)
	if len(m.Responses) != 0 || len(m.Integration.Responses) != 0 {
		t.Errorf("left are %+v and %+v", m.Responses, m.Integration.Responses)
	}
	must(t, d.DeleteIntegration(d.Root, "POST"))
	if m.Integration != nil {
		t.Errorf("left is %+v", m.Integration)
	}
	must(t, d.DeleteMethod(d.Root, "POST"))
	must(t, d.DeleteModel("M"))
	must(t, d.DeleteValidator(validator))
	must(t, d.DeleteAuthorizer(authorizer))
	if len(d.Models)+len(d.Validators)+len(d.Authorizers)+len(d.Resources[d.Root].Methods) != 0 {
		t.Errorf("left is %+v", d)
	}
}

// What nobody gives is AWS's default.
func TestDefaultsOfIntegrations(t *testing.T) {
	for kind, want := range map[string]restapi.Integration{
		"MOCK":       {Type: "MOCK", Passthrough: "WHEN_NO_MATCH", Timeout: 29000},
		"HTTP_PROXY": {Type: "HTTP_PROXY", HTTPMethod: "GET", URI: "http://x", ConnectionType: "INTERNET", Passthrough: "WHEN_NO_MATCH", Timeout: 29000},
		"AWS_PROXY":  {Type: "AWS_PROXY", HTTPMethod: "GET", URI: lambdaURI + "f/invocations", Passthrough: "WHEN_NO_MATCH", Timeout: 29000},
	} {
		t.Run(kind, func(t *testing.T) {
			d, _, _ := sample(t)
			got, err := d.PutIntegration(d.Root, "POST", restapi.Integration{Type: kind, URI: want.URI, HTTPMethod: want.HTTPMethod})
			must(t, err)
			want.CacheNamespace = d.Root
			if difference(t, members(t, want), members(t, got)) != "{}" {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

// Recording test_apigateway_with_custom_authorization_method: who does not say how long decisions hold is not told.
func TestDefaultsOfAuthorizers(t *testing.T) {
	d := restapi.NewDefinition()
	token, err := d.CreateAuthorizer(restapi.Authorizer{Name: "t", Type: restapi.RequestAuthorizer, URI: lambdaURI + "f/invocations"})
	must(t, err)
	pool, err := d.CreateAuthorizer(restapi.Authorizer{Name: "c", Type: restapi.CognitoAuthorizer})
	must(t, err)
	if token.TTL != nil || pool.TTL != nil {
		t.Errorf("decisions hold for %v and %v", token.TTL, pool.TTL)
	}
}

// A segment of a path is a text, a variable or, at the end, a greedy variable.
func TestPartsOfPaths(t *testing.T) {
	const words = "invalid: Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end."
	for part, want := range map[string]string{
		"a": "/a", "A-1._:$": "/A-1._:$", "{a}": "/{a}", "{a+}": "/{a+}", "{a.b}": "/{a.b}",
		"": words, "a b": words, "a/b": words, "{a": words, "a}": words, "{}": words, "{+}": words, "{a++}": words, "x{a}": words, "a%20": words, "ü": words,
	} {
		t.Run(part, func(t *testing.T) {
			d := restapi.NewDefinition()
			made, err := d.CreateResource(d.Root, part)
			if err != nil {
				wantText(t, fault.Of(err).Kind.String()+": "+err.Error(), want)
				return
			}
			wantText(t, made.Path, want)
		})
	}
}

func TestMovingResources(t *testing.T) {
	for _, tt := range []struct{ of, path, to, want string }{
		{"/a/b", "/parentId", "/", "/ /a /b /b/{c} /g /g/{r+}"},
		{"/a/b", "/parentId", "/g", "/ /a /g /g/b /g/b/{c} /g/{r+}"},
		{"/a/b", "/pathPart", "x", "/ /a /a/x /a/x/{c} /g /g/{r+}"},
		{"/a/b/{c}", "/pathPart", "{d+}", "/ /a /a/b /a/b/{d+} /g /g/{r+}"},
		{"/a/b", "/pathPart", "{b+}", "Cannot create a child of a resource with a greedy path variable: {b+}"},
		{"/a/b/{c}", "/parentId", "/g", "A sibling ({r+}) of this resource already has a variable path part -- only one is allowed"},
		{"/a/b", "/parentId", "/g/{r+}", "Cannot create a child of a resource with a greedy path variable: {r+}"},
		{"/a", "/parentId", "/a/b/{c}", "Resources cannot be cyclical."},
		{"/a", "/parentId", "/a", "Resources cannot be cyclical."},
		{"/", "/parentId", "/a", "Root resource cannot update its parentId."},
		{"/", "/pathPart", "x", "Root resource cannot update its pathPart."},
		{"/a", "/pathPart", "g", "Another resource with the same parent already has this name: g"},
		{"/a", "/pathPart", "a", "/ /a /a/b /a/b/{c} /g /g/{r+}"},
		{"/a", "/parentId", "none", "Invalid Resource identifier specified"},
		{"/a", "/path", "/x", "Invalid patch path  '/path' specified for op 'replace'. Must be one of: [/parentId, /pathPart]"},
	} {
		t.Run(tt.of+" "+tt.path+" "+tt.to, func(t *testing.T) {
			d := restapi.NewDefinition()
			must(t, failed(d.Ensure("/a/b/{c}")))
			must(t, failed(d.Ensure("/g/{r+}")))
			ids, paths := map[string]string{}, ""
			for _, r := range d.Sorted() {
				ids[r.Path] = r.ID
			}
			to := tt.to
			if ids[to] != "" {
				to = ids[to]
			}
			if _, err := d.UpdateResource(ids[tt.of], []restapi.Patch{{Op: "replace", Path: tt.path, Value: &to}}); err != nil {
				paths = err.Error()
			} else {
				paths = pathsOf(d)
			}
			wantText(t, paths, tt.want)
		})
	}
}

func pathsOf(d restapi.Definition) (paths string) {
	for i, r := range d.Sorted() {
		if i > 0 {
			paths += " "
		}
		paths += r.Path
	}
	return paths
}

func TestDeletingAResourceDeletesWhatIsBelow(t *testing.T) {
	d := restapi.NewDefinition()
	b, err := d.Ensure("/a/b")
	must(t, err)
	must(t, failed(d.Ensure("/a/b/c")))
	must(t, d.DeleteResource(b.ID))
	wantText(t, pathsOf(d), "/ /a")
	wantFault(t, d.DeleteResource(b.ID), fault.NotFound, "Invalid Resource identifier specified")
	wantFault(t, d.DeleteResource(d.Root), fault.Invalid, "Root resource cannot be deleted.")
}
