package restapi

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"

	"sluice/internal/executeapi"
)

// emptyModel is a model that methods may name whether it is there or not.
const emptyModel = "Empty"

// defaultModels are those that an API is created with (recording TestApiGatewayApiModels.test_model_lifecycle).
func defaultModels() map[string]*Model {
	return map[string]*Model{
		emptyModel: {ID: executeapi.NewID(executeapi.ShortID), Name: emptyModel, ContentType: "application/json", Description: "This is a default empty schema model",
			Schema: "{\n  \"$schema\": \"http://json-schema.org/draft-04/schema#\",\n  \"title\" : \"Empty Schema\",\n  \"type\" : \"object\"\n}"},
		"Error": {ID: executeapi.NewID(executeapi.ShortID), Name: "Error", ContentType: "application/json", Description: "This is a default error schema model",
			Schema: "{\n  \"$schema\" : \"http://json-schema.org/draft-04/schema#\",\n  \"title\" : \"Error Schema\",\n  \"type\" : \"object\",\n  \"properties\" : {\n    \"message\" : { \"type\" : \"string\" }\n  }\n}"},
	}
}

var modelName = regexp.MustCompile(`^[a-zA-Z0-9]+$`)

// CreateModel adds a model.
func (d *Definition) CreateModel(m Model) (*Model, error) {
	if m.Name == "" {
		return nil, bad("Model name must be non-empty")
	}
	if !modelName.MatchString(m.Name) {
		return nil, bad("Model name must be alphanumeric: %s", m.Name)
	}
	if d.Models[m.Name] != nil {
		return nil, taken("Model name already exists for this REST API")
	}
	if err := d.checkModel(&m); err != nil {
		return nil, err
	}
	if len(d.Models) >= maxModels {
		return nil, tooMany("models", maxModels)
	}
	m.ID = executeapi.NewID(executeapi.ShortID)
	if d.Models == nil {
		d.Models = map[string]*Model{}
	}
	d.Models[m.Name] = &m
	return &m, nil
}

func (d *Definition) checkModel(m *Model) error {
	if m.Schema == "" {
		return bad("Model schema must have at least 1 property or array items defined")
	}
	if len(m.Schema) > maxSchema {
		return bad("Invalid model specified: its schema has more than %d bytes", maxSchema)
	}
	var object map[string]any
	if err := json.Unmarshal([]byte(m.Schema), &object); err != nil {
		return badSchema("")
	}
	return d.checkSchema(m)
}

func badSchema(why string) error {
	return bad("Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified%s]", why)
}

// Model returns a model by its name.
func (d *Definition) Model(name string) (*Model, error) {
	if d.Models[name] == nil {
		return nil, noModel(name)
	}
	return d.Models[name], nil
}

// UpdateModel changes a model's schema or description.
func (d *Definition) UpdateModel(name string, patches []Patch) (*Model, error) {
	m, err := d.Model(name)
	if err != nil {
		return nil, err
	}
	err = apply(patches, listed, text("/description", replaced, &m.Description), text("/schema", replaced, &m.Schema))
	if err != nil {
		return nil, err
	}
	return m, d.checkModel(m)
}

// DeleteModel deletes a model that no method names. Of several methods that do, AWS tells of the one below (recording
// test_put_method_model).
func (d *Definition) DeleteModel(name string) error {
	if _, err := d.Model(name); err != nil {
		return err
	}
	for _, r := range slices.Backward(d.Sorted()) {
		for _, httpMethod := range slices.Sorted(maps.Keys(r.Methods)) {
			m := r.Methods[httpMethod]
			if slices.Contains(slices.Collect(maps.Values(m.Models)), name) {
				return taken("Cannot delete model '%s', is referenced in method request: %s/%s", name, r.Path, httpMethod)
			}
			for _, status := range slices.Sorted(maps.Keys(m.Responses)) {
				if slices.Contains(slices.Collect(maps.Values(m.Responses[status].Models)), name) {
					return taken("Cannot delete model '%s', is referenced in method response: %s/%s/%s", name, r.Path, httpMethod, status)
				}
			}
		}
	}
	delete(d.Models, name)
	return nil
}

// Sorted lists the resources by their paths.
func (d *Definition) Sorted() []*Resource {
	return slices.SortedFunc(maps.Values(d.Resources), func(a, b *Resource) int {
		switch {
		case a.Path < b.Path:
			return -1
		case a.Path > b.Path:
			return 1
		}
		return 0
	})
}
