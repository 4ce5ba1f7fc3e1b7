package sam

import (
	"regexp"

	"sluice/internal/stack/sam/openapi"
)

// addModel says which model of the API the method's body follows, and what of requests is checked.
func (m *methodEvent) addModel(d *openapi.Document) error {
	request, _ := m.properties["RequestModel"].(map[string]any)
	model := request["Model"]
	if !truthy(model) {
		return nil
	}
	if err := m.checkModel(model); err != nil {
		return err
	}
	if err := d.SetModel(m.path, m.method, model.(string), m.t.tree(request["Required"])); err != nil {
		return err
	}
	body, parameters := request["ValidateBody"], request["ValidateParameters"]
	if body == nil && parameters == nil {
		return nil
	}
	checksBody, ok := booleanOr(body)
	checksParameters, alsoOK := booleanOr(parameters)
	if !ok || !alsoOK {
		return invalidEvent(m.name, "Unable to set Validator to RequestModel [%s] on API method [%s] for path [%s] "+
			"ValidateBody and ValidateParameters must be a boolean type, strings or intrinsics are not supported.", str(model), m.method, m.path)
	}
	return d.SetValidator(m.path, m.method, checksBody, checksParameters)
}

// booleanOr returns a boolean, false if there is none, and whether it is one.
func booleanOr(value any) (b, ok bool) {
	b, ok = value.(bool)
	return b, ok || value == nil
}

// checkModel refuses models that the API does not have.
func (m *methodEvent) checkModel(model any) error {
	why := ""
	models, isMap := m.api.properties["Models"].(map[string]any)
	name, isText := model.(string)
	switch {
	case !truthy(m.api.properties["Models"]):
		why = "because the related API does not define any Models."
	case !isMap:
		why = "because the related API Models defined is of invalid type."
	case !isText:
		why = "because the related API does not contain valid Models."
	case !truthy(models[name]):
		why = "because it wasn't defined in the API's Models."
	default:
		return nil
	}
	return invalidEvent(m.name, "Unable to set RequestModel [%s] on API method [%s] for path [%s] %s", str(model), m.method, m.path, why)
}

var requestParameter = regexp.MustCompile(`^method\.request\.(querystring|path|header)\.`)

// addParameters says which parameters the method's requests have.
func (m *methodEvent) addParameters(d *openapi.Document) error {
	given, _ := m.properties["RequestParameters"].([]any)
	if of, ok := m.properties["RequestParameters"].(map[string]any); ok {
		for _, name := range m.t.tableKeys(of) { // a map of one member passes for a function of CloudFormation
			given = append(given, name)
		}
	}
	if len(given) == 0 {
		return nil
	}
	parameters := make([]openapi.Parameter, len(given))
	for i, value := range given {
		p, err := m.parameter(value)
		if err != nil {
			return err
		}
		parameters[i] = p
	}
	return d.AddParameters(m.path, m.method, parameters)
}

// parameter reads a parameter: its name, or a map from the name to its settings.
func (m *methodEvent) parameter(value any) (openapi.Parameter, error) {
	p := openapi.Parameter{Required: false, Caches: false}
	var settings any = map[string]any{}
	switch v := value.(type) {
	case string:
		p.Name = v
	case map[string]any:
		for _, name := range m.t.keys(v) {
			p.Name, settings = name, v[name]
			break
		}
	default:
		return p, invalidEvent(m.name, "Invalid value for 'RequestParameters' property. Property must be either a string or an object")
	}
	if !requestParameter.MatchString(p.Name) {
		return p, invalidEvent(m.name, "Invalid value for 'RequestParameters' property. Keys must be in the format "+
			"'method.request.[querystring|path|header].{value}', e.g 'method.request.header.Authorization'.")
	}
	of, ok := settings.(map[string]any)
	for name, setting := range of {
		switch name {
		case "Required":
			p.Required = m.t.tree(setting)
		case "Caching":
			p.Caches = m.t.tree(setting)
		default:
			ok = false
		}
	}
	if !ok {
		return p, invalidEvent(m.name, "Invalid value for 'RequestParameters' property. Values must be an object, e.g { Required: true, Caching: false }")
	}
	return p, nil
}
