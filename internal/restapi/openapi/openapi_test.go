package openapi_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/oas"
	"sluice/internal/restapi"
	"sluice/internal/restapi/openapi"
)

var update = flag.Bool("update", false, "write the golden files anew")

func load(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func read(t *testing.T, text []byte, o openapi.Options) *openapi.Document {
	t.Helper()
	doc, err := openapi.Read(text, o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// A document of either version says the same.
func TestRead(t *testing.T) {
	for _, name := range []string{"swagger.yaml", "oas30.yaml"} {
		t.Run(name, func(t *testing.T) {
			doc := read(t, load(t, name), openapi.Options{API: "api"})
			compare(t, strings.TrimSuffix(name, ".yaml")+".golden", shown(doc))
		})
	}
}

// shown writes a definition without the IDs that were made up.
func shown(doc *openapi.Document) string {
	var out strings.Builder
	d := &doc.Definition
	named, validators, authorizers := map[string]string{}, map[string]any{}, map[string]any{}
	for _, v := range d.Validators {
		named[v.ID], validators[v.Name] = v.Name, v
	}
	for _, a := range d.Authorizers {
		named[a.ID], authorizers[a.Name] = a.Name, a
	}
	put := func(title string, value any) {
		text, err := json.MarshalIndent(value, "", " ")
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(&out, "== %s\n%s\n", title, text)
	}
	put(fmt.Sprintf("%s %s: %s", doc.Name, doc.Version, doc.Description), d.Settings)
	put("warnings", doc.Warnings)
	for _, r := range d.Sorted() {
		put(r.Path, r.Methods)
	}
	put("models", d.Models)
	put("validators", validators)
	put("authorizers", authorizers)
	put("responses", d.Responses)
	text := out.String()
	for id, name := range named {
		text = strings.ReplaceAll(text, id, "ID-"+name)
	}
	return regexp.MustCompile(`"(ID|CacheNamespace)": "[a-z0-9]{6,10}"`).ReplaceAllString(text, `"$1": "MADE"`)
}

func compare(t *testing.T, golden, got string) {
	t.Helper()
	golden = filepath.Join("testdata", golden)
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || string(want) != got {
		t.Errorf("%v; it is\n%s", err, got)
	}
}

// What is written is read as the same, in each style.
func TestWrittenDocumentsAreReadAsTheSame(t *testing.T) {
	doc := read(t, load(t, "oas30.yaml"), openapi.Options{API: "api"})
	want := shown(doc)
	for _, style := range []openapi.Style{
		{Third: true, Integrations: true, Authorizers: true}, {Third: true, YAML: true, Integrations: true, Authorizers: true},
	} {
		text, err := openapi.Write(&openapi.Export{
			Title: doc.Name, Description: doc.Description, Version: doc.Version, Host: "h", Stage: "dev", Definition: &doc.Definition,
		}, style)
		if err != nil {
			t.Fatal(err)
		}
		again := read(t, text, openapi.Options{API: "api"})
		again.Warnings = doc.Warnings
		again.Definition.KeySource, again.Definition.Policy = doc.Definition.KeySource, doc.Definition.Policy // which AWS does not export
		for _, m := range again.Definition.Models {
			m.Schema = doc.Definition.Models[m.Name].Schema
		}
		if got := shown(again); got != want {
			t.Errorf("%+v: written\n%s\nread\n%s", style, text, got)
		}
	}
}

func TestBasePaths(t *testing.T) {
	second := `{"swagger": "2.0", "info": {"title": "a"}, "basePath": "/v1/pets", "paths": {"/x": {}}}`
	third := `{"openapi": "3.0.1", "info": {"title": "a"}, "servers": [{"url": "https://h/{base}", "variables": {"base": {"default": "v1/pets"}}}], "paths": {"/x": {}}}`
	for mode, want := range map[string]string{"": "/ /x", "ignore": "/ /x", "prepend": "/ /v1 /v1/pets /v1/pets/x", "split": "/ /pets /pets/x"} {
		for _, text := range []string{second, third} {
			doc := read(t, []byte(text), openapi.Options{BasePath: mode})
			var paths []string
			for _, r := range doc.Definition.Sorted() {
				paths = append(paths, r.Path)
			}
			if got := strings.Join(paths, " "); got != want {
				t.Errorf("%q of %s: %s, want %s", mode, text, got, want)
			}
		}
	}
}

// Documents that can't be, each with all that is wrong.
func TestWrongDocuments(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"nothing":       {"", "Invalid OpenAPI input"},
		"a list":        {"[1]", "Invalid OpenAPI input."},
		"half of one":   {`{"swagger": "2.0"`, "Invalid OpenAPI input: unexpected EOF"},
		"no YAML":       {"a: [", "Invalid OpenAPI input"},
		"an alias":      {"a: &a [1]\nb: *a\n", "YAML aliases are not supported"},
		"no version":    {`{"info": {}}`, "neither swagger 2.0 nor openapi 3"},
		"another":       {`{"swagger": "1.2"}`, "neither swagger 2.0 nor openapi 3"},
		"too long":      {strings.Repeat("#", oas.MaxSize+1), "more than"},
		"a bad path":    {`{"swagger": "2.0", "paths": {"/a b": {}}}`, "Unable to create resource at path '/a b': Resource's path part"},
		"two variables": {`{"swagger": "2.0", "paths": {"/{a}": {}, "/{b}": {}}}`, "Unable to create resource at path '/{b}': A sibling ({a})"},
		"a validator that is not there": {
			`{"swagger": "2.0", "x-amazon-apigateway-request-validator": "all", "paths": {"/": {"get": {}}}}`,
			"Unable to put method 'GET' on resource at path '/': Request validator not found for name all",
		},
		"two bad integrations": {
			`{"swagger": "2.0", "paths": {"/": {"get": {"x-amazon-apigateway-integration": {"type": "aws"}}, "x-amazon-apigateway-any-method": {"x-amazon-apigateway-integration": {"type": "what", "httpMethod": "GET"}}}}}`,
			"Errors found during import:\n\tUnable to put integration on 'GET' for resource at path '/': Enumeration value for HttpMethod must be non-empty\n\tUnable to put integration on 'ANY' for resource at path '/': Invalid integration type specified: WHAT",
		},
		"a bad time limit": {
			`{"swagger": "2.0", "paths": {"/": {"get": {"x-amazon-apigateway-integration": {"type": "mock", "timeoutInMillis": 1}}}}}`, "Timeout should be between 50 ms and 29000 ms",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := openapi.Read([]byte(tt.text), openapi.Options{})
			if !fault.Is(err, fault.Invalid, "") || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}

// References that lead nowhere, or in circles, are left out with a warning.
func TestReferencesThatLeadNowhere(t *testing.T) {
	text := `{"swagger": "2.0", "parameters": {"a": {"$ref": "#/parameters/a"}}, "paths": {"/": {"get": {
		"parameters": [{"$ref": "#/parameters/a"}, {"$ref": "#/parameters/b"}, {"$ref": "http://x"}],
		"security": [{"none": []}], "responses": {"200": {"schema": {"$ref": "#/definitions/None"}}}}}}}`
	doc := read(t, []byte(text), openapi.Options{})
	if len(doc.Warnings) != 5 {
		t.Errorf("warnings: %q", doc.Warnings)
	}
	m, err := doc.Definition.Method(doc.Definition.Root, "GET")
	if err != nil || len(m.Parameters) != 0 || m.Authorization != restapi.AuthNone || m.Responses["200"] == nil {
		t.Errorf("%+v, %v", m, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"swagger": "2.0", "paths": {"/{a+}": {"get": {"parameters": [1], "security": {}}}}}`))
	f.Add([]byte("openapi: 3.0.0\npaths:\n  /: {post: {requestBody: {content: {a/b: {schema: {type: object}}}}}}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, err := openapi.Read(text, openapi.Options{}); err != nil && !fault.Is(err, fault.Invalid, "") {
			t.Errorf("%v", err)
		}
	})
}
