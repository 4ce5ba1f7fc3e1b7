package openapi_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/restapi/openapi"
)

// Recording test_import_with_global_api_key_authorizer.
func TestAPathsVariablesAreParameters(t *testing.T) {
	doc := read(t, []byte(`{"swagger": "2.0", "paths": {"/pets/{id}/{rest+}": {"get": {}}}}`), openapi.Options{})
	for _, r := range doc.Definition.Resources {
		for _, m := range r.Methods {
			if got, want := fmt.Sprint(m.Parameters), "map[method.request.path.id:true method.request.path.rest:true]"; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
	}
}

// Recording test_import_rest_api_with_base_path_oas30.
func TestMappingsThatAreNoTexts(t *testing.T) {
	doc := read(t, []byte(`{"swagger": "2.0", "paths": {"/a": {"get": {"x-amazon-apigateway-integration": {"type": "mock",
		"requestParameters": {"integration.request.header.a": "'True'", "integration.request.header.b": true}}}}}}`), openapi.Options{})
	want := "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.b' of resource '/a' and method 'GET' but got 'true'"
	if got := strings.Join(doc.Warnings, "\n"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, r := range doc.Definition.Resources {
		for _, m := range r.Methods {
			if got := fmt.Sprint(m.Integration.Parameters); got != "map[integration.request.header.a:'True']" {
				t.Errorf("the mappings are %s", got)
			}
		}
	}
}

// AWS's page "Set the OpenAPI basePath property": the variable counts whether the URL has it or not.
func TestABasePathThatIsAServersVariable(t *testing.T) {
	doc := read(t, []byte(`{"openapi": "3.0.1", "servers": [{"url": "https://example.com", "variables": {"basePath": {"default": "/v1"}}}], "paths": {"/a": {"get": {}}}}`),
		openapi.Options{BasePath: "prepend"})
	var paths []string
	for _, r := range doc.Definition.Sorted() {
		paths = append(paths, r.Path)
	}
	if got := strings.Join(paths, " "); got != "/ /v1 /v1/a" {
		t.Errorf("the paths are %s", got)
	}
}

const documented = `{"openapi": "3.0.0", "paths": {}, "x-amazon-apigateway-documentation": {"version": "1", "documentationParts": [
	{"location": {"type": "API"}, "properties": {"description": "d"}}, {"location": {"type": "RESPONSE", "method": "GET", "statusCode": "200"}, "properties": {}}]}}`

// Recording test_import_documentation_parts.
func TestDocumentationOfDocuments(t *testing.T) {
	parts, err := openapi.ReadDocumentation([]byte(documented))
	if err != nil {
		t.Fatal(err)
	}
	want := `[{ type 'API' {"description":"d"}} { type 'RESPONSE', method 'GET', statusCode '200' {}}]`
	if got := fmt.Sprint(parts); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	made := read(t, []byte(documented), openapi.Options{}).Definition.Documentation
	if len(made) != 2 || made[1].Location.Path != "/" || made[0].ID == "" {
		t.Errorf("the import has %+v", made)
	}
}

// Recording test_import_documentation_parts_bad_file.
func TestDocumentationOfNoDocument(t *testing.T) {
	for _, text := range []string{"", "{'a'", "a:\n b: c\n d", "[]", `{"paths": {}}`} {
		if _, err := openapi.ReadDocumentation([]byte(text)); err == nil || err.Error() != "Unable to build importer with provided input." {
			t.Errorf("%q: %v", text, err)
		}
	}
}
