package config

import "encoding/json"

// Schema returns a JSON schema (draft 2020-12) of the file, for editors.
func Schema() []byte {
	s := fileShape.schema()
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "sluice.yaml"
	s["required"] = []string{"project", "functions", "environments"}
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic(err) // maps of texts and lists alone
	}
	return append(text, '\n')
}

func (s *shape) schema() map[string]any {
	out := map[string]any{}
	switch s.form {
	case section:
		properties := map[string]any{}
		for _, k := range s.keys {
			properties[k.name] = k.schema()
		}
		out["type"], out["properties"], out["additionalProperties"] = types("object", s.orNull), properties, false
	case mapping:
		out["type"], out["additionalProperties"] = "object", s.of.schema()
		if s.match != nil {
			out["propertyNames"] = map[string]any{"pattern": s.match.String()}
		}
	case items:
		out["type"], out["items"] = "array", s.of.schema()
	case anyOf:
		var choices []any
		for i := range s.oneOf {
			choices = append(choices, s.oneOf[i].schema())
		}
		out["anyOf"] = choices
	default:
		s.scalarSchema(out)
	}
	if s.about != "" {
		out["description"] = s.about
	}
	return out
}

// scalarSchema lets ${…} stand wherever a value may.
func (s *shape) scalarSchema(out map[string]any) {
	variable := map[string]any{"type": "string", "pattern": `\$\{`}
	switch s.form {
	case number:
		out["anyOf"] = []any{map[string]any{"type": types("number", s.orNull)}, variable}
	case boolean:
		out["anyOf"] = []any{map[string]any{"type": "boolean"}, variable}
	case word:
		out["anyOf"] = []any{map[string]any{"enum": s.values}, variable}
	default:
		out["type"] = []string{"string", "number", "boolean"}
		if s.orNull {
			out["type"] = []string{"string", "number", "boolean", "null"}
		}
		if s.match != nil {
			out["pattern"] = "^(" + s.match.String() + `|.*\$\{.*)$`
		}
	}
}

func types(name string, orNull bool) any {
	if orNull {
		return []string{name, "null"}
	}
	return name
}
