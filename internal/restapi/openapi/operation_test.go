package openapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/restapi"
	"sluice/internal/restapi/openapi"
)

// The documents in which the rows below stand as GET /pets.
const (
	swagger = `{"swagger": "2.0", "produces": ["a/p"], "definitions": {"Pet": {"type": "object"}},
		"securityDefinitions": {"key": {"type": "apiKey", "name": "X-API-Key", "in": "header"}, "other": {"type": "apiKey", "name": "k", "in": "header"},
			"sign": {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"}},
		"parameters": {"q": {"name": "q", "in": "query"}}, "paths": {"/pets": {"get": %s}}}`
	third = `{"openapi": "3.0.1", "components": {"schemas": {"Pet": {"type": "object"}}, "requestBodies": {"b": {"content": {"a/b": {"schema": {"$ref": "#/components/schemas/Pet"}}}}},
		"securitySchemes": {"sign": {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"}}},
		"paths": {"/pets": {"parameters": [{"name": "s", "in": "query", "required": true}], "get": %s}}}`
)

// untold are members that nobody gave, and those that were made up.
var untold = regexp.MustCompile(`,"(CacheNamespace":"[a-z0-9]{6}"|KeyRequired":false|Parameters":null|Models":null|Templates":null)`)

// said is what an operation makes of a method, as JSON.
func said(t *testing.T, document, operation string) string {
	t.Helper()
	doc := read(t, fmt.Appendf(nil, document, operation), openapi.Options{API: "api"})
	for _, r := range doc.Definition.Resources {
		if m := r.Methods["GET"]; m != nil {
			text, err := json.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			plain := strings.TrimPrefix(string(text), `{"HTTPMethod":"GET","Authorization":"NONE"`)
			return untold.ReplaceAllString(strings.TrimSuffix(plain, "}"), "")
		}
	}
	t.Fatal("there is no method")
	return ""
}

