package sam

import (
	"strings"

	"sluice/internal/stack/sam/openapi"
)

// edit changes the API's definition.
func (h *httpBuild) edit(change func(d *openapi.HTTPDocument) error) error {
	d, err := openapi.OpenHTTP(h.body)
	if err != nil {
		return err
	}
	if err := change(d); err != nil {
		return err
	}
	h.body = d.Body()
	return nil
}

// addTags writes the API's tags, and SAM's own, into its definition.
func (h *httpBuild) addTags() error {
	if h.body == nil {
		if len(h.tags) > 0 {
			return invalidResource(h.id, "Tags works only with inline OpenApi specified in the 'DefinitionBody' property.")
		}
		return nil
	}
	if !openapi.ValidHTTP(h.body) {
		if len(h.tags) > 0 {
			return invalidResource(h.id, "Unable to add `Tags` because 'DefinitionBody' does not contain a valid OpenApi definition.")
		}
		return nil
	}
	if h.tags == nil {
		h.tags = map[string]any{}
	}
	h.tags[samTag] = "SAM"
	return h.edit(func(d *openapi.HTTPDocument) error { return d.AddTags(h.t.tree(h.tags).(*openapi.Dict)) })
}

func (h *httpBuild) disableEndpoint() error {
	disable := h.properties["DisableExecuteApiEndpoint"]
	if disable == nil {
		return nil
	}
	if h.body == nil {
		return invalidResource(h.id, "DisableExecuteApiEndpoint works only within 'DefinitionBody' property.")
	}
	return h.edit(func(d *openapi.HTTPDocument) error { return d.DisableEndpoint(h.t.tree(disable)) })
}

func (h *httpBuild) addTitle() error {
	name := h.properties["Name"]
	if !truthy(name) {
		return nil
	}
	title, err := h.info("Name", "title", ".")
	if err != nil {
		return err
	}
	if !openapi.TitleIsDefault(title) {
		return h.alreadyDefined("Name")
	}
	return h.edit(func(d *openapi.HTTPDocument) error {
		d.SetTitle(h.t.tree(name))
		return nil
	})
}

func (h *httpBuild) addDescription() error {
	description := h.properties["Description"]
	if !truthy(description) {
		return nil
	}
	have, err := h.info("Description", "description", "'.")
	if err != nil {
		return err
	}
	if openapi.Truth(have) {
		return h.alreadyDefined("Description")
	}
	return h.edit(func(d *openapi.HTTPDocument) error {
		d.SetDescription(h.t.tree(description))
		return nil
	})
}

// info returns what the definition has where a property would go.
func (h *httpBuild) info(property, key, end string) (any, error) {
	if h.body == nil {
		return nil, invalidResource(h.id, "%s works only with inline OpenApi specified in the 'DefinitionBody' property.", property)
	}
	value, err := openapi.Dig(h.body, "info", key)
	if err != nil {
		return nil, invalidResource(h.id, "Invalid 'DefinitionBody': %v%s", err, end)
	}
	return value, nil
}

func (h *httpBuild) alreadyDefined(property string) error {
	return invalidResource(h.id, "Unable to set %s because it is already defined within inline OpenAPI specified in the 'DefinitionBody' property.", property)
}

// httpCORSFields are what the property CorsConfiguration may have.
var httpCORSFields = []string{"AllowMethods", "AllowHeaders", "AllowOrigins", "MaxAge", "ExposeHeaders", "AllowCredentials"}

// addCORS lets pages of other origins call the API.
func (h *httpBuild) addCORS() error {
	given := h.properties["CorsConfiguration"]
	if !truthy(given) {
		return nil
	}
	if h.body == nil {
		return invalidResource(h.id, "Cors works only with inline OpenApi specified in 'DefinitionBody' property.")
	}
	cors, err := h.cors(given)
	if err != nil {
		return err
	}
	if !openapi.ValidHTTP(h.body) {
		return invalidResource(h.id, "Unable to add Cors configuration because 'DefinitionBody' does not contain a valid OpenApi definition.")
	}
	if cors.Get("allowCredentials") == true && openapi.Equal(cors.Get("allowOrigins"), []any{"*"}) {
		return invalidResource(h.id, "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set.")
	}
	return h.edit(func(d *openapi.HTTPDocument) error { return d.SetCORS(cors) })
}

// cors writes CorsConfiguration as definitions have it: true for all origins, a function for origins or more, or a map.
func (h *httpBuild) cors(given any) (*openapi.Dict, error) {
	if is[bool](given) {
		return openapi.NewDict().Put("allowOrigins", []any{openapi.Word("*")}), nil
	}
	properties, ok := given.(map[string]any)
	if !ok {
		return nil, invalidResource(h.id, "Invalid value for 'Cors' property.")
	}
	if isIntrinsic(given) {
		return h.t.tree(withLowerFields(properties)).(*openapi.Dict), nil
	}
	cors := openapi.NewDict()
	for _, name := range h.t.tableKeys(properties) {
		if !containsText(httpCORSFields, name) {
			return nil, invalidResource(h.id, "Invalid key '%s' for 'Cors' property.", name)
		}
	}
	if origins := properties["AllowOrigins"]; isIntrinsic(origins) {
		return h.t.tree(withLowerFields(origins)).(*openapi.Dict), nil
	}
	for _, name := range httpCORSFields {
		value := properties[name]
		if truthy(value) && (name != "AllowCredentials" || value == true) || name == "MaxAge" && value != nil {
			cors.Put(lowerField(name), h.t.tree(value))
		}
	}
	return cors, nil
}

func lowerField(name string) string { return strings.ToLower(name[:1]) + name[1:] }

// lowerFields writes the fields of CorsConfiguration as definitions do, wherever they stand in a text.
var lowerFields = strings.NewReplacer("AllowOrigins", "allowOrigins", "AllowHeaders", "allowHeaders", "AllowMethods", "allowMethods",
	"ExposeHeaders", "exposeHeaders", "MaxAge", "maxAge", "AllowCredentials", "allowCredentials")

// withLowerFields renames the fields in all keys and texts below a function of CloudFormation, as the reference does.
func withLowerFields(value any) any {
	switch v := value.(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		for key, member := range v {
			m[lowerFields.Replace(key)] = withLowerFields(member)
		}
		return m
	case []any:
		l := make([]any, len(v))
		for i, member := range v {
			l[i] = withLowerFields(member)
		}
		return l
	case string:
		return lowerFields.Replace(v)
	}
	return value
}
