package openapi

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// tree reads JSON text.
func tree(t *testing.T, text string) any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return From(v, nil)
}

// swagger is a document with the given paths, and more.
func swagger(paths string, more ...string) string {
	return `{"swagger":"2.0","paths":` + paths + strings.Join(append([]string{""}, more...), ",") + `}`
}

const invokes1 = `{"x-amazon-apigateway-integration":{"type":"mock"}}`

// checkEdit edits a document and compares what stands at a path of its keys, separated by spaces; or the error.
func checkEdit(t *testing.T, document, at, want string, edit func(d *Document) error) {
	t.Helper()
	d, err := Open(tree(t, document))
	if err == nil {
		err = edit(d)
	}
	if message, ok := strings.CutPrefix(want, "error: "); ok {
		if err == nil || err.Error() != message {
			t.Fatalf("error %v, want %s", err, message)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	compare(t, d.Body(), at, want)
}

func compare(t *testing.T, body *Dict, at, want string) {
	t.Helper()
	found, err := Dig(body, strings.Fields(at)...)
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(Plain(found))
	if err != nil {
		t.Fatal(err)
	}
	expected, err := json.Marshal(Plain(tree(t, want)))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(expected) {
		t.Errorf("at %s:\n%s\nwant\n%s", at, got, expected)
	}
}

func TestOpen(t *testing.T) {
	for _, c := range []struct{ name, document, want string }{
		{"swagger", swagger(`{}`), ""},
		{"openapi", `{"openapi":"3.0.1","paths":{}}`, ""},
		{"openapi of another version", `{"openapi":"3.10","paths":{}}`, "Invalid Swagger document or the Swagger document is not explicitly defined in 'DefinitionBody'."},
		{"no paths", `{"swagger":"2.0"}`, "Invalid Swagger document or the Swagger document is not explicitly defined in 'DefinitionBody'."},
		{"no map", `[]`, "Invalid Swagger document or the Swagger document is not explicitly defined in 'DefinitionBody'."},
		{"path without methods", swagger(`{"/a":null}`), "Value of '/a' path must be a dictionary according to Swagger spec."},
		{"condition", swagger(`{"/a":{"Fn::If":["C",{},{"Ref":"AWS::NoValue"}]}}`), ""},
		{"wrong condition", swagger(`{"/a":{"Fn::If":"C"}}`), "Value of Fn::If must be a list."},
		{"wrong branch", swagger(`{"/a":{"Fn::If":["C",{},"x"]}}`), "Value of '/a' path must be a dictionary according to Swagger spec."},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Open(tree(t, c.document))
			var wrong *Error
			if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &wrong) || wrong.Message != c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestAddFunction(t *testing.T) {
	add := func(f Function) func(d *Document) error {
		f.URI = "u"
		return func(d *Document) error { return d.AddFunction("/a", "ANY", f) }
	}
	const key = "paths /a x-amazon-apigateway-any-method"
	for _, c := range []struct {
		name, document, at, want string
		f                        Function
	}{
		{"new path", swagger(`{}`), key, `{"responses":{},"x-amazon-apigateway-integration":{"httpMethod":"POST","type":"aws_proxy","uri":"u"}}`, Function{}},
		{"keeps responses", swagger(`{"/a":{"x-amazon-apigateway-any-method":{"responses":1}}}`), key + " responses", `1`, Function{}},
		{"streams, as somebody", swagger(`{}`), key + " x-amazon-apigateway-integration",
			`{"httpMethod":"POST","type":"aws_proxy","uri":"u","responseTransferMode":"STREAM","credentials":"r"}`, Function{Streams: true, Credentials: "r"}},
		{"under a condition", swagger(`{}`), key,
			`{"Fn::If":["C",{"responses":{},"x-amazon-apigateway-integration":{"httpMethod":"POST","type":"aws_proxy","uri":{"Fn::If":["C","u",{"Ref":"AWS::NoValue"}]}}},{"Ref":"AWS::NoValue"}]}`,
			Function{Condition: "C"}},
		{"method that is no map", swagger(`{"/a":{"x-amazon-apigateway-any-method":1}}`), "",
			"error: Definition of method 'x-amazon-apigateway-any-method' for path '/a' should be a map.", Function{}},
	} {
		t.Run(c.name, func(t *testing.T) { checkEdit(t, c.document, c.at, c.want, add(c.f)) })
	}
	t.Run("in each branch", func(t *testing.T) {
		checkEdit(t, swagger(`{"/a":{"Fn::If":["C",{},{"get":{}}]}}`), "paths /a",
			`{"Fn::If":["C",{"get":{"responses":{},"x-amazon-apigateway-integration":{"httpMethod":"POST","type":"aws_proxy","uri":"u"}}},
			{"get":{"responses":{},"x-amazon-apigateway-integration":{"httpMethod":"POST","type":"aws_proxy","uri":"u"}}}]}`,
			func(d *Document) error { return d.AddFunction("/a", "get", Function{URI: "u"}) })
	})
}

func TestAddStateMachine(t *testing.T) {
	checkEdit(t, swagger(`{}`), "paths /a post", `{"responses":{"200":{"description":"OK"},"400":{"description":"Bad Request"}},
		"x-amazon-apigateway-integration":{"type":"aws","httpMethod":"POST","credentials":"r","requestTemplates":"t",
		"uri":{"Fn::Sub":"arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution"},
		"responses":{"200":{"statusCode":"200"},"400":{"statusCode":"400"}}}}`,
		func(d *Document) error {
			return d.AddStateMachine("/a", "POST", StateMachine{Role: "r", Template: "t"})
		})
}

func TestHasIntegration(t *testing.T) {
	for _, c := range []struct {
		paths string
		want  bool
	}{
		{`{"/a":{"get":` + invokes1 + `}}`, true},
		{`{"/a":{"get":{"Fn::If":["C",` + invokes1 + `,{}]}}}`, true},
		{`{"/a":{"Fn::If":["C",{"get":` + invokes1 + `},{}]}}`, false},
		{`{"/a":{"get":{}}}`, false},
		{`{"/a":{"get":1}}`, false},
		{`{"/b":{}}`, false},
	} {
		d, err := Open(tree(t, swagger(c.paths)))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := d.HasIntegration("/a", "GET"); got != c.want || err != nil {
			t.Errorf("%s: %v, %v", c.paths, got, err)
		}
	}
}

func TestMakeConditional(t *testing.T) {
	checkEdit(t, swagger(`{"/a":{"get":1}}`), "paths /a", `{"Fn::If":["C",{"get":1},{"Ref":"AWS::NoValue"}]}`, func(d *Document) error {
		d.MakeConditional("/a", "C")
		return nil
	})
}

func TestSetTimeout(t *testing.T) {
	checkEdit(t, swagger(`{"/a":{"get":`+invokes1+`}}`), "paths /a get x-amazon-apigateway-integration", `{"type":"mock","timeoutInMillis":5}`,
		func(d *Document) error { return d.SetTimeout("/a", "GET", json.Number("5")) })
}

func TestWildcards(t *testing.T) {
	for path, want := range map[string][2]string{
		"/a/{b}/c": {"/a/*/c", "/a/*/c"}, "/{proxy+}": {"/*", "/*"}, "/{rest+}": {"/*", "/{rest+}"}, "/{a b}": {"/{a b}", "/{a b}"},
	} {
		if got := [2]string{Wildcards(path), WildcardsHTTP(path)}; got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
}
