package openapi

import (
	"strings"
	"testing"
)

// open3 is an OpenAPI document with the given paths, and more.
func open3(paths string, more ...string) string {
	return `{"openapi":"3.0.1","paths":` + paths + strings.Join(append([]string{""}, more...), ",") + `}`
}

func TestHTTPDocuments(t *testing.T) {
	get := open3(`{"/a":{"get":` + invokes1 + `}}`)
	off := func(d *HTTPDocument) error { return d.DisableEndpoint(true) }
	secure := func(d *HTTPDocument) error { return d.SetDefaultAuthorizer("A", []any{"s"}) }
	for _, c := range []struct {
		name, document, at, want string
		edit                     func(d *HTTPDocument) error
	}{
		{"Swagger", swagger(`{}`), "", "error: Invalid OpenApi document. Invalid values or missing keys for 'openapi' or 'paths' in 'DefinitionBody'.", nil},
		{"components that are no map", open3(`{}`, `"components":1`), "", "error: Invalid OpenApi document: The value of 'components' should be a map", nil},
		{"function", open3(`{"/a":{"get":null}}`), "paths /a get",
			`{"responses":{},"x-amazon-apigateway-integration":{"type":"aws_proxy","httpMethod":"POST","payloadFormatVersion":"2.0","uri":"u"}}`,
			func(d *HTTPDocument) error { return d.AddFunction("/a", "get", "u", "") }},
		{"function of the default route", open3(`{}`), "paths $default x-amazon-apigateway-any-method isDefaultRoute", `true`,
			func(d *HTTPDocument) error { return d.AddFunction("$default", anyMethod, "u", "") }},
		{"an integration that is there", get, "paths /a get", invokes1, func(d *HTTPDocument) error { return d.AddFunction("/a", "get", "u", "") }},
		{"payload format", get, "paths /a get x-amazon-apigateway-integration", `{"type":"mock","payloadFormatVersion":"1.0"}`,
			func(d *HTTPDocument) error { return d.SetPayloadFormat("/a", "get", "1.0") }},
		{"path parameters", open3(`{"/a":{"get":{"x-amazon-apigateway-integration":{"a":1},"parameters":[{"name":"p","in":"query"}]}}}`), "paths /a get parameters",
			`[{"name":"p","in":"path","required":true},{"name":"q","in":"path","required":true}]`,
			func(d *HTTPDocument) error { return d.AddPathParameters("/a", "get", []string{"p", "q"}) }},
		{"title", open3(`{}`, `"info":{"title":{"Ref":"AWS::StackName"}}`), "info", `{"title":"t"}`, func(d *HTTPDocument) error {
			d.SetTitle("t")
			return nil
		}},
		{"description", open3(`{}`), "info", `{"description":"d"}`, func(d *HTTPDocument) error {
			d.SetDescription("d")
			d.SetDescription("e")
			return nil
		}},
		{"tags", open3(`{}`, `"tags":[{"name":"a","description":"x"}]`), "tags",
			`[{"name":"a","description":"x","x-amazon-apigateway-tag-value":"1"},{"name":"b","x-amazon-apigateway-tag-value":"2"}]`,
			func(d *HTTPDocument) error { return d.AddTags(tree(t, `{"a":"1","b":"2"}`).(*Dict)) }},
		{"tags in a map", open3(`{}`, `"tags":{"a":"b"}`), "", "error: Tags in OpenApi DefinitionBody needs to be a list. {'a': 'b'} is a Py27Dict not a list.",
			func(d *HTTPDocument) error { return d.AddTags(tree(t, `{"a":"1"}`).(*Dict)) }},
		{"CORS", open3(`{}`, `"x-amazon-apigateway-cors":{"a":1,"b":2}`), corsKey, `{"a":1,"b":3}`,
			func(d *HTTPDocument) error { return d.SetCORS(tree(t, `{"b":3}`).(*Dict)) }},
		{"CORS that is no map", open3(`{}`, `"x-amazon-apigateway-cors":1`), "", "error: Value of 'x-amazon-apigateway-cors' must be a dictionary according to Swagger spec.",
			func(d *HTTPDocument) error { return d.SetCORS(NewDict()) }},
		{"endpoint", open3(`{}`), "servers", `[{"x-amazon-apigateway-endpoint-configuration":{"disableExecuteApiEndpoint":true}}]`, off},
		{"server that is no map", open3(`{}`, `"servers":["u"]`), "", "error: Value of 'servers' item must be a dictionary according to Swagger spec.", off},
		{"authorizers", open3(`{}`, `"components":{"x":1,"securitySchemes":{"B":2}}`), "components", `{"x":1,"securitySchemes":{"A":true,"B":2}}`, func(d *HTTPDocument) error {
			d.AddAuthorizers(NewDict().Set("A", true))
			return nil
		}},
		{"default authorizer", get, "paths /a get security", `[{"A":["s"]}]`, secure},
		{"a method with security", open3(`{"/a":{"get":{"x-amazon-apigateway-integration":{"a":1},"security":[1]}}}`), "paths /a get security", `[1]`, secure},
		{"a method of another spelling", open3(`{"/a":{"any":{}}}`), "", "error: Could not find x-amazon-apigateway-any-method in /a within DefinitionBody.", secure},
		{"a method that is no map", open3(`{"/a":{"get":null}}`), "", "error: Definition of method 'get' for path '/a' should be a map.", secure},
		{"authorizer of a method", get, "paths /a get security", `[{"A":[]}]`, func(d *HTTPDocument) error { return d.SetAuthorizer("/a", "GET", "A", []any{}) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := OpenHTTP(tree(t, c.document))
			if err == nil {
				err = c.edit(d)
			}
			if err != nil {
				if "error: "+err.Error() != c.want {
					t.Errorf("%v, want %s", err, c.want)
				}
				return
			}
			compare(t, d.Body(), c.at, c.want)
		})
	}
}

func TestInvokes(t *testing.T) {
	with := func(uri string) string {
		return open3(`{"/a":{"get":{"x-amazon-apigateway-integration":{"uri":` + uri + `}}}}`)
	}
	for _, c := range []struct {
		document string
		want     bool
	}{
		{with(`{"Fn::Sub":"arn:x/${F.Arn}/invocations"}`), true},
		{with(`{"Fn::If":["C",{"Fn::Sub":"${F.Arn}"},{"Ref":"AWS::NoValue"}]}`), true},
		{with(`{"Fn::If":["C",{"Fn::Sub":"${F.Arn}"},{"Fn::Sub":"${G.Arn}"}]}`), false},
		{with(`{"Fn::Sub":"${G.Arn}"}`), false},
		{with(`{"Fn::Sub":"${FAliaslive}"}`), false},
		{with(`"F.Arn"`), false},
		{open3(`{}`), false},
	} {
		d, err := OpenHTTP(tree(t, c.document))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := d.Invokes("/a", "get", "F"); got != c.want || err != nil {
			t.Errorf("%s: %v, %v", c.document, got, err)
		}
	}
}

func TestMoveDefaultPath(t *testing.T) {
	body := tree(t, open3(`{"$default":{"a":1}}`)).(*Dict)
	MoveDefaultPath(body)
	compare(t, body, "paths", `{"/$default":{"a":1}}`)
}

func TestSkeletons(t *testing.T) {
	compare(t, Skeleton(), "", `{"swagger":"2.0","info":{"version":"1.0","title":{"Ref":"AWS::StackName"}},"paths":{}}`)
	compare(t, SkeletonHTTP(), "", `{"openapi":"3.0.1","info":{"version":"1.0","title":{"Ref":"AWS::StackName"}},"paths":{}}`)
}
