package openapi

import "strings"

// SetModel says that a method's body follows a model of the API. Required nil says nothing about whether there is one.
func (d *Document) SetModel(path, method, model string, required any) error {
	definitions, err := d.definitions(path, method)
	if err != nil {
		return err
	}
	model = strings.ToLower(model)
	for _, m := range definitions {
		if d.root.Get("swagger") != nil {
			parameter := NewDict().Put("in", Word("body")).Put("name", model).
				Put("schema", Listed().Put("$ref", Word("#/definitions/"+model)))
			if required != nil {
				parameter.Put("required", required)
			}
			addParameter(m, parameter)
			continue
		}
		schema := Listed().Put("schema", Listed().Put("$ref", Word("#/components/schemas/"+model)))
		body := Listed().Put("content", Listed().Put("application/json", schema))
		if required != nil {
			body.Put("required", required)
		}
		m.Put("requestBody", body)
	}
	return nil
}

func addParameter(m, parameter *Dict) {
	have, _ := m.Get("parameters").([]any)
	m.Put("parameters", append(have[:len(have):len(have)], parameter))
}

// SetValidator says what of a method's requests is checked, and defines the validator that does it.
func (d *Document) SetValidator(path, method string, body, parameters bool) error {
	name := map[[2]bool]string{
		{true, true}: "body-and-params", {true, false}: "body-only", {false, true}: "params-only", {false, false}: "no-validation",
	}[[2]bool{body, parameters}]
	const key = "x-amazon-apigateway-request-validators"
	validators, ok := d.root.Get(key).(*Dict)
	if !ok || validators.Len() == 0 {
		validators = NewDict()
		d.root.Put(key, validators)
	}
	if !Truth(validators.Get(name)) {
		definition := NewDict().Put("validateRequestBody", body).Put("validateRequestParameters", parameters)
		validators.Merge(NewDict().Put(name, definition))
	}
	definitions, err := d.definitions(path, method)
	for _, m := range definitions {
		m.Merge(NewDict().Put("x-amazon-apigateway-request-validator", Word(name)))
	}
	return err
}

// Parameter is one that a method's requests may have.
type Parameter struct {
	Name             string // method.request.{querystring|path|header}.{name}
	Required, Caches any
}

// AddParameters says what parameters a method's requests have.
func (d *Document) AddParameters(path, method string, parameters []Parameter) error {
	definitions, err := d.definitions(path, method)
	if err != nil {
		return err
	}
	for _, m := range definitions {
		for _, p := range parameters {
			location, name, _ := strings.Cut(strings.ReplaceAll(p.Name, "method.request.", ""), ".")
			var in any = location
			if location == "querystring" {
				in = Word("query")
			}
			addParameter(m, NewDict().Put("in", in).Put("name", name).Put("required", p.Required).Put("type", Word("string")))
			if integration, ok := m.Get(integrationKey).(*Dict); ok && Truth(p.Caches) {
				have, _ := integration.Get("cacheKeyParameters").([]any)
				integration.Put("cacheKeyParameters", append(have[:len(have):len(have)], p.Name))
			}
		}
		if !m.Has("parameters") {
			m.Put("parameters", []any{})
		}
	}
	return nil
}

// AddModels defines the API's models, by their names in lower case.
func (d *Document) AddModels(models *Dict) error {
	definitions, ok := d.models.(*Dict)
	if !ok {
		definitions = NewDict()
	}
	for name, value := range models.All() {
		schema, ok := value.(*Dict)
		if !ok || !Truth(schema.Get("type")) {
			return errorf("'Models' schema is missing 'type'.")
		}
		definitions.Set(strings.ToLower(name), schema)
	}
	d.models = definitions
	return nil
}
