package openapi

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"sluice/internal/oas"
	"sluice/internal/restapi"
)

// Export is what is to be written.
type Export struct {
	Title, Description, Version string
	Host, Stage                 string // where the API is reached
	Definition                  *restapi.Definition
}

// Style says how.
type Style struct {
	Third bool // OpenAPI 3.0.1, else Swagger 2.0
	YAML  bool // else JSON
	// Integrations and Authorizers are whether those extensions are written too.
	Integrations, Authorizers bool
}

// Write writes a document.
func Write(e *Export, s Style) ([]byte, error) {
	w := &writer{e.Definition, s}
	root := object{"info": w.info(e), "paths": w.paths()}
	if s.Third {
		root["openapi"] = "3.0.1"
		root["servers"] = []any{object{
			"url": "https://" + e.Host + "/{basePath}", "variables": object{"basePath": object{"default": e.Stage}},
		}}
		root["components"] = w.components()
	} else {
		root["swagger"], root["host"], root["basePath"], root["schemes"] = "2.0", e.Host, "/"+e.Stage, []any{"https"}
		filled(root, "definitions", w.models())
		filled(root, "securityDefinitions", w.schemes())
	}
	w.extend(root)
	if s.YAML {
		return yaml.Marshal(root)
	}
	return json.MarshalIndent(root, "", "  ")
}

type writer struct {
	*restapi.Definition
	style Style
}

// filled sets a member that is not empty.
func filled(o object, key string, value object) {
	if len(value) > 0 {
		o[key] = value
	}
}

func (w *writer) info(e *Export) object {
	info := object{"title": e.Title, "version": e.Version}
	if e.Description != "" {
		info["description"] = e.Description
	}
	return info
}

func (w *writer) components() object {
	components := object{}
	filled(components, "schemas", w.models())
	filled(components, "securitySchemes", w.schemes())
	return components
}

// reference names a model within the document.
func (w *writer) reference(name string) object {
	if w.style.Third {
		return object{"$ref": "#/components/schemas/" + name}
	}
	return object{"$ref": "#/definitions/" + name}
}

func (w *writer) models() object {
	all := object{}
	for name, m := range w.Models {
		var schema any
		if json.Unmarshal([]byte(m.Schema), &schema) == nil { // which it was checked for
			all[name] = w.inward(schema)
		}
	}
	return all
}

// inward turns references to models into such to the document's parts.
func (w *writer) inward(value any) any {
	switch x := value.(type) {
	case object:
		for key, each := range x {
			url, _ := each.(string)
			if _, name, ok := strings.Cut(url, "/models/"); ok && key == "$ref" {
				return w.reference(name)
			}
			x[key] = w.inward(each)
		}
	case []any:
		for i := range x {
			x[i] = w.inward(x[i])
		}
	}
	return value
}

func (w *writer) paths() object {
	paths := object{}
	for _, r := range w.Sorted() {
		if len(r.Methods) == 0 {
			continue
		}
		item := object{}
		for _, httpMethod := range slices.Sorted(maps.Keys(r.Methods)) {
			key := strings.ToLower(httpMethod)
			if httpMethod == restapi.AnyMethod {
				key = oas.Extension + "any-method"
			}
			item[key] = w.operation(r.Methods[httpMethod], r.ID)
		}
		paths[r.Path] = item
	}
	return paths
}

func (w *writer) operation(m *restapi.Method, resource string) object {
	o := object{}
	if m.OperationName != "" {
		o["operationId"] = m.OperationName
	}
	parameters := w.parameters(m)
	if w.style.Third && len(m.Models) > 0 {
		content := object{}
		for kind, name := range m.Models {
			content[kind] = object{"schema": w.reference(name)}
		}
		o["requestBody"] = object{"content": content, "required": true}
	} else if len(m.Models) > 0 {
		kinds := slices.Sorted(maps.Keys(m.Models))
		o["consumes"] = kinds
		parameters = append(parameters, object{"in": "body", "name": m.Models[kinds[0]], "required": true, "schema": w.reference(m.Models[kinds[0]])})
	}
	if len(parameters) > 0 {
		o["parameters"] = parameters
	}
	if kinds := produced(m); !w.style.Third && len(kinds) > 0 {
		o["produces"] = kinds
	}
	if responses := w.responses(m); len(responses) > 0 || !w.style.Third {
		o["responses"] = responses
	}
	if security := w.security(m); security != nil {
		o["security"] = security
	}
	if v := w.Validators[m.ValidatorID]; v != nil && w.style.Integrations {
		o[oas.Extension+"request-validator"] = v.Name
	}
	if m.Integration != nil && w.style.Integrations {
		o[oas.Extension+"integration"] = integration(m.Integration, resource)
	}
	return o
}

// produced are the content types of a method's responses, which Swagger tells of the whole operation.
func produced(m *restapi.Method) []string {
	kinds := map[string]bool{}
	for _, r := range m.Responses {
		for kind := range r.Models {
			kinds[kind] = true
		}
	}
	return slices.Sorted(maps.Keys(kinds))
}

func (w *writer) parameters(m *restapi.Method) (all []any) {
	for _, name := range slices.Sorted(maps.Keys(m.Parameters)) {
		parts := strings.SplitN(name, ".", 4)
		place := strings.TrimSuffix(parts[2], "string") // querystring is query
		p := object{"name": parts[3], "in": place}
		if m.Parameters[name] || place == "path" {
			p["required"] = true
		}
		if w.style.Third {
			p["schema"] = object{"type": "string"}
		} else {
			p["type"] = "string"
		}
		all = append(all, p)
	}
	return all
}

func (w *writer) responses(m *restapi.Method) object {
	all := object{}
	for status, r := range m.Responses {
		given := object{"description": status + " response"}
		headers := object{}
		for name := range r.Parameters {
			header := object{"type": "string"}
			if w.style.Third {
				header = object{"schema": header}
			}
			headers[strings.TrimPrefix(name, "method.response.header.")] = header
		}
		filled(given, "headers", headers)
		content := object{}
		for _, kind := range slices.Sorted(maps.Keys(r.Models)) {
			if w.style.Third {
				content[kind] = object{"schema": w.reference(r.Models[kind])}
			} else if given["schema"] == nil {
				given["schema"] = w.reference(r.Models[kind])
			}
		}
		if w.style.Third {
			given["content"] = content
		}
		all[status] = given
	}
	return all
}
