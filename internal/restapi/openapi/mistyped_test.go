package openapi_test

import (
	"slices"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/restapi/openapi"
)

// Parts of a document that are something else than they should be are left out with a warning.
func TestMistypedPartsAreWarnedOf(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"a path without a slash":   {`"paths": {"x": {}}`, "Parse issue: Resource x should start with /"},
		"a path that is nothing":   {`"paths": {"/x": null}`, "Parse issue: attribute paths.'/x' is not of type `object`"},
		"a path that is a text":    {`"paths": {"/x": "y"}`, "Parse issue: attribute paths.'/x' is not of type `object`"},
		"a path that leads itself": {`"paths": {"/x": {"$ref": "#/paths/~1x"}}`, "Unable to resolve reference '#/paths/~1x': it leads to itself"},
		"a method that is a text":  {`"paths": {"/x": {"get": "y"}}`, "Parse issue: attribute paths.'/x'(get) is not of type `object`"},
		"a method that is none":    {`"paths": {"/x": {"foo": {}}}`, "Parse issue: attribute paths.'/x'.foo is unexpected"},
		"parameters":               {`"paths": {"/x": {"get": {"parameters": {}}}}`, "Parse issue: attribute paths.'/x'(get).parameters is not of type `array`"},
		"parameters of a path":     {`"paths": {"/x": {"parameters": "y"}}`, "Parse issue: attribute paths.'/x'.parameters is not of type `array`"},
		"a parameter":              {`"paths": {"/x": {"get": {"parameters": [1]}}}`, "Parse issue: attribute paths.'/x'(get).parameters is not of type `object`"},
		"responses":                {`"paths": {"/x": {"get": {"responses": []}}}`, "Parse issue: attribute paths.'/x'(get).responses is not of type `object`"},
		"a response":               {`"paths": {"/x": {"get": {"responses": {"200": 1}}}}`, "Parse issue: attribute paths.'/x'(get).responses.200 is not of type `object`"},
		"responses of a function":  {`"paths": {"/x": {"get": {"x-amazon-apigateway-integration": {"type": "mock", "responses": []}}}}`, "Parse issue: attribute x-amazon-apigateway-integration.responses is not of type `object`"},
		"security of a method":     {`"paths": {"/x": {"get": {"security": "y"}}}`, "Parse issue: attribute paths.'/x'(get).security is not of type `array`"},
		"security of all":          {`"security": ["y"], "paths": {"/x": {"get": {}}}`, "Parse issue: attribute security is not of type `object`"},
		"security definitions":     {`"securityDefinitions": []`, "Parse issue: attribute securityDefinitions is not of type `object`"},
		"definitions":              {`"definitions": []`, "Parse issue: attribute definitions is not of type `object`"},
		"binary media types":       {`"x-amazon-apigateway-binary-media-types": "x"`, "Parse issue: attribute x-amazon-apigateway-binary-media-types is not of type `array`"},
		"a compression size":       {`"x-amazon-apigateway-minimum-compression-size": "x"`, "Parse issue: attribute x-amazon-apigateway-minimum-compression-size is not of type `integer`"},
		"validators":               {`"x-amazon-apigateway-request-validators": []`, "Parse issue: attribute x-amazon-apigateway-request-validators is not of type `object`"},
		"gateway responses":        {`"x-amazon-apigateway-gateway-responses": 1`, "Parse issue: attribute x-amazon-apigateway-gateway-responses is not of type `object`"},
	} {
		t.Run(name, func(t *testing.T) {
			doc := read(t, []byte(`{"swagger": "2.0", `+tt.text+`}`), openapi.Options{})
			if !slices.Equal(doc.Warnings, []string{tt.want}) {
				t.Errorf("%q, want %q", doc.Warnings, tt.want)
			}
		})
	}
}

func TestAPathMayHaveMoreThanMethods(t *testing.T) {
	doc := read(t, []byte(`{"openapi": "3.0.1", "paths": {"/x": {"summary": "s", "description": "d", "servers": [], "x-own": 1, "get": {}}}}`), openapi.Options{})
	if doc.Warnings != nil {
		t.Errorf("%q", doc.Warnings)
	}
}

// An API can't do without some parts.
func TestMistypedPartsAreRefused(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"paths":          {`"paths": []`, "Invalid OpenAPI input."},
		"a policy":       {`"x-amazon-apigateway-policy": "x"`, "Invalid policy document"},
		"an integration": {`"paths": {"/x": {"get": {"x-amazon-apigateway-integration": "x"}}}`, "Unable to put integration on 'GET' for resource at path '/x': it is not an object"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := openapi.Read([]byte(`{"swagger": "2.0", `+tt.text+`}`), openapi.Options{})
			if !fault.Is(err, fault.Invalid, "") || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want %s", err, tt.want)
			}
		})
	}
}
