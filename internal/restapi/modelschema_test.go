package restapi_test

import (
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/restapi"
)

func TestModelsHaveToBeSchemas(t *testing.T) {
	for name, tt := range map[string]struct{ schema, want string }{
		"a pattern that is none":                {`{"pattern": "("}`, "Invalid model schema specified. /pattern: "},
		"a pattern that looks ahead":            {`{"pattern": "a(?=b)"}`, "Invalid model schema specified. /pattern: "},
		"a type that is none":                   {`{"properties": {"a": {"type": "foo"}}}`, `Invalid model schema specified. /properties/a/type: "foo" is no type`},
		"itself":                                {`{"$ref": "https://apigateway.amazonaws.com/restapis/api/models/New"}`, "Invalid model schema specified. the schema refers to itself without end"},
		"one that leads back":                   {`{"$ref": "https://apigateway.amazonaws.com/restapis/api/models/Back"}`, "Invalid model schema specified. the schema refers to itself without end"},
		"a schema elsewhere":                    {`{"$ref": "http://example.com/schema"}`, "there is no model at http://example.com/schema"},
		"a schema at AWS that is no model":      {`{"$ref": "https://apigateway.amazonaws.com/restapis/api"}`, "there is no model at https://apigateway.amazonaws.com/restapis/api"},
		"one that is too long":                  {`{"title": "` + strings.Repeat("x", 400<<10) + `"}`, "its schema has more than 409600 bytes"},
		"a list":                                {`[]`, "errors : [Invalid model schema specified]"},
		"a model that comes later":              {`{"$ref": "https://apigateway.amazonaws.com/restapis/api/models/Later"}`, ""},
		"one that leads back by another's part": {`{"properties": {"a": {"$ref": "https://apigateway.amazonaws.com/restapis/api/models/Back"}}}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := restapi.NewDefinition()
			if _, err := d.CreateModel(restapi.Model{Name: "Back", Schema: `{"$ref": "https://apigateway.amazonaws.com/restapis/api/models/New"}`}); err != nil {
				t.Fatal(err)
			}
			_, err := d.CreateModel(restapi.Model{Name: "New", Schema: tt.schema})
			if tt.want == "" && err != nil || tt.want != "" && (!fault.Is(err, fault.Invalid, "") || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

func TestModelsOfAnAPIAreCompiledTogether(t *testing.T) {
	d := restapi.NewDefinition()
	for name, schema := range map[string]string{
		"Pets": `{"items": {"$ref": "https://apigateway.amazonaws.com/restapis/abc/models/Pet"}}`, "Pet": `{"type": "object"}`,
		"Lost": `{"items": {"$ref": "https://apigateway.amazonaws.com/restapis/abc/models/None"}}`,
	} {
		if _, err := d.CreateModel(restapi.Model{Name: name, Schema: schema}); err != nil {
			t.Fatal(err)
		}
	}
	pets, err := d.CompileModel("Pets")
	if err != nil {
		t.Fatal(err)
	}
	if pets.Check(t.Context(), []byte(`[{}]`)) != nil || pets.Check(t.Context(), []byte(`[1]`)) == nil {
		t.Error("the elements are not checked as the other model says")
	}
	if _, err := d.CompileModel("Lost"); err == nil {
		t.Error("a model was found that is not there")
	}
}
