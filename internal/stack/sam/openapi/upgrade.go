package openapi

// Upgrade moves what the transform writes as for Swagger 2 to where OpenAPI 3 has it, if version (the property
// OpenApiVersion, nil if it is not given) or the document names a version 3. A document that says swagger stays.
func Upgrade(body *Dict, version any) error {
	if body.Get("swagger") != nil {
		return nil
	}
	if version == nil {
		version = body.Get("openapi")
	}
	if !Truth(version) || !Version3(version) {
		return nil
	}
	moveToComponents(body, "securityDefinitions", "securitySchemes")
	moveToComponents(body, "definitions", "schemas")
	if !Truth(body.Get("paths")) {
		return nil
	}
	paths, ok := body.Get("paths").(*Dict)
	if !ok {
		return errorf("Value of paths must be a dictionary according to Swagger spec.")
	}
	for path, item := range paths.All() {
		methods, ok := item.(*Dict)
		if !ok {
			return errorf("Value of '%s' path must be a dictionary according to Swagger spec.", path)
		}
		methods.calm = false
		if err := upgradeOptions(methods.Get("options"), path); err != nil {
			return err
		}
	}
	return nil
}

func moveToComponents(body *Dict, key, component string) {
	value := body.Get(key)
	if !Truth(value) {
		return
	}
	components, ok := body.Get("components").(*Dict)
	if !ok || components.Len() == 0 {
		components = NewDict()
	}
	components.Put(component, value)
	body.Put("components", components)
	body.Delete(key)
}

// upgradeOptions drops what OpenAPI 3 has not from a method OPTIONS, and gives its headers schemas.
func upgradeOptions(method any, path string) error {
	if !Truth(method) {
		return nil
	}
	options, ok := method.(*Dict)
	if !ok {
		return errorf("Value of options method for path %s must be a dictionary according to Swagger spec.", path)
	}
	options.Delete("produces")
	options.Delete("consumes")
	responses, ok := options.Lookup("responses")
	if !ok {
		return nil
	}
	at := ""
	for _, key := range []string{"200", "headers"} {
		if responses == nil {
			return nil
		}
		level, ok := responses.(*Dict)
		if !ok {
			return errorf("Invalid responses in options method for path %s: %s.", path, shouldBeMap(at))
		}
		responses, at = level.Get(key), key
	}
	if !Truth(responses) {
		return nil
	}
	headers, ok := responses.(*Dict)
	if !ok {
		return errorf("Value of response's headers in options method for path %s must be a dictionary according to Swagger spec.", path)
	}
	for name, header := range headers.All() {
		headers.Set(name, NewDict().Put("schema", header))
	}
	return nil
}

func shouldBeMap(at string) string {
	if at == "" {
		return "It should be a map"
	}
	return "The value of '" + at + "' should be a map"
}
