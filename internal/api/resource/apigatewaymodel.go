package resource

import (
	"sluice/internal/stack"
)

// apiModel is AWS::ApiGateway::Model. Its Ref is the model's name.
func apiModel() *resource {
	return &resource{
		Schema: stack.Schema{
			Type: "AWS::ApiGateway::Model",
			Properties: fields{
				"ContentType": text(replaces), "Description": text(), "Name": text(replaces), "RestApiId": text(required, replaces), "Schema": document(),
			},
		},
		create: func(t *task) (*stack.Made, error) {
			kind := t.text("ContentType")
			if kind == "" {
				kind = "application/json"
			}
			in := t.inAPI(members{"name": t.modelName(), "contentType": kind, "schema": t.modelSchema()})
			if t.has("Description") {
				in["description"] = t.text("Description")
			}
			_, err := t.gateway("CreateModel", in)
			return unless(err, &stack.Made{PhysicalID: t.modelName()})
		},
		find: func(t *task) (*stack.Made, error) { return &stack.Made{PhysicalID: t.modelName()}, nil },
		update: func(t *task) (*stack.Made, error) {
			var p patches
			p.replace(t, "Description", "/description", "")
			if t.changed("Schema") {
				p.add("replace", "/schema", t.modelSchema())
			}
			return unless(t.patch("UpdateModel", t.inAPI(members{"ModelName": t.PhysicalID}), p), unchanged(t))
		},
		delete: func(t *task) error {
			_, err := t.gateway("DeleteModel", t.inAPI(members{"ModelName": t.PhysicalID}))
			return err
		},
	}
}

// modelName has no dashes: models' names are letters and digits.
func (t *task) modelName() string {
	if t.has("Name") {
		return t.text("Name")
	}
	return plainLetters(t.generated(maxGatewayName))
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
func (t *task) modelSchema() string {
	if !t.has("Schema") {
		return "{}"
	}
	return t.text("Schema")
}
