package openapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

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

// parse reads JSON, or else YAML.
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
	} else {
		var err error
		if found, err = parseYAML(text); err != nil {
			return nil, err
		}
	}
	root, ok := found.(object)
	if !ok {
		return nil, invalid("Invalid OpenAPI input.")
	}
	return root, nil
}

// parseYAML refuses aliases, a few of which can stand for a document that fills the memory, and what is nested too deeply. A panic
// of the reader counts as text that it can't read.
func parseYAML(text []byte) (tree any, err error) {
	defer func() {
		if recover() != nil {
			tree, err = nil, invalid("Invalid OpenAPI input: the document is no YAML")
		}
	}()
	limits := loaderlimits.New(loaderlimits.DepthFunc(func(depth int, _ *loaderlimits.DepthContext) error {
		if depth > maxDepth {
			return errTooDeep
		}
		return nil
	}))
	loader, err := yaml.NewLoader(bytes.NewReader(text), yaml.WithV4Defaults(), yaml.WithPlugin(limits))
	if err != nil {
		return nil, invalid("Invalid OpenAPI input: %s", firstLine(err))
	}
	var root yaml.Node
	if err := loader.Load(&root); err != nil && !errors.Is(err, io.EOF) {
		return nil, invalid("Invalid OpenAPI input: %s", firstLine(err))
	}
	return plain(&root)
}

var errTooDeep = errors.New("the document is nested too deeply")

// plain turns a node into what JSON would be.
func plain(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.DocumentNode:
		if len(n.Content) == 1 {
			return plain(n.Content[0])
		}
	case yaml.MappingNode:
		o := make(object, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			value, err := plain(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			o[n.Content[i].Value] = value
		}
		return o, nil
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i := range list {
			value, err := plain(n.Content[i])
			if err != nil {
				return nil, err
			}
			list[i] = value
		}
		return list, nil
	case yaml.ScalarNode:
		return scalarOf(n), nil
	case yaml.AliasNode:
		return nil, invalid("Invalid OpenAPI input: YAML aliases are not supported")
	}
	return nil, nil
}

func scalarOf(n *yaml.Node) any {
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return json.Number(n.Value)
		}
	}
	return n.Value
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
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
