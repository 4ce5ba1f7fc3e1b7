package openapi

import "regexp"

// HTTPDocument is an HTTP API's body under edit. Its ends (tags, authorizers, info) are written by Body.
type HTTPDocument struct {
	editor
	root    *Dict
	schemes *Dict // components.securitySchemes
	tags    any
	info    *Dict
}

// OpenHTTP begins to edit an HTTP API's body, in place.
func OpenHTTP(body any) (*HTTPDocument, error) {
	if !ValidHTTP(body) {
		return nil, errorf("Invalid OpenApi document. Invalid values or missing keys for 'openapi' or 'paths' in 'DefinitionBody'.")
	}
	d := &HTTPDocument{root: body.(*Dict), editor: editor{body.(*Dict).Get("paths").(*Dict)}}
	schemes, err := Dig(d.root, "components", "securitySchemes")
	if err != nil {
		return nil, errorf("Invalid OpenApi document: %v", err)
	}
	d.schemes, _ = orDict(schemes).(*Dict)
	d.info, _ = orDict(d.root.Get("info")).(*Dict)
	d.tags = d.root.Get("tags")
	if !Truth(d.tags) {
		d.tags = []any{}
	}
	return d, nil
}

// Dig returns what stands at a path of keys, nil if something misses on the way. It fails if that is not a map.
func Dig(v any, keys ...string) (any, error) {
	at := ""
	for _, key := range keys {
		if v == nil {
			return nil, nil
		}
		d, ok := v.(*Dict)
		if !ok {
			return nil, errorf("%s", shouldBeMap(at))
		}
		v = d.Get(key)
		if at != "" {
			at += "."
		}
		at += key
	}
	return v, nil
}

// Body returns the edited document.
func (d *HTTPDocument) Body() *Dict {
	if Truth(d.tags) {
		d.root.Put("tags", d.tags)
	}
	if d.schemes.Len() > 0 {
		components, ok := d.root.Get("components").(*Dict)
		if !ok {
			components = NewDict()
			d.root.Put("components", components)
		}
		components.Put("securitySchemes", d.schemes)
	}
	if d.info.Len() > 0 {
		d.root.Put("info", d.info)
	}
	return d.root
}

// SkeletonHTTP returns the body of an HTTP API that has no paths yet.
func SkeletonHTTP() *Dict {
	info := NewDict().Put("version", Word("1.0")).Put("title", Ref(Word("AWS::StackName")))
	return NewDict().Put("openapi", Word("3.0.1")).Put("info", info).Put("paths", NewDict())
}

// AddFunction lets a method invoke a function, in each branch of its path, unless it has an integration.
func (d *HTTPDocument) AddFunction(path, method string, uri any, condition string) error {
	if has, err := d.HasIntegration(path, method); has || err != nil {
		return err
	}
	if err := d.AddPath(path, method); err != nil {
		return err
	}
	items, err := d.path(path)
	if err != nil {
		return err
	}
	key := methodKey(method)
	for _, item := range items {
		if item.Get(key) == nil {
			item.Set(key, NewDict())
		}
		if definition, ok := item.Get(key).(*Dict); ok && path == "$default" && key == anyMethod {
			definition.Put("isDefaultRoute", true)
		}
		integration := NewDict().Put("type", Word("aws_proxy")).Put("httpMethod", Word("POST")).
			Put("payloadFormatVersion", Word("2.0")).Put("uri", conditional(condition, uri))
		if err := setIntegration(item, path, method, integration, NewDict(), condition); err != nil {
			return err
		}
	}
	return nil
}

// SetPayloadFormat says in which format, "1.0" or "2.0", a method's function gets its events.
func (d *HTTPDocument) SetPayloadFormat(path, method string, version any) error {
	definitions, err := d.definitions(path, method)
	for _, m := range definitions {
		if integration, ok := m.Get(integrationKey).(*Dict); ok {
			integration.Put("payloadFormatVersion", version)
		}
	}
	return err
}

// AddPathParameters declares the variables of a path as parameters of a method.
func (d *HTTPDocument) AddPathParameters(path, method string, names []string) error {
	definitions, err := d.definitions(path, method)
	for _, m := range definitions {
		for _, name := range names {
			if p := named(m.Get("parameters"), name); p != nil {
				p.Put("in", Word("path")).Put("required", true)
			} else {
				addParameter(m, NewDict().Put("name", name).Put("in", Word("path")).Put("required", true))
			}
		}
	}
	return err
}

// named returns the map of a list that has the name.
func named(list any, name string) *Dict {
	items, _ := list.([]any)
	for _, item := range items {
		if d, ok := item.(*Dict); ok {
			if s, _ := Text(d.Get("name")); s == name {
				return d
			}
		}
	}
	return nil
}

var functionARN = regexp.MustCompile(`[A-Za-z0-9]+\.Arn`)

// Invokes tells whether a method, in each of its branches, invokes the function with the logical id.
func (d *HTTPDocument) Invokes(path, method, function string) (bool, error) {
	if has, err := d.HasIntegration(path, method); !has || err != nil {
		return false, err
	}
	items, err := d.path(path)
	if err != nil {
		return false, err
	}
	for _, item := range items {
		definitions, err := branchesOfMethod(item.Get(methodKey(method)), path, methodKey(method))
		if err != nil {
			return false, err
		}
		for _, m := range definitions {
			if same, err := invokes(m.Get(integrationKey), function); !same || err != nil {
				return false, err
			}
		}
	}
	return true, nil
}

func invokes(integration any, function string) (bool, error) {
	if integration == nil {
		return false, nil
	}
	d, ok := integration.(*Dict)
	if !ok {
		return false, errorf("Value of '%s' must be a dictionary according to Swagger spec.", integrationKey)
	}
	uri, ok := d.Get("uri").(*Dict)
	if !ok {
		return false, nil
	}
	all, err := branches(uri)
	for _, branch := range all {
		d, _ := branch.(*Dict)
		if d == nil {
			return false, err
		}
		text, _ := Text(d.Get("Fn::Sub"))
		if functionARN.FindString(text) != function+".Arn" {
			return false, err
		}
	}
	return true, err
}

// MoveDefaultPath gives the path $default a slash, which API Gateway warns about if it misses.
func MoveDefaultPath(body *Dict) {
	paths, ok := body.Get("paths").(*Dict)
	if !ok || !paths.Has("$default") {
		return
	}
	item := paths.Get("$default")
	paths.Delete("$default")
	paths.Put("/$default", item)
}

// SetTitle gives the API its name, if the document's title is still the stack's name.
func (d *HTTPDocument) SetTitle(title any) {
	if Equal(d.info.Get("title"), Ref(Word("AWS::StackName"))) {
		d.info.Put("title", title)
	}
}

// SetDescription gives the API its description, if it has none.
func (d *HTTPDocument) SetDescription(description any) {
	if !Truth(d.info.Get("description")) {
		d.info.Put("description", description)
	}
}

// TitleIsDefault tells whether the document's title is the stack's name.
func TitleIsDefault(title any) bool { return Equal(title, Ref(Word("AWS::StackName"))) }
