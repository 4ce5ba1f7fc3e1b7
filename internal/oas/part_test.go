package oas_test

import (
	"fmt"
	"testing"

	"sluice/internal/oas"
)

func parse(t *testing.T, text string) oas.Object {
	t.Helper()
	root, err := oas.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// What is of another type than it should be is as if it were not there.
func TestParts(t *testing.T) {
	o := parse(t, `{"object": {"inner": {"a": 1}}, "text": "a&b", "number": 2.50, "truth": true, "False": "FALSE", "TRUE": "True", "null": null,
		"list": ["a", 1, false, {}, null], "table": {"a": "b", "n": 1, "o": {"<": ["&"]}, "none": null}, "empty": {}}`)
	for name, tt := range map[string]struct{ got, want any }{
		"an object":            {oas.ObjectAt(o, "object"), "map[inner:map[a:1]]"},
		"an object inside":     {oas.ObjectAt(o, "object", "inner"), "map[a:1]"},
		"no object inside":     {oas.ObjectAt(o, "object", "none", "a"), "map[]"},
		"a text for an object": {oas.ObjectAt(o, "text") == nil, true},
		"no keys":              {len(oas.ObjectAt(o)), len(o)},
		"a text":               {oas.TextAt(o, "text"), "a&b"},
		"a number as text":     {oas.TextAt(o, "number"), "2.50"},
		"a truth as text":      {oas.TextAt(o, "truth"), "true"},
		"nothing as text":      {oas.TextAt(o, "null"), ""},
		"an object as text":    {oas.TextAt(o, "object"), ""},
		"a list as text":       {oas.TextAt(o, "list"), ""},
		"a list":               {len(oas.ListAt(o, "list")), 5},
		"a text for a list":    {oas.ListAt(o, "text") == nil, true},
		"a list's texts":       {fmt.Sprintf("%q", oas.TextsAt(o, "list")), `["a" "1" "false" "" ""]`},
		"a text's texts":       {oas.TextsAt(o, "text") == nil, true},
		"a truth":              {oas.TruthAt(o, "truth"), true},
		"a text that is true":  {oas.TruthAt(o, "TRUE"), true},
		"a text that is false": {oas.TruthAt(o, "False"), false},
		"no truth":             {oas.TruthAt(o, "none"), false},
		"a table":              {oas.TableAt(o, "table"), `map[a:b n:1 none: o:{"<":["&"]}]`},
		"an empty table":       {oas.TableAt(o, "empty") != nil, true},
		"no table":             {oas.TableAt(o, "text") == nil, true},
		"JSON":                 {oas.JSON(o["list"]), `["a",1,false,{},null]`},
		"JSON of what is none": {oas.JSON(func() {}), ""},
		"a scalar of no kind":  {oas.Scalar(func() {}), ""},
	} {
		t.Run(name, func(t *testing.T) {
			if fmt.Sprint(tt.got) != fmt.Sprint(tt.want) {
				t.Errorf("%v, want %v", tt.got, tt.want)
			}
		})
	}
}

func TestMethods(t *testing.T) {
	for key, want := range map[string]string{
		"get": "GET", "Post": "POST", "DELETE": "DELETE", "patch": "PATCH", "put": "PUT", "head": "HEAD", "options": "OPTIONS",
		"x-amazon-apigateway-any-method": "ANY", "X-Amazon-ApiGateway-Any-Method": "ANY",
		"trace": "", "parameters": "", "x-other": "", "": "",
	} {
		if got := oas.Method(key); got != want {
			t.Errorf("%q is the method %q, want %q", key, got, want)
		}
	}
}

func TestBase(t *testing.T) {
	for _, tt := range []struct{ path, wish, want string }{
		{"/v1/api", "", ""}, {"/v1/api", oas.IgnoreBase, ""}, {"/v1/api", "other", ""},
		{"/v1/api", oas.PrependBase, "/v1/api"}, {"/v1/api/", "Prepend", "/v1/api"}, {"/", oas.PrependBase, ""}, {"", oas.PrependBase, ""},
		{"/v1/api/x", oas.SplitBase, "/api/x"}, {"/v1", "SPLIT", ""}, {"v1/api", oas.SplitBase, "/api"}, {"", oas.SplitBase, ""},
	} {
		if got := oas.Base(tt.path, tt.wish); got != tt.want {
			t.Errorf("%q, %q: %q, want %q", tt.path, tt.wish, got, tt.want)
		}
	}
}

func TestServerPath(t *testing.T) {
	for text, want := range map[string]string{
		`{}`:                ``,
		`{"servers": []}`:   ``,
		`{"servers": "x"}`:  ``,
		`{"servers": [{}]}`: `/`,
		`{"servers": [{"url": "https://a.example/v1/api/"}]}`: `/v1/api`,
		`{"servers": [{"url": "https://a.example"}]}`:         `/`,
		`{"servers": [{"url": "/v1"}]}`:                       `/v1`,
		`{"servers": [{"url": "https://a.example/{base}", "variables": {"base": {"default": "/dev"}}}, {"url": "/second"}]}`:  `/dev`,
		`{"servers": [{"url": "https://{h}/{a}/{b}", "variables": {"h": {"default": "x"}, "a": {"default": "y"}, "b": {}}}]}`: `/y`,
		`{"servers": [{"url": "https://a.example/{none}"}]}`:                                                                  `/{none}`,
	} {
		if got := oas.ServerPath(parse(t, text)); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestResolve(t *testing.T) {
	root := parse(t, `{"pet": {"name": "x"}, "a/b~c": {"deep": {"found": 1}}, "text": "t", "again": {"$ref": "#/pet"}, "self": {"$ref": "#/self"},
		"ping": {"$ref": "#/pong"}, "pong": {"$ref": "#/ping"}, "list": [{}], "odd": {"$ref": 1}}`)
	for reference, want := range map[string]string{
		"#/pet":                 `map[name:x] `,
		"#/again":               `map[name:x] `,
		"#/a~1b~0c/deep":        `map[found:1] `,
		"#/odd":                 `map[$ref:1] `,
		"#/text":                `map[] `,
		"#/none":                `map[] Unable to resolve reference '#/none'`,
		"#/pet/name/x":          `map[] Unable to resolve reference '#/pet/name/x'`,
		"#/list/0":              `map[] Unable to resolve reference '#/list/0'`,
		"https://a.example/pet": `map[] Unable to resolve reference 'https://a.example/pet'`,
		"":                      `map[] Unable to resolve reference ''`,
		"#/self":                `map[] Unable to resolve reference '#/self': it leads to itself`,
	} {
		o, why := oas.Resolve(root, oas.Object{"$ref": reference})
		if got := fmt.Sprintf("%v %s", o, why); got != want {
			t.Errorf("%s: %s, want %s", reference, got, want)
		}
	}
	if _, why := oas.Resolve(root, root["ping"]); why == "" {
		t.Error("references that lead to each other are resolved")
	}
	if o, why := oas.Resolve(root, root["pet"]); o == nil || why != "" {
		t.Errorf("what is no reference is %v, %s", o, why)
	}
	if o, why := oas.Resolve(root, "text"); o != nil || why != "" {
		t.Errorf("a text is %v, %s", o, why)
	}
}
