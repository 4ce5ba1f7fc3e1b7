package sam

import (
	"regexp"

	"sluice/internal/stack/sam/openapi"
)

// bodyLocation reads where in S3 an API's definition is: a map, or s3://bucket/key?versionId=version.
func (s *source) bodyLocation(value any) (map[string]any, error) {
	if m, ok := value.(map[string]any); ok {
		if !truthy(m["Bucket"]) || !truthy(m["Key"]) {
			return nil, invalidResource(s.id, "'DefinitionUri' requires Bucket and Key properties to be specified.")
		}
		location := map[string]any{"Bucket": m["Bucket"], "Key": m["Key"]}
		if version, ok := m["Version"]; ok {
			location["Version"] = version
		}
		return location, nil
	}
	uri, _ := value.(string)
	bucket, key, version, ok := parseS3URI(uri)
	if !ok {
		return nil, invalidResource(s.id, "'DefinitionUri' is not a valid S3 Uri of the form 's3://bucket/key' with optional versionId query parameter.")
	}
	location := map[string]any{"Bucket": bucket, "Key": key}
	if version != "" {
		location["Version"] = version
	}
	return location, nil
}

// edit changes the API's definition.
func (a *restBuild) edit(change func(d *openapi.Document) error) error {
	d, err := openapi.Open(a.body)
	if err != nil {
		return err
	}
	if err := change(d); err != nil {
		return err
	}
	a.body = d.Body()
	return nil
}

func (a *restBuild) addMediaTypes() error {
	types := a.properties["BinaryMediaTypes"]
	if !truthy(types) || a.body == nil {
		return nil
	}
	return a.edit(func(d *openapi.Document) error {
		d.SetMediaTypes(a.t.tree(types))
		return nil
	})
}

func (a *restBuild) addModels() error {
	models, _ := a.properties["Models"].(map[string]any)
	if len(models) == 0 {
		return nil
	}
	if a.body == nil {
		return invalidResource(a.id, "Models works only with inline Swagger specified in 'DefinitionBody' property.")
	}
	if !openapi.Valid(a.body) {
		return invalidResource(a.id, "Unable to add Models definitions because 'DefinitionBody' does not contain a valid Swagger definition.")
	}
	for _, model := range models {
		if !is[map[string]any](model) {
			return invalidResource(a.id, "Invalid value for 'Models' property")
		}
	}
	err := a.edit(func(d *openapi.Document) error { return d.AddModels(a.t.tree(models).(*openapi.Dict)) })
	if err != nil {
		return err
	}
	return openapi.Upgrade(a.body, a.properties["OpenApiVersion"])
}

func (a *restBuild) disableEndpoint() error {
	disable := a.properties["DisableExecuteApiEndpoint"]
	if disable == nil {
		return nil
	}
	if a.body == nil {
		return invalidResource(a.id, "DisableExecuteApiEndpoint works only within 'DefinitionBody' property.")
	}
	return a.edit(func(d *openapi.Document) error { return d.DisableEndpoint(a.t.tree(disable)) })
}

// addResponses defines what API Gateway itself answers.
func (a *restBuild) addResponses() error {
	responses, _ := a.properties["GatewayResponses"].(map[string]any)
	if len(responses) == 0 {
		return nil
	}
	if a.body == nil {
		return invalidResource(a.id, "GatewayResponses works only with inline Swagger specified in 'DefinitionBody' property.")
	}
	names := a.t.tableKeys(responses)
	for _, name := range names {
		if err := a.checkResponse(name, responses[name]); err != nil {
			return err
		}
	}
	if !openapi.Valid(a.body) {
		return invalidResource(a.id, "Unable to add Auth configuration because 'DefinitionBody' does not contain a valid Swagger definition.")
	}
	return a.edit(func(d *openapi.Document) error {
		definitions, err := a.responses(names, responses)
		if err != nil {
			return err
		}
		return d.AddResponses(definitions)
	})
}

// responses writes all answers as definitions have them.
func (a *restBuild) responses(names []string, responses map[string]any) (*openapi.Dict, error) {
	for _, name := range names {
		if err := a.checkResponseValues(name, responses[name].(map[string]any)); err != nil {
			return nil, err
		}
	}
	definitions := openapi.NewDict()
	for _, name := range names {
		definition, err := a.response(responses[name].(map[string]any))
		if err != nil {
			return nil, err
		}
		definitions.Set(name, definition)
	}
	return definitions, nil
}

func (a *restBuild) checkResponse(name string, value any) error {
	response, ok := value.(map[string]any)
	switch {
	case isIntrinsic(value):
		return invalidResource(a.id, "Unable to set GatewayResponses attribute because intrinsic functions are not supported for this field.")
	case !ok:
		typ := pythonType(value)
		if typ == "str" {
			typ = "Py27UniStr"
		}
		return invalidResource(a.id, "Invalid property type '%s' for GatewayResponses. Expected an object of type 'GatewayResponse'.", typ)
	}
	for _, property := range a.t.tableKeys(response) {
		if !containsText([]string{"ResponseParameters", "ResponseTemplates", "StatusCode"}, property) {
			return invalidResource(a.id, "Invalid property '%s' in 'GatewayResponses' property '%s'.", property, name)
		}
	}
	return nil
}

var statusCode = regexp.MustCompile(`^[0-9]{1,3}\n?$`)

// responsePrefixes are what parameters of answers are called in definitions.
var responsePrefixes = [...][2]string{
	{"Headers", "gatewayresponse.header."}, {"Paths", "gatewayresponse.path."}, {"QueryStrings", "gatewayresponse.querystring."},
}

// checkResponseValues refuses parameters of unknown kinds, and status codes that are none.
func (a *restBuild) checkResponseValues(name string, response map[string]any) error {
	parameters := response["ResponseParameters"]
	if truthy(parameters) {
		if err := expect(a.id, "GatewayResponses."+name+".ResponseParameters", parameters, object); err != nil {
			return err
		}
		for _, kind := range a.t.tableKeys(parameters.(map[string]any)) {
			if !containsText([]string{"Headers", "Paths", "QueryStrings"}, kind) {
				return invalidResource(a.id, "Invalid gateway response parameter '%s'", kind)
			}
		}
	}
	if status := response["StatusCode"]; truthy(status) && !statusCode.MatchString(str(status)) {
		return invalidResource(a.id, "Property 'StatusCode' must be numeric")
	}
	return nil
}

func (a *restBuild) response(response map[string]any) (*openapi.Dict, error) {
	parameters, err := a.responseParameters(response["ResponseParameters"])
	if err != nil {
		return nil, err
	}
	d := openapi.NewDict().Put("responseParameters", parameters)
	if templates := response["ResponseTemplates"]; truthy(templates) {
		d.Put("responseTemplates", a.t.tree(templates))
	} else {
		d.Put("responseTemplates", openapi.NewDict())
	}
	if status := response["StatusCode"]; status != nil && str(status) != "" {
		d.Put("statusCode", openapi.Word(str(status)))
	}
	return d, nil
}

func (a *restBuild) responseParameters(value any) (*openapi.Dict, error) {
	d := openapi.NewDict()
	given, _ := value.(map[string]any)
	for _, prefix := range responsePrefixes {
		list, ok := given[prefix[0]]
		if !ok {
			continue
		}
		if err := expect(a.id, "ResponseParameters."+prefix[0], list, object); err != nil {
			return nil, err
		}
		for key, parameter := range a.t.tree(list).(*openapi.Dict).All() {
			d.Set(prefix[1]+key, parameter)
		}
	}
	return d, nil
}
