package openapi

import "strings"

// AddResponses defines what API Gateway itself answers, by the type of answer.
func (d *Document) AddResponses(responses *Dict) error {
	have, ok := d.responses.(*Dict)
	if !ok {
		return errorf("Value of '%s' must be a dictionary according to Swagger spec.", responsesKey)
	}
	for name, response := range responses.All() {
		have.Set(name, response)
	}
	return nil
}

// SetMediaTypes says which bodies are bytes, not text. A type's slash may be given as ~1, as in JSON pointers.
func (d *Document) SetMediaTypes(types any) {
	d.root.Put("x-amazon-apigateway-binary-media-types", withSlashes(types))
}

func withSlashes(v any) any {
	switch v := v.(type) {
	case *Dict:
		out := NewDict()
		for key, value := range v.All() {
			out.Set(strings.ReplaceAll(key, "~1", "/"), withSlashes(value))
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = withSlashes(item)
		}
		return out
	}
	if s, ok := Text(v); ok {
		return strings.ReplaceAll(s, "~1", "/")
	}
	return v
}

// DisableEndpoint says whether the API's default address is off: at each server for OpenAPI 3, at the top for Swagger.
func (d *Document) DisableEndpoint(disable any) error {
	if !Truth(d.root.Get("openapi")) || !Version3(d.root.Get("openapi")) {
		if err := disableIn(d.root, disable); err != nil {
			return errorf("Invalid OpenAPI definition: %v.", err)
		}
		return nil
	}
	servers, ok := d.root.Lookup("servers")
	if !ok {
		servers = []any{NewDict()}
	}
	list, ok := servers.([]any)
	if !ok && Truth(servers) {
		list = []any{nil} // what the reference implementation finds in a map or text are keys or letters
	}
	for i, server := range list {
		if err := disableIn(server, disable); err != nil {
			return errorf("Invalid OpenAPI definition of 'servers[%d]': %v.", i, err)
		}
	}
	d.root.Put("servers", servers)
	return nil
}

func disableIn(at, disable any) error {
	d, ok := at.(*Dict)
	if !ok {
		return errorf("%s", shouldBeMap(""))
	}
	if !d.Has(endpointKey) {
		d.Put(endpointKey, Listed())
	}
	endpoint, ok := d.Get(endpointKey).(*Dict)
	if !ok {
		return errorf("%s", shouldBeMap(endpointKey))
	}
	endpoint.Put(disableEndpoint, disable)
	return nil
}
