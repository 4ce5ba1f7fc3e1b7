package sam

import (
	"errors"

	"sluice/internal/stack/sam/openapi"
)

// addCORS lets pages of other origins call the API.
func (a *restBuild) addCORS() error {
	given := a.properties["Cors"]
	if !truthy(given) {
		return nil
	}
	if a.body == nil {
		return invalidResource(a.id, "Cors works only with inline Swagger specified in 'DefinitionBody' property.")
	}
	cors := openapi.CORS{Origins: openapi.Word("'*'")}
	properties, isMap := given.(map[string]any)
	switch {
	case is[string](given) || isIntrinsic(given):
		cors.Origins = a.t.tree(given)
	case isMap:
		if err := a.readCORS(&cors, properties); err != nil {
			return err
		}
	default:
		return invalidResource(a.id, "Invalid value for 'Cors' property")
	}
	if !openapi.Valid(a.body) {
		return invalidResource(a.id, "Unable to add Cors configuration because 'DefinitionBody' does not contain a valid Swagger definition.")
	}
	if origin, _ := openapi.Text(cors.Origins); cors.Credentials && origin == "'*'" {
		return invalidResource(a.id, "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set")
	}
	err := a.edit(func(d *openapi.Document) error { return d.AddCORS(cors) })
	if errors.Is(err, openapi.ErrNoOrigins) {
		return invalidResource(a.id, "%s", invalidTemplate("%s", err).text)
	}
	return err
}

func (a *restBuild) readCORS(cors *openapi.CORS, properties map[string]any) error {
	for _, name := range a.t.tableKeys(properties) {
		value := a.t.tree(properties[name])
		switch name {
		case "AllowOrigin":
			cors.Origins = value
		case "AllowHeaders":
			cors.Headers = value
		case "AllowMethods":
			cors.Methods = value
		case "MaxAge":
			cors.MaxAge = value
		case "AllowCredentials":
			cors.Credentials = value == true
		default:
			return invalidResource(a.id, "Invalid key '%s' for 'Cors' property.", name)
		}
	}
	return nil
}
