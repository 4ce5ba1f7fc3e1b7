package openapi

import "slices"

const (
	corsKey     = "x-amazon-apigateway-cors"
	tagValueKey = "x-amazon-apigateway-tag-value"
)

// AddTags gives the API tags, over those of the same name.
func (d *HTTPDocument) AddTags(tags *Dict) error {
	for name, value := range tags.All() {
		list, ok := d.tags.([]any)
		if !ok {
			return errorf("Tags in OpenApi DefinitionBody needs to be a list. %s is a %s not a list.", Message(d.tags), typeName(d.tags))
		}
		if tag := named(list, name); tag != nil {
			tag.Put(tagValueKey, value)
			continue
		}
		d.tags = slices.Concat(list, []any{NewDict().Put("name", name).Put(tagValueKey, value)})
	}
	return nil
}

// typeName is Python's name of a value's type.
func typeName(v any) string {
	switch v.(type) {
	case *Dict:
		return "Py27Dict"
	case bool:
		return "bool"
	case string, Word:
		return "str"
	}
	return "int"
}

// SetCORS sets the API's answers to other origins, property by property ("allowOrigins" ...), over those of the document.
func (d *HTTPDocument) SetCORS(properties *Dict) error {
	cors, err := d.extension(corsKey)
	if err != nil {
		return err
	}
	for key, value := range properties.All() {
		cors.Put(key, value)
	}
	d.root.Put(corsKey, cors)
	return nil
}

func (d *HTTPDocument) extension(key string) (*Dict, error) {
	value, ok := d.root.Lookup(key)
	if !ok {
		return NewDict(), nil
	}
	dict, ok := value.(*Dict)
	if !ok {
		return nil, errorf("Value of '%s' must be a dictionary according to Swagger spec.", key)
	}
	return dict, nil
}

// DisableEndpoint says at each server whether the API's default address is off.
func (d *HTTPDocument) DisableEndpoint(disable any) error {
	servers, ok := d.root.Lookup("servers")
	if !ok {
		servers = []any{NewDict()}
	}
	for _, item := range asList(servers) {
		server, ok := item.(*Dict)
		if !ok {
			return errorf("Value of 'servers' item must be a dictionary according to Swagger spec.")
		}
		endpoint, ok := server.Get(endpointKey).(*Dict)
		if !ok {
			endpoint = NewDict()
		}
		server.Put(endpointKey, endpoint.Put(disableEndpoint, disable))
	}
	d.root.Put("servers", servers)
	return nil
}

// AddAuthorizers defines authorizers, each by its name.
func (d *HTTPDocument) AddAuthorizers(definitions *Dict) {
	if d.schemes == nil {
		d.schemes = NewDict()
	}
	for name, definition := range definitions.All() {
		d.schemes.Put(name, definition)
	}
}

// SetDefaultAuthorizer gives the authorizer with its scopes to all methods that have no security of their own.
func (d *HTTPDocument) SetDefaultAuthorizer(authorizer string, scopes any) error {
	for _, path := range d.Paths() {
		items, err := d.path(path)
		if err != nil {
			return err
		}
		for _, item := range items {
			for method, value := range item.All() {
				if err := secureMethod(item, path, method, value, authorizer, scopes); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func secureMethod(item *Dict, path, method string, value any, authorizer string, scopes any) error {
	key := methodKey(method)
	if key == "parameters" || key == "options" {
		return nil
	}
	if !item.Has(key) {
		return errorf("Could not find %s in %s within DefinitionBody.", key, path)
	}
	definitions, err := branchesOfMethod(value, path, method)
	for _, m := range definitions {
		if Truth(m.Get(integrationKey)) && !Truth(m.Get(securityKey)) {
			m.Put(securityKey, []any{Listed().Set(authorizer, scopes)})
		}
	}
	return err
}

// SetAuthorizer adds an authorizer with its scopes, or NONE, to a method.
func (d *HTTPDocument) SetAuthorizer(path, method, authorizer string, scopes any) error {
	definitions, err := d.definitions(path, method)
	if err != nil {
		return err
	}
	for _, m := range definitions {
		security, err := securityOf(m, path, method)
		if err != nil {
			return err
		}
		m.Put(securityKey, append(security[:len(security):len(security)], Listed().Set(authorizer, scopes)))
	}
	return nil
}
