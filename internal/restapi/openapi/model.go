package openapi

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"sluice/internal/oas"
	"sluice/internal/restapi"
)

// schemas are the document's named schemas.
func (r *reader) schemas() object {
	if r.third {
		return oas.ObjectAt(r.root, "components", "schemas")
	}
	return oas.ObjectAt(r.root, "definitions")
}

func (r *reader) readModels() {
	if r.third {
		r.object(r.object(r.root, "components", ""), "schemas", "components")
	} else {
		r.object(r.root, "definitions", "")
	}
	all := r.schemas()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		description := oas.TextAt(oas.ObjectAt(all, name), "description")
		_, err := r.made.Definition.CreateModel(restapi.Model{
			Name: modelName(name), Description: description, ContentType: "application/json", Schema: oas.JSON(r.referred(all[name], 0)),
		})
		r.check(err, "Unable to create model '%s'", name)
	}
}

// modelName drops what no model's name may have.
func modelName(name string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return -1
	}, name)
}

// modelURL is how models refer to each other.
const modelURL = "https://apigateway.amazonaws.com/restapis/"

// referred is a schema whose references lead to models.
func (r *reader) referred(value any, depth int) any {
	if depth > oas.MaxDepth {
		return nil
	}
	switch x := value.(type) {
	case object:
		out := object{}
		for key, each := range x {
			if name, ok := named(each); ok && key == "$ref" {
				out[key] = modelURL + r.options.API + "/models/" + name
			} else {
				out[key] = r.referred(each, depth+1)
			}
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i, each := range x {
			out[i] = r.referred(each, depth+1)
		}
		return out
	}
	return value
}

// named reads a reference to a schema.
func named(value any) (name string, ok bool) {
	reference, _ := value.(string)
	for _, prefix := range []string{"#/definitions/", "#/components/schemas/"} {
		if name, ok := strings.CutPrefix(reference, prefix); ok {
			return modelName(name), true
		}
	}
	return "", false
}

// model returns the name of the model that a schema is, or makes one for a schema without a name.
func (r *reader) model(schema any) string {
	given, ok := schema.(object)
	if !ok || len(given) == 0 {
		return ""
	}
	if name, ok := named(given["$ref"]); ok {
		if r.made.Definition.Models[name] == nil && name != "Empty" && name != "Error" {
			r.warn("Model '%s' is not defined", name)
			return ""
		}
		return name
	}
	text := oas.JSON(r.referred(given, 0))
	hash := sha256.Sum256([]byte(text))
	name := "MODEL" + hex.EncodeToString(hash[:3])
	if r.made.Definition.Models[name] == nil {
		_, err := r.made.Definition.CreateModel(restapi.Model{Name: name, ContentType: "application/json", Schema: text})
		if !r.check(err, "Unable to create model '%s'", name) {
			return ""
		}
	}
	return name
}
