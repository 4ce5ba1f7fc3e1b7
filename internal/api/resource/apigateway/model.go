package apigateway

import (
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/schema"
	"sluice/internal/stack"
)

// model is AWS::ApiGateway::Model. Its Ref is the model's name.
func model() *resource.Type {
	return &resource.Type{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::Model",
			Properties: schema.Fields{
				"ContentType": schema.String(schema.Replaces), "Description": schema.String(), "Name": schema.String(schema.Replaces), "RestApiId": schema.String(schema.Required, schema.Replaces), "Schema": schema.JSON(),
			},
		},
		Create: func(t *task) (*stack.Made, error) {
			kind := t.Text("ContentType")
			if kind == "" {
				kind = "application/json"
			}
			in := inAPI(t, members{"name": modelName(t), "contentType": kind, "schema": modelSchema(t)})
			if t.Has("Description") {
				in["description"] = t.Text("Description")
			}
			_, err := call(t, "CreateModel", in)
			return resource.Unless(err, &stack.Made{PhysicalID: modelName(t)})
		},
		Find: func(t *task) (*stack.Made, error) { return &stack.Made{PhysicalID: modelName(t)}, nil },
		Update: func(t *task) (*stack.Made, error) {
			var p patches
			p.replace(t, "Description", "/description", "")
			if t.Changed("Schema") {
				p.add("replace", "/schema", modelSchema(t))
			}
			return resource.Unless(patch(t, "UpdateModel", inAPI(t, members{"ModelName": t.PhysicalID}), p), resource.Unchanged(t))
		},
		Delete: func(t *task) error {
			_, err := call(t, "DeleteModel", inAPI(t, members{"ModelName": t.PhysicalID}))
			return err
		},
	}
}

// modelName has no dashes: models' names are letters and digits.
func modelName(t *task) string {
	if t.Has("Name") {
		return t.Text("Name")
	}
	return plainLetters(t.Generated(maxName))
}

func plainLetters(name string) string {
	kept := make([]byte, 0, len(name))
	for _, b := range []byte(name) {
		if b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' {
			kept = append(kept, b)
		}
	}
	return string(kept)
}

// modelSchema is the schema as text; a model without one takes anything.
func modelSchema(t *task) string {
	if !t.Has("Schema") {
		return "{}"
	}
	return t.Text("Schema")
}
