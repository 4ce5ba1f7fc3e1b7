package openapi

import (
	"encoding/json"
	"errors"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"sluice/internal/fault"
	"sluice/internal/httpapi"
)

const maxDepth = 100 // of objects and lists in each other

// object is an object of a document.
type object = map[string]any

func invalid(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "request", "Invalid OpenAPI input: "+format, args...)
}

// parse reads YAML, of which JSON is a part. Numbers and texts are texts, truths are bool.
func parse(text string) (object, error) {
	if len(text) > httpapi.MaxDefinitionSize {
		return nil, invalid("the document has more than %d bytes", httpapi.MaxDefinitionSize)
	}
	root, err := load(text)
	if err != nil {
		return nil, err
	}
	o, ok := root.(object)
	if !ok {
		return nil, invalid("it is no object")
	}
	return o, nil
}

// load takes a panic of the reader for text that it can't read: documents come from anybody.
func load(text string) (value any, err error) {
	defer func() {
		if recover() != nil {
			err = invalid("it is neither JSON nor YAML")
		}
	}()
	limits := loaderlimits.New(loaderlimits.DepthFunc(func(depth int, _ *loaderlimits.DepthContext) error {
		if depth > maxDepth {
			return errTooDeep
		}
		return nil
	}))
	loader, err := yaml.NewLoader(strings.NewReader(text), yaml.WithV4Defaults(), yaml.WithPlugin(limits))
	if err != nil {
		return nil, invalid("%s", err)
	}
	var document yaml.Node
	if err := loader.Load(&document); err != nil {
		return nil, invalid("%s", err)
	}
	if len(document.Content) == 0 {
		return nil, nil
	}
	return plain(document.Content[0])
}

var errTooDeep = errors.New("the document is nested too deeply")

// plain refuses aliases: a few of them can stand for a document that fills the memory.
func plain(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.AliasNode:
		return nil, invalid("YAML aliases are not supported (line %d)", n.Line)
	case yaml.MappingNode:
		o := object{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			value, err := plain(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			o[n.Content[i].Value] = value
		}
		return o, nil
	case yaml.SequenceNode:
		list := []any{}
		for _, each := range n.Content {
			value, err := plain(each)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		return list, nil
	}
	switch n.ShortTag() {
	case "!!null":
		return nil, nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true"), nil
	}
	return n.Value, nil
}

// The parts of a document that are of another type than they should be are taken for missing.

func objectAt(o object, keys ...string) object {
	for _, key := range keys {
		o, _ = o[key].(object)
	}
	return o
}

func textAt(o object, key string) string { return scalar(o[key]) }

func scalar(value any) string {
	switch x := value.(type) {
	case string:
		return x
	case bool:
		text, _ := json.Marshal(x) // a truth: never fails
		return string(text)
	}
	return ""
}

func listAt(o object, key string) []any {
	list, _ := o[key].([]any)
	return list
}

// textsAt are the texts of a list; one text is a list of itself.
func textsAt(o object, key string) (texts []string) {
	if text := textAt(o, key); text != "" {
		return []string{text}
	}
	for _, each := range listAt(o, key) {
		texts = append(texts, scalar(each))
	}
	return texts
}

func truthAt(o object, key string) bool { return strings.EqualFold(textAt(o, key), "true") }

// tableAt are an object's scalars as texts; nil if there is no such object.
func tableAt(o object, key string) (table map[string]string) {
	for name, value := range objectAt(o, key) {
		if table == nil {
			table = map[string]string{}
		}
		table[name] = scalar(value)
	}
	return table
}

// formatAt is a payload's format. One that is written as a number may have lost its fraction.
func formatAt(o object, key string) string {
	format := textAt(o, key)
	if format == "1" || format == "2" {
		format += ".0"
	}
	return format
}
