package openapi

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/httpapi"
	"sluice/internal/oas"
)

const function = "arn:aws:lambda:us-east-1:123456789012:function:"

// pets is an API with all that a document may say of one.
const pets = `
openapi: 3.0.1
info: {title: pets, description: all of them, version: 1.0}
servers:
  - url: https://example.com/{base}/v2
    variables: {base: {default: shop}}
    x-amazon-apigateway-endpoint-configuration: {disableExecuteApiEndpoint: true}
tags:
  - {name: team, x-amazon-apigateway-tag-value: blue}
  - {name: a tag of OpenAPI's own}
paths:
  /pets/{id}:
    get:
      operationId: getPet
      security: [{token: [read]}]
      x-amazon-apigateway-integration: {$ref: '#/components/x-amazon-apigateway-integrations/shared'}
    x-amazon-apigateway-any-method:
      security: [{function: []}]
      x-amazon-apigateway-integration: {$ref: '#/components/x-amazon-apigateway-integrations/shared'}
    parameters: []
  /signed:
    post:
      security: [{sigv4: []}]
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri: arn:aws:lambda:us-east-1:123456789012:function:own
        payloadFormatVersion: "1.0"
        timeoutInMillis: 5000
        credentials: arn:aws:iam::123456789012:role/r
        requestParameters: {overwrite:path: /x}
        responseParameters: {"200": {"overwrite:statuscode": 202}}
  $default:
    x-amazon-apigateway-any-method: {isDefaultRoute: true}
components:
  x-amazon-apigateway-integrations:
    shared: {type: aws_proxy, uri: "arn:aws:lambda:us-east-1:123456789012:function:shared", payloadFormatVersion: 2.0, connectionType: INTERNET}
  securitySchemes:
    token:
      type: oauth2
      x-amazon-apigateway-authorizer:
        type: jwt
        identitySource: $request.header.Authorization
        jwtConfiguration: {issuer: "https://example.com", audience: [us, them]}
    function:
      type: apiKey
      x-amazon-apigateway-authorizer:
        type: request
        identitySource: $request.header.A, $request.querystring.b
        authorizerUri: arn:aws:lambda:us-east-1:123456789012:function:judge
        authorizerPayloadFormatVersion: 2.0
        authorizerResultTtlInSeconds: 60
        enableSimpleResponses: true
    sigv4: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
x-amazon-apigateway-cors: {allowOrigins: ["*"], allowMethods: [GET], allowHeaders: [a], exposeHeaders: b, maxAge: 300, allowCredentials: true}
x-amazon-apigateway-importexport-version: "1.0"
`

// said are an API's routes, each with its integration and its authorizer by what they are.
func said(d *httpapi.Definition) map[string]string {
	all := map[string]string{}
	for _, r := range d.Routes {
		line := r.Authorization + " " + strings.Join(r.Scopes, "+")
		if z := d.Authorizers[r.AuthorizerID]; z != nil {
			line += " " + z.Name
		}
		if i := d.Integrations[r.Integration()]; i != nil {
			line += fmt.Sprint(" ", strings.TrimPrefix(i.URI, function), " ", i.Format, " ", i.Timeout, " ", i.Credentials, " ", i.Parameters, " ", i.Responses)
		}
		all[r.Key] = line
	}
	return all
}

var petRoutes = map[string]string{
	"GET /pets/{id}": "JWT read token shared 2.0 30000  map[] map[]",
	"ANY /pets/{id}": "CUSTOM  function shared 2.0 30000  map[] map[]",
	"POST /signed":   "AWS_IAM  own 1.0 5000 arn:aws:iam::123456789012:role/r map[overwrite:path:/x] map[200:map[overwrite:statuscode:202]]",
	"$default":       "NONE ",
}