func TestOperations(t *testing.T) {
	proxy := func(more string) string {
		return `{"x-amazon-apigateway-integration": {"type": "AWS_proxy", "httpMethod": "post", "uri": "` + function + `"` + more + `}}`
	}
	const mock = `,"Integration":{"Type":"MOCK",`
	for name, tt := range map[string]struct{ document, operation, want string }{
		"nothing":                     {swagger, `{}`, ``},
		"a name":                      {swagger, `{"operationId": "getPets"}`, `,"OperationName":"getPets"`},
		"a parameter":                 {swagger, `{"parameters": [{"name": "a", "in": "header", "required": true}]}`, `,"Parameters":{"method.request.header.a":true}`},
		"a parameter of all parts":    {third, `{}`, `,"Parameters":{"method.request.querystring.s":true}`},
		"one that replaces it":        {third, `{"parameters": [{"name": "s", "in": "query"}]}`, `,"Parameters":{"method.request.querystring.s":false}`},
		"a shared parameter":          {swagger, `{"parameters": [{"$ref": "#/parameters/q"}]}`, `,"Parameters":{"method.request.querystring.q":false}`},
		"parameters in other places":  {swagger, `{"parameters": [{"name": "a", "in": "formData"}, {"name": "b", "in": "cookie"}, {"in": "query"}, 7]}`, ``},
		"a body":                      {swagger, `{"parameters": [{"name": "b", "in": "body", "schema": {"$ref": "#/definitions/Pet"}}]}`, `,"Models":{"application/json":"Pet"}`},
		"a body of some types":        {swagger, `{"consumes": ["a/b", "c/d"], "parameters": [{"name": "b", "in": "body", "schema": {"$ref": "#/definitions/Pet"}}]}`, `,"Models":{"a/b":"Pet","c/d":"Pet"}`},
		"a body without a schema":     {swagger, `{"parameters": [{"name": "b", "in": "body"}]}`, ``},
		"a body of version 3":         {third, `{"parameters": [{"name": "s", "in": "query"}], "requestBody": {"content": {"a/b": {"schema": {"$ref": "#/components/schemas/Pet"}}, "c/d": {}}}}`, `,"Parameters":{"method.request.querystring.s":false},"Models":{"a/b":"Pet"}`},
		"a shared body":               {third, `{"requestBody": {"$ref": "#/components/requestBodies/b"}}`, `,"Parameters":{"method.request.querystring.s":true},"Models":{"a/b":"Pet"}`},
		"a response":                  {swagger, `{"responses": {"200": {"headers": {"H": {}}, "schema": {"$ref": "#/definitions/Pet"}}}}`, `,"Responses":{"200":{"Status":"200","Parameters":{"method.response.header.H":false},"Models":{"a/p":"Pet"}}}`},
		"a response's own types":      {swagger, `{"produces": ["c/d"], "responses": {"200": {"schema": {"$ref": "#/definitions/Pet"}}}}`, `,"Responses":{"200":{"Status":"200","Models":{"c/d":"Pet"}}}`},
		"statuses that are none":      {swagger, `{"responses": {"default": {}, "2XX": {}, "99": {}, "600": {}, "204": {}}}`, `,"Responses":{"204":{"Status":"204"}}`},
		"a response of version 3":     {third, `{"parameters": [{"name": "s", "in": "query"}], "responses": {"200": {"content": {"a/b": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}}`, `,"Parameters":{"method.request.querystring.s":false},"Responses":{"200":{"Status":"200","Models":{"a/b":"Pet"}}}`},
		"a key":                       {swagger, `{"security": [{"key": []}]}`, `,"KeyRequired":true`},
		"another header is no key":    {swagger, `{"security": [{"other": []}]}`, ``},
		"the short integration":       {swagger, proxy(""), `,"Integration":{"Type":"AWS_PROXY","HTTPMethod":"POST","URI":"` + function + `","Passthrough":"WHEN_NO_MATCH","Timeout":29000}`},
		"a mock drops its URI":        {swagger, `{"x-amazon-apigateway-integration": {"type": "mock", "uri": "x"}}`, mock + `"Passthrough":"WHEN_NO_MATCH","Timeout":29000}`},
		"an object for a template":    {swagger, `{"x-amazon-apigateway-integration": {"type": "mock", "requestTemplates": {"a/b": {"a": [1, "<"]}}}}`, mock + `"Templates":{"a/b":"{\"a\":[1,\"\u003c\"]}"},"Passthrough":"WHEN_NO_MATCH","Timeout":29000}`},
		"a status that is a number":   {swagger, `{"x-amazon-apigateway-integration": {"type": "mock", "responses": {"default": {"statusCode": 200}}}}`, mock + `"Passthrough":"WHEN_NO_MATCH","Timeout":29000,"Responses":{"200":{"Status":"200"}}}`},
		"a pattern":                   {swagger, `{"x-amazon-apigateway-integration": {"type": "mock", "responses": {"4..": {"statusCode": "404", "contentHandling": "convert_to_text"}}}}`, mock + `"Passthrough":"WHEN_NO_MATCH","Timeout":29000,"Responses":{"404":{"Status":"404","Selection":"4..","ContentHandling":"CONVERT_TO_TEXT"}}}`},
		"a time limit that is a text": {swagger, `{"x-amazon-apigateway-integration": {"type": "mock", "timeoutInMillis": "70"}}`, mock + `"Passthrough":"WHEN_NO_MATCH","Timeout":70}`},
	} {
		t.Run(name, func(t *testing.T) {
			if got, want := said(t, tt.document, tt.operation), tt.want; got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// What an operation says of who may call: its own security stands in place of the document's.
func TestWhoMayCall(t *testing.T) {
	for name, tt := range map[string]struct{ root, operation, want string }{
		"nobody said":             {``, `{}`, "NONE false []"},
		"signed":                  {``, `{"security": [{"sign": []}]}`, "AWS_IAM false []"},
		"a key":                   {``, `{"security": [{"key": []}]}`, "NONE true []"},
		"both":                    {``, `{"security": [{"sign": [], "key": []}]}`, "AWS_IAM true []"},
		"a pool":                  {``, `{"security": [{"pool": ["read"]}]}`, "COGNITO_USER_POOLS pool false [read]"},
		"a function":              {``, `{"security": [{"who": ["dropped"]}]}`, "CUSTOM who false []"},
		"the document's":          {`"security": [{"sign": []}],`, `{}`, "AWS_IAM false []"},
		"none in its place":       {`"security": [{"sign": []}],`, `{"security": []}`, "NONE false []"},
		"the extension":           {``, `{"x-amazon-apigateway-auth": {"type": "aws_iam"}}`, "AWS_IAM false []"},
		"the extension goes last": {`"security": [{"sign": []}],`, `{"x-amazon-apigateway-auth": {"type": "NONE"}}`, "NONE false []"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := read(t, fmt.Appendf(nil, `{"swagger": "2.0", %s "securityDefinitions": {
				"key": {"type": "apiKey", "name": "x-api-key", "in": "header"}, "sign": {"type": "apiKey", "x-amazon-apigateway-authtype": "awsSigv4"},
				"pool": {"type": "apiKey", "name": "A", "in": "header", "x-amazon-apigateway-authorizer": {"type": "cognito_user_pools"}},
				"who": {"type": "apiKey", "name": "A", "in": "header", "x-amazon-apigateway-authorizer": {"type": "token", "authorizerUri": %q}}
				}, "paths": {"/": {"get": %s}}}`, tt.root, function, tt.operation), openapi.Options{})
			m, err := doc.Definition.Method(doc.Definition.Root, "GET")
			if err != nil {
				t.Fatal(err)
			}
			who := ""
			if z := doc.Definition.Authorizers[m.AuthorizerID]; z != nil {
				who = z.Name + " "
			}
			if got := fmt.Sprintf("%s %s%v %v", m.Authorization, who, m.KeyRequired, m.Scopes); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestSettingsOfDocuments(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"nothing":       {``, `{"KeySource":""} {"Type":"","IPAddressType":""} false`},
		"binary types":  {`"x-amazon-apigateway-binary-media-types": ["a/b", "*/*"],`, `{"BinaryMediaTypes":["a/b","*/*"],"KeySource":""} {"Type":"","IPAddressType":""} false`},
		"a size":        {`"x-amazon-apigateway-minimum-compression-size": 0,`, `{"MinimumCompression":0,"KeySource":""} {"Type":"","IPAddressType":""} false`},
		"a key source":  {`"x-amazon-apigateway-api-key-source": "authorizer",`, `{"KeySource":"AUTHORIZER"} {"Type":"","IPAddressType":""} false`},
		"a policy":      {`"x-amazon-apigateway-policy": {"a": "<"},`, `{"KeySource":"","Policy":"{\"a\":\"\u003c\"}"} {"Type":"","IPAddressType":""} false`},
		"endpoints":     {`"x-amazon-apigateway-endpoint-configuration": {"types": ["PRIVATE"], "vpcEndpointIds": ["v"]},`, `{"KeySource":""} {"Type":"PRIVATE","IPAddressType":"","VPCEndpoints":["v"]} false`},
		"no default":    {`"x-amazon-apigateway-endpoint-configuration": {"disableExecuteApiEndpoint": true},`, `{"KeySource":""} {"Type":"","IPAddressType":""} true`},
		"other version": {`"schemes": ["https"],`, `{"KeySource":""} {"Type":"","IPAddressType":""} false`},
	} {
		t.Run(name, func(t *testing.T) {
			doc := read(t, []byte(`{`+tt.text+` "swagger": "2.0"}`), openapi.Options{})
			settings, err := json.Marshal(doc.Definition.Settings)
			if err != nil {
				t.Fatal(err)
			}
			endpoint, err := json.Marshal(doc.Endpoint)
			if got := fmt.Sprintf("%s %s %v", settings, endpoint, doc.DisableEndpoint); got != tt.want || err != nil {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestModelsOfDocuments(t *testing.T) {
	doc := read(t, []byte(`{"swagger": "2.0", "definitions": {"Pet-List": {"type": "array", "items": {"$ref": "#/definitions/Pet_1"}}, "Pet_1": {"description": "one"}},
		"paths": {"/": {"get": {"responses": {"200": {"schema": {"type": "array", "items": {"$ref": "#/definitions/Pet_1"}}}, "404": {"schema": {"type": "array", "items": {"$ref": "#/definitions/Pet_1"}}}}}}}}`),
		openapi.Options{API: "abc"})
	models := doc.Definition.Models
	list := `"type":"array"`
	if m := models["PetList"]; m == nil || m.Schema != `{"items":{"$ref":"https://apigateway.amazonaws.com/restapis/abc/models/Pet1"},`+list+`}` {
		t.Errorf("the list is %+v", m)
	}
	if m := models["Pet1"]; m == nil || m.Description != "one" || m.ContentType != "application/json" {
		t.Errorf("the pet is %+v", m)
	}
	names := slices.Sorted(maps.Keys(models))
	if len(names) != 3 || !strings.HasPrefix(names[0], "MODEL") {
		t.Errorf("a schema without a name, used twice, made %v", names)
	}
}

// Each of a document's mistakes is told of, with its place.
func TestMistakesInDocuments(t *testing.T) {
	at := func(operation string) string {
		return `{"swagger": "2.0", "paths": {"/x": {"get": ` + operation + `}}}`
	}
	for name, tt := range map[string]struct{ text, want string }{
		"a model's name twice":    {`{"swagger": "2.0", "definitions": {"a-b": {}, "ab": {}}}`, "Unable to create model 'ab': Model name already exists for this REST API"},
		"a model that is a list":  {`{"swagger": "2.0", "definitions": {"a": []}}`, "Unable to create model 'a': Invalid model specified"},
		"a response of no type":   {`{"swagger": "2.0", "x-amazon-apigateway-gateway-responses": {"TEAPOT": {}}}`, "Unable to put gateway response 'TEAPOT': Invalid gateway response type specified: TEAPOT"},
		"an authorizer of nobody": {`{"swagger": "2.0", "securityDefinitions": {"z": {"x-amazon-apigateway-authorizer": {"type": "token"}}}}`, "Invalid Authorizer URI: ."},
		"a parameter's name":      {at(`{"parameters": [{"name": "a b", "in": "query"}]}`), "Unable to put method 'GET' on resource at path '/x': Invalid mapping expression specified"},
		"the same name twice":     {at(`{"parameters": [{"name": "a", "in": "query"}, {"name": "a", "in": "header"}]}`), "Parameter names must be unique across querystring, header and path"},
		"an authorization":        {at(`{"x-amazon-apigateway-auth": {"type": "trust"}}`), "Invalid Authorization Type specified."},
		"a time limit":            {at(`{"x-amazon-apigateway-integration": {"type": "mock", "timeoutInMillis": "long"}}`), "Unable to put integration on 'GET' for resource at path '/x'"},
		"a pattern":               {at(`{"x-amazon-apigateway-integration": {"type": "mock", "responses": {"(": {"statusCode": 200}}}}`), "Unable to put integration response on 'GET' for resource at path '/x': Invalid selection pattern specified: ("},
		"a header's source":       {at(`{"x-amazon-apigateway-integration": {"type": "mock", "responses": {"default": {"statusCode": 200, "responseParameters": {"method.response.header.H": "x"}}}}}`), "Invalid mapping expression specified: x"},
		"a template's type":       {at(`{"x-amazon-apigateway-integration": {"type": "mock", "requestTemplates": {"json": "{}"}}}`), "Invalid content type specified: json"},
		"below a greedy variable": {`{"swagger": "2.0", "paths": {"/{a+}/b": {}}}`, "Unable to create resource at path '/{a+}/b': Cannot create a child of a resource with a greedy path variable: {a+}"},
		"nested too deeply":       {"a: " + strings.Repeat("[", 200) + strings.Repeat("]", 200), "nested too deeply"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := openapi.Read([]byte(tt.text), openapi.Options{})
			if !fault.Is(err, fault.Invalid, "request") || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

// An export tells what was asked for: extensions only where somebody wants them.
func TestWhatAnExportTells(t *testing.T) {
	doc := read(t, load(t, "oas30.yaml"), openapi.Options{API: "api"})
	for name, tt := range map[string]struct {
		style     openapi.Style
		has, lack []string
	}{
		"swagger":      {openapi.Style{}, []string{`"swagger": "2.0"`, `"basePath": "/dev"`, `"host": "h"`, `"produces": [`, `"consumes": [`, `"definitions"`, `"x-amazon-apigateway-authtype"`}, []string{"-integration", "-authorizer\"", "-request-validator", "openapi"}},
		"version 3":    {openapi.Style{Third: true}, []string{`"openapi": "3.0.1"`, `"url": "https://h/{basePath}"`, `"requestBody"`, `"securitySchemes"`}, []string{"swagger", "produces", "-integration", "-authorizer\"", "binary-media-types"}},
		"integrations": {openapi.Style{Third: true, Integrations: true}, []string{"-integration\"", "-request-validators", "-gateway-responses", "-binary-media-types", "-minimum-compression-size"}, []string{"-authorizer\"", "-policy", "-api-key-source"}},
		"authorizers":  {openapi.Style{Third: true, Authorizers: true}, []string{"-authorizer\"", `"authorizerResultTtlInSeconds": 0`}, []string{"-integration\""}},
		"YAML":         {openapi.Style{YAML: true}, []string{"swagger: \"2.0\"\n"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := openapi.Write(&openapi.Export{Title: "pets", Version: "1", Host: "h", Stage: "dev", Definition: &doc.Definition}, tt.style)
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range tt.has {
				if !strings.Contains(string(text), part) {
					t.Errorf("%s is missing in\n%s", part, text)
				}
			}
			for _, part := range tt.lack {
				if strings.Contains(string(text), part) {
					t.Errorf("%s is in\n%s", part, text)
				}
			}
		})
	}
}

// Several answers for the same pattern are one in a document, always the same one.
func TestAnExportIsAlwaysTheSame(t *testing.T) {
	d := restapi.NewDefinition()
	for _, err := range []error{
		second(d.PutMethod(d.Root, restapi.Method{HTTPMethod: "GET", Authorization: "NONE"})),
		second(d.PutIntegration(d.Root, "GET", restapi.Integration{Type: "MOCK"})),
		second(d.PutIntegrationResponse(d.Root, "GET", restapi.IntegrationResponse{Status: "200"})),
		second(d.PutIntegrationResponse(d.Root, "GET", restapi.IntegrationResponse{Status: "500"})),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for range 20 {
		text, err := openapi.Write(&openapi.Export{Definition: &d}, openapi.Style{Integrations: true})
		if err != nil || !strings.Contains(string(text), `"statusCode": "500"`) {
			t.Fatalf("%s, %v", text, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }
