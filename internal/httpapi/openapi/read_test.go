package openapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sluice/internal/httpapi"
	"sluice/internal/httpapi/openapi"
	"sluice/internal/oas"
)

// read reads a document with these members besides those that each has.
func read(t *testing.T, members, base string) *openapi.Document {
	t.Helper()
	doc, err := openapi.Read(`{"openapi":"3.0.1","info":{"title":"a","version":"1"}`+members+`}`, base)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func keysOf(d *httpapi.Definition) string {
	var keys []string
	for _, r := range d.Routes {
		keys = append(keys, r.Key)
	}
	return strings.Join(slices.Sorted(slices.Values(keys)), ", ")
}

func TestKeysOfRoutes(t *testing.T) {
	const servers = `,"servers":[{"url":"https://a.example/{base}/v1","variables":{"base":{"default":"/api"}}}]`
	for name, tt := range map[string]struct{ members, base, want string }{
		"no paths":            {``, "", ""},
		"each method":         {`,"paths":{"/":{"get":{},"put":{},"post":{},"delete":{},"patch":{},"options":{},"head":{}}}`, "", "DELETE /, GET /, HEAD /, OPTIONS /, PATCH /, POST /, PUT /"},
		"any method":          {`,"paths":{"/{proxy+}":{"x-amazon-apigateway-any-method":{}}}`, "", "ANY /{proxy+}"},
		"capitals":            {`,"paths":{"/":{"GET":{}}}`, "", "GET /"},
		"keys that are none":  {`,"paths":{"/":{"parameters":[],"summary":"x","x-other":{},"trace":{}}}`, "", ""},
		"the default path":    {`,"paths":{"/$default":{"x-amazon-apigateway-any-method":{}}}`, "", "$default"},
		"a default route":     {`,"paths":{"/any":{"x-amazon-apigateway-any-method":{"isDefaultRoute":true}}}`, "", "$default"},
		"a path elsewhere":    {`,"paths":{"/a":{"$ref":"#/x-shared"}},"x-shared":{"get":{}}`, "", "GET /a"},
		"base is ignored":     {servers + `,"paths":{"/a":{"get":{}}}`, oas.IgnoreBase, "GET /a"},
		"base goes before":    {servers + `,"paths":{"/a":{"get":{}}}`, oas.PrependBase, "GET /api/v1/a"},
		"base is split":       {servers + `,"paths":{"/a":{"get":{}}}`, oas.SplitBase, "GET /v1/a"},
		"no server to split":  {`,"paths":{"/a":{"get":{}}}`, oas.SplitBase, "GET /a"},
		"no path of a server": {`,"servers":[{"url":"https://a.example"}],"paths":{"/a":{"get":{}}}`, oas.PrependBase, "GET /a"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := keysOf(read(t, tt.members, tt.base).Definition); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

func TestWhatADocumentSaysOfItsAPI(t *testing.T) {
	for name, tt := range map[string]struct{ members, want string }{
		"nothing":           {``, "a 1 false <nil> map[]"},
		"tags":              {`,"tags":[{"name":"team","x-amazon-apigateway-tag-value":"b"},{"name":"only for readers"},"odd"]`, "a 1 false <nil> map[team:b]"},
		"no endpoint":       {`,"servers":[{"url":"/"},{"x-amazon-apigateway-endpoint-configuration":{"disableExecuteApiEndpoint":true}}]`, "a 1 true <nil> map[]"},
		"an endpoint":       {`,"servers":[{"x-amazon-apigateway-endpoint-configuration":{"disableExecuteApiEndpoint":"false"}}]`, "a 1 false <nil> map[]"},
		"origins":           {`,"x-amazon-apigateway-cors":{"allowOrigins":["https://a","https://b"]}`, "a 1 false &{<nil> [] [] [https://a https://b] [] <nil>} map[]"},
		"one origin":        {`,"x-amazon-apigateway-cors":{"allowOrigins":"*","allowMethods":["GET"],"allowHeaders":["x"],"exposeHeaders":["y"]}`, "a 1 false &{<nil> [x] [GET] [*] [y] <nil>} map[]"},
		"CORS of nothing":   {`,"x-amazon-apigateway-cors":{}`, "a 1 false &{<nil> [] [] [] [] <nil>} map[]"},
		"CORS of no type":   {`,"x-amazon-apigateway-cors":true`, "a 1 false <nil> map[]"},
		"an age of no type": {`,"x-amazon-apigateway-cors":{"maxAge":"soon"}`, "a 1 false &{<nil> [] [] [] [] <nil>} map[]"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := read(t, tt.members, "")
			if got := fmt.Sprint(doc.Name, " ", doc.Version, " ", doc.DisableEndpoint, " ", doc.Definition.CORS, " ", doc.Tags); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
	doc := read(t, `,"x-amazon-apigateway-cors":{"maxAge":60,"allowCredentials":true}`, "")
	if c := doc.Definition.CORS; c.MaxAge == nil || *c.MaxAge != 60 || c.Credentials == nil || !*c.Credentials {
		t.Errorf("CORS is %+v", c)
	}
}

// Integrations that operations name alike are one; others are each their own.
func TestSharedIntegrations(t *testing.T) {
	const own = `{"x-amazon-apigateway-integration":{"type":"aws_proxy","uri":"arn:aws:lambda:eu-west-1:123456789012:function:f","payloadFormatVersion":2}}`
	const shared = `{"x-amazon-apigateway-integration":{"$ref":"#/components/x-amazon-apigateway-integrations/f"}}`
	doc := read(t, `,"paths":{"/a":{"get":`+own+`,"put":`+own+`},"/b":{"get":`+shared+`,"put":`+shared+`}},"components":{"x-amazon-apigateway-integrations":{"f":
		{"type":"AWS_PROXY","httpMethod":"post","uri":"arn:aws:lambda:eu-west-1:123456789012:function:g","payloadFormatVersion":"1.0","timeoutInMillis":100,"credentials":"c","description":"d",
		"requestParameters":{"overwrite:path":"/"},"responseParameters":{"200":{"overwrite:statuscode":"201"}}}}}`, "")
	if len(doc.Definition.Integrations) != 3 {
		t.Fatalf("there are %d integrations, want 3", len(doc.Definition.Integrations))
	}
	for _, r := range doc.Definition.Routes {
		i := doc.Definition.Integrations[r.Integration()]
		got := fmt.Sprint(i.Type, i.Method, i.URI[len(i.URI)-2:], i.Format, i.Timeout, i.Credentials, i.Description, i.Parameters, i.Responses)
		want := "AWS_PROXYPOST:f2.030000map[]map[]"
		if strings.HasSuffix(r.Key, "/b") {
			want = "AWS_PROXYPOST:g1.0100cdmap[overwrite:path:/]map[200:map[overwrite:statuscode:201]]"
		}
		if got = strings.ReplaceAll(got, " ", ""); got != want {
			t.Errorf("%s leads to %s, want %s", r.Key, got, want)
		}
	}
}
