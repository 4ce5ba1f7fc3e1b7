package openapi

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"sluice/internal/fault"
)

// Limits of a document: MaxSize is AWS's.
const (
	MaxSize  = 6 << 20 // bytes
	maxDepth = 100     // of objects and lists in each other
)

// object is an object of a document.
type object = map[string]any

func invalid(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "request", format, args...)
}

// parse reads JSON, or else YAML. Numbers are json.Number or YAML's.
func parse(text []byte) (object, error) {
	if len(text) > MaxSize {
		return nil, invalid("Invalid OpenAPI input: the document has more than %d bytes", MaxSize)
	}
	text = bytes.TrimSpace(text)
	var found any
	if bytes.HasPrefix(text, []byte("{")) {
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&found); err != nil {
			return nil, invalid("Invalid OpenAPI input: %s", err)
		}
	} else if err := parseYAML(text, &found); err != nil {
		return nil, err
	}
	root, ok := found.(object)
	if !ok {
		return nil, invalid("Invalid OpenAPI input.")
	}
	return root, nil
}

// parseYAML refuses aliases: a few of them can stand for a document that fills the memory.
func parseYAML(text []byte, into *any) error {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return invalid("Invalid OpenAPI input: %s", firstLine(err))
	}
	for _, doc := range file.Docs {
		v := &aliases{}
		ast.Walk(v, doc)
		if v.found {
			return invalid("Invalid OpenAPI input: YAML aliases are not supported")
		}
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		return invalid("Invalid OpenAPI input: %s", firstLine(err))
	}
	return nil
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// aliases looks for one.
type aliases struct{ found bool }

// Visit implements ast.Visitor.
func (v *aliases) Visit(node ast.Node) ast.Visitor {
	if node.Type() == ast.AliasType {
		v.found = true
	}
	return v
}

// The parts of a document that are of another type than they should be are taken for missing.

func objectAt(o object, keys ...string) object {
	for _, key := range keys {
		o, _ = o[key].(object)
	}
	return o
}

func textAt(o object, key string) string {
	return scalar(o[key])
}

// scalar writes a text, number or truth as text.
func scalar(value any) string {
	switch x := value.(type) {
	case string:
		return x
	case nil, object, []any:
		return ""
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}

func listAt(o object, key string) []any {
	list, _ := o[key].([]any)
	return list
}

func textsAt(o object, key string) (texts []string) {
	for _, each := range listAt(o, key) {
		texts = append(texts, scalar(each))
	}
	return texts
}

func truthAt(o object, key string) bool { return strings.EqualFold(textAt(o, key), "true") }

// tableAt are an object's scalars as texts; nil if there is no such object.
func tableAt(o object, key string) map[string]string {
	from, ok := o[key].(object)
	if !ok {
		return nil
	}
	table := map[string]string{}
	for name, value := range from {
		switch value.(type) {
		case object, []any:
			table[name] = jsonOf(value) // a template that is written as an object
		default:
			table[name] = scalar(value)
		}
	}
	return table
}

func jsonOf(value any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return ""
	}
	return strings.TrimSuffix(b.String(), "\n")
}
