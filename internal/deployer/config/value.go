package config

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// value is one place of the file: a scalar, a map or a list, where it stands.
type value struct {
	line, column int
	kind         kind
	text         string  // of a scalar, as it was written
	keys         []entry // of a map, in the file's order
	items        []*value
}

type kind uint8

const (
	null kind = iota
	scalar
	object
	list
)

func (k kind) String() string { return [...]string{"nothing", "a single value", "a map", "a list"}[k] }

type entry struct {
	name         string
	line, column int
	value        *value
}

// get returns what a map has under a name, or nil.
func (v *value) get(name string) *value {
	if v == nil {
		return nil
	}
	for _, e := range v.keys {
		if e.name == name {
			return e.value
		}
	}
	return nil
}

// The file is a person's: no honest one comes near these.
const (
	maxDepth  = 32
	maxValues = 100_000 // after aliases were followed
)

// parse reads YAML text.
func parse(text []byte) (v *value, err error) {
	defer func() {
		if recover() != nil { // the library's
			v, err = nil, Problem{1, 1, "this is not YAML"}
		}
	}()
	limits := loaderlimits.New(loaderlimits.DepthFunc(func(depth int, _ *loaderlimits.DepthContext) error {
		if depth > maxDepth {
			return fmt.Errorf("nested more than %d deep", maxDepth)
		}
		return nil
	}))
	loader, err := yaml.NewLoader(strings.NewReader(string(text)), yaml.WithV4Defaults(), yaml.WithPlugin(limits))
	if err != nil {
		return nil, syntaxProblem(err)
	}
	var document yaml.Node
	if err := loader.Load(&document); err != nil && !errors.Is(err, io.EOF) {
		return nil, syntaxProblem(err)
	}
	var second yaml.Node
	if err := loader.Load(&second); err == nil {
		return nil, Problem{second.Line, second.Column, "there is a second document: one file has one"}
	}
	if len(document.Content) == 0 {
		return &value{line: 1, column: 1}, nil
	}
	return (&tree{}).read(document.Content[0], 0)
}

func syntaxProblem(err error) error {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		return Problem{1, 1, err.Error()}
	}
	return Problem{max(load.Mark.Line, 1), max(load.Mark.Column, 1), strings.TrimSpace("this is not YAML: " + load.Message)}
}

// tree counts what is read, so that aliases of aliases end.
type tree struct{ values int }

func (t *tree) read(n *yaml.Node, depth int) (*value, error) {
	if t.values++; t.values > maxValues || depth > maxDepth {
		return nil, Problem{n.Line, n.Column, "the file is too large or too deep from here on"}
	}
	v := &value{line: n.Line, column: n.Column}
	switch n.Kind {
	case yaml.AliasNode:
		return t.read(n.Alias, depth+1)
	case yaml.MappingNode:
		v.kind = object
		return v, t.readKeys(v, n, depth)
	case yaml.SequenceNode:
		v.kind = list
		for _, item := range n.Content {
			read, err := t.read(item, depth+1)
			if err != nil {
				return nil, err
			}
			v.items = append(v.items, read)
		}
		return v, nil
	}
	if n.ShortTag() != "!!null" {
		v.kind, v.text = scalar, n.Value
	}
	return v, nil
}

func (t *tree) readKeys(v *value, n *yaml.Node, depth int) error {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		read, err := t.read(n.Content[i+1], depth+1)
		if err != nil {
			return err
		}
		switch {
		case key.ShortTag() == "!!merge":
			v.merge(read)
		case key.Kind != yaml.ScalarNode:
			return Problem{key.Line, key.Column, "a key must be a word"}
		default:
			if !v.set(entry{key.Value, key.Line, key.Column, read}) {
				return Problem{key.Line, key.Column, fmt.Sprintf("%s stands here twice", key.Value)}
			}
		}
	}
	return nil
}

// set adds a key. It reports false if the map itself has it already; one that was merged is replaced.
func (v *value) set(e entry) bool {
	for i, old := range v.keys {
		if old.name == e.name {
			v.keys[i] = e
			return old.line == 0
		}
	}
	v.keys = append(v.keys, e)
	return true
}

// merge adds what a merge key (<<) brings. What the map has itself stays.
func (v *value) merge(from *value) {
	for _, e := range from.keys {
		if v.get(e.name) == nil {
			v.keys = append(v.keys, entry{name: e.name, value: e.value})
		}
	}
	for _, item := range from.items {
		v.merge(item)
	}
}
