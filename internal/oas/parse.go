package oas

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
	MaxDepth = 100     // of objects and lists in each other
)

// Object is an object of a document. Its values are Objects, []any, string, json.Number, bool and nil.
type Object = map[string]any

// Errorf makes the error of a document that can't be read: fault.Invalid "request".
func Errorf(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "request", "Invalid OpenAPI input"+format, args...)
}

// Parse reads JSON, or else YAML.
// Errors: as Errorf.
func Parse(text []byte) (Object, error) {
	if len(text) > MaxSize {
		return nil, Errorf(": the document has more than %d bytes", MaxSize)
	}
	read := parseYAML
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		read = parseJSON
	}
	found, err := read(text)
	if err != nil {
		return nil, err
	}
	root, ok := found.(Object)
	if !ok {
		return nil, Errorf(".")
	}
	return root, nil
}

func parseJSON(text []byte) (tree any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&tree); err != nil {
		return nil, Errorf(": %s", err)
	}
	if deeper(tree, MaxDepth) {
		return nil, Errorf(": %s", errTooDeep)
	}
	return tree, nil
}

func deeper(value any, than int) bool {
	switch x := value.(type) {
	case Object:
		for _, each := range x {
			if than == 0 || deeper(each, than-1) {
				return true
			}
		}
	case []any:
		for _, each := range x {
			if than == 0 || deeper(each, than-1) {
				return true
			}
		}
	}
	return false
}

// parseYAML refuses aliases, a few of which can stand for a document that fills the memory, and what is nested too deeply. A panic
// of the reader counts as text that it can't read.
func parseYAML(text []byte) (tree any, err error) {
	defer func() {
		if recover() != nil {
			tree, err = nil, Errorf(": the document is no YAML")
		}
	}()
	limits := loaderlimits.New(loaderlimits.DepthFunc(func(depth int, _ *loaderlimits.DepthContext) error {
		if depth > MaxDepth {
			return errTooDeep
		}
		return nil
	}))
	loader, err := yaml.NewLoader(bytes.NewReader(text), yaml.WithV4Defaults(), yaml.WithPlugin(limits))
	if err != nil {
		return nil, Errorf(": %s", firstLine(err))
	}
	var root yaml.Node
	if err := loader.Load(&root); err != nil && !errors.Is(err, io.EOF) {
		return nil, Errorf(": %s", firstLine(err))
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
		return mapping(n)
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
		return nil, Errorf(": YAML aliases are not supported (line %d)", n.Line)
	}
	return nil, nil
}

func mapping(n *yaml.Node) (any, error) {
	o := make(Object, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		value, err := plain(n.Content[i+1])
		if err != nil {
			return nil, err
		}
		o[n.Content[i].Value] = value
	}
	return o, nil
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