func TestADocument(t *testing.T) {
	doc, err := Read(pets, "")
	if err != nil {
		t.Fatal(err)
	}
	c := doc.Creation
	if c.Name != "pets" || c.Description != "all of them" || c.Version != "1.0" || !c.DisableEndpoint || fmt.Sprint(c.Tags) != "map[team:blue]" || doc.Warnings != nil {
		t.Errorf("%+v", doc)
	}
	if got := said(c.Definition); fmt.Sprint(got) != fmt.Sprint(petRoutes) {
		t.Errorf("the routes are\n%v, want\n%v", got, petRoutes)
	}
	if len(c.Definition.Integrations) != 2 {
		t.Errorf("%d integrations, want the shared one once", len(c.Definition.Integrations))
	}
	cors := c.Definition.CORS
	if got := fmt.Sprint(cors.Origins, cors.Methods, cors.Headers, cors.Expose, *cors.MaxAge, *cors.Credentials); got != "[*] [GET] [a] [b] 300 true" {
		t.Errorf("CORS: %s", got)
	}
	for _, z := range c.Definition.Authorizers {
		got := fmt.Sprint(z.Type, z.Identity, z.Issuer, z.Audience, z.URI, z.Format, z.Simple)
		want := "JWT[$request.header.Authorization]https://example.com[us them]false"
		if z.Name == "function" {
			want = "REQUEST[$request.header.A $request.querystring.b][]" + function + "judge2.0true"
		}
		if strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%s: %s, want %s", z.Name, got, want)
		}
	}
}

// What is written is read as the same API.
func TestWhatIsWritten(t *testing.T) {
	doc, err := Read(pets, "")
	if err != nil {
		t.Fatal(err)
	}
	api := &httpapi.API{Name: "pets", Created: time.Unix(0, 0).UTC(), Definition: *doc.Definition}
	for _, inYAML := range []bool{false, true} {
		text, err := Write(&Export{API: api, Definition: &api.Definition, Host: "abc.execute-api.us-east-1.amazonaws.com", Stage: "dev", YAML: inYAML, Extensions: true})
		if err != nil {
			t.Fatal(err)
		}
		again, err := Read(string(text), oas.PrependBase)
		if err != nil {
			t.Fatalf("%v of\n%s", err, text)
		}
		got := said(again.Definition)
		for key, want := range petRoutes {
			if key != httpapi.DefaultKey {
				key = strings.Replace(key, " /", " /dev/", 1)
			}
			if got[key] != want {
				t.Errorf("%s is %s, want %s", key, got[key], want)
			}
		}
		if again.Definition.CORS == nil || again.Version != "1970-01-01 00:00:00UTC" {
			t.Errorf("%+v", again)
		}
	}
	plain, err := Write(&Export{API: api, Definition: &api.Definition, Host: "h"})
	if err != nil || strings.Contains(string(plain), "x-amazon-apigateway-integration") || strings.Contains(string(plain), "x-amazon-apigateway-cors") {
		t.Errorf("without extensions: %v\n%s", err, plain)
	}
}

func TestBasePaths(t *testing.T) {
	for base, want := range map[string]string{
		"": "GET /", oas.IgnoreBase: "GET /", oas.PrependBase: "GET /shop/v2/", oas.SplitBase: "GET /v2/",
	} {
		doc, err := Read(`{"openapi":"3.0.1","info":{"title":"a"},"servers":[{"url":"/shop/v2"}],"paths":{"/":{"get":{}}}}`, base)
		if err != nil || said(doc.Definition)[want] == "" {
			t.Errorf("%s: %v, %v", base, doc, err)
		}
	}
}

// What SAM writes in its own way.
func TestDocumentsOfSAM(t *testing.T) {
	doc, err := Read(`{"openapi":"3.0.1","info":{"title":"a"},"paths":{"/":{"get":{"security":[{"NONE":[]}],"x-amazon-apigateway-integration":
		{"type":"aws_proxy","uri":"`+function+`f","payloadFormatVersion":2}}}},"components":{"securitySchemes":{"z":{"x-amazon-apigateway-authorizer":
		{"type":"request","authorizerUri":"`+function+`z","authorizerPayloadFormatVersion":1}}}}}`, "")
	if err != nil || doc.Warnings != nil {
		t.Fatalf("%v, %v", doc, err)
	}
	if got := said(doc.Definition)["GET /"]; got != "NONE  f 2.0 30000  map[] map[]" || doc.Definition.SortedAuthorizers()[0].Format != httpapi.Format1 {
		t.Errorf("the route is %s", got)
	}
}

func TestWarnings(t *testing.T) {
	doc, err := Read(`{"openapi":"3.0.1","info":{"title":"a"},"security":[{"none":[]}],"paths":{"/a":{"get":{}},"/b":{"$ref":"#/no/where"}}}`, "")
	if want := "[Security scheme 'none' of route 'GET /a' has no authorizer Unable to resolve reference '#/no/where']"; err != nil || fmt.Sprint(doc.Warnings) != want {
		t.Errorf("%v, %v", doc.Warnings, err)
	}
}

func TestWrongDocuments(t *testing.T) {
	const head = `{"openapi":"3.0.1","info":{"title":"a"},`
	integration := func(more string) string {
		return head + `"paths":{"/":{"get":{"x-amazon-apigateway-integration":{"type":"aws_proxy","uri":"` + function + `f",` + more + `}}}}}`
	}
	for name, tt := range map[string]struct{ text, noun, want string }{
		"nothing":               {"", "request", "Invalid OpenAPI input"},
		"a text":                {"text", "request", "Invalid OpenAPI input."},
		"a list":                {"[]", "request", "Invalid OpenAPI input."},
		"no YAML":               {"a: [", "request", "Invalid OpenAPI input"},
		"Swagger":               {`{"swagger":"2.0"}`, "request", "HTTP APIs are imported from OpenAPI 3.0"},
		"no title":              {`{"openapi":"3.0.1"}`, "request", "info.title is missing"},
		"an alias":              {"openapi: 3.0.1\na: &a {}\nb: *a\n", "request", "YAML aliases are not supported (line 3)"},
		"too deep":              {head + `"x":` + strings.Repeat("[", 100000), "request", "Invalid OpenAPI input"},
		"too long":              {strings.Repeat(" ", oas.MaxSize+1), "request", "more than"},
		"a bad path":            {head + `"paths":{"/{a+}/b":{"get":{}}}}`, "request", "Unable to create route 'GET /{a+}/b': One or more path parts"},
		"a bad time":            {integration(`"timeoutInMillis":"soon"`), "request", `timeoutInMillis is "soon"`},
		"no time at all":        {integration(`"timeoutInMillis":0`), "request", `timeoutInMillis is "0"`},
		"a private network":     {integration(`"connectionType":"VPC_LINK"`), "unserved", "Sluice has no VPC links"},
		"a service":             {integration(`"integrationSubtype":"SQS-SendMessage"`), "unserved", "SQS-SendMessage"},
		"another integration":   {head + `"paths":{"/":{"get":{"x-amazon-apigateway-integration":{"type":"http_proxy"}}}}}`, "unserved", "type HTTP_PROXY"},
		"a bad authorizer":      {head + `"components":{"securitySchemes":{"z":{"x-amazon-apigateway-authorizer":{"type":"token"}}}}}`, "request", "Unable to create authorizer 'z'"},
		"parts of other types":  {head + `"paths":[1],"components":3,"tags":{},"x-amazon-apigateway-cors":[],"servers":5}`, "", ""},
		"operations of no type": {head + `"paths":{"/":{"get":null,"post":[],"put":"x"}}}`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(tt.text, "")
			if tt.noun == "" && err == nil {
				return
			}
			if !fault.Is(err, fault.Invalid, tt.noun) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}

// Documents come from anybody: none may bring the server down.
func FuzzRead(f *testing.F) {
	f.Add(pets)
	f.Add(`{"openapi":"3.0.1","info":{"title":"a"},"paths":{"/":{"$ref":"#/paths/~1"}}}`)
	f.Add("openapi: 3.0.0\n? [a]\n: - !!x y\n")
	f.Fuzz(func(_ *testing.T, text string) {
		_, _ = Read(text, oas.SplitBase)
	})
}
