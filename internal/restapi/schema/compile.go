package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
)

// Schema is compiled. It may be used by many goroutines at once.
type Schema struct{ root *node }

// Loader returns the text of the document at an address, which has no fragment.
type Loader func(address string) (text string, err error)

// Compile compiles the schema at an absolute address, with those that it refers to. An error says where what is wrong.
func Compile(address string, load Loader) (*Schema, error) {
	c := &compiler{load: load, documents: map[string]any{}, nodes: map[string]*node{}}
	root, err := c.refer("", address)
	if err != nil {
		return nil, err
	}
	if c.loops() {
		return nil, errors.New("the schema refers to itself without end")
	}
	return &Schema{root}, nil
}

// compiler keeps what was found: documents and schemas with an id by their address, and nodes by the address of a reference.
type compiler struct {
	load      Loader
	documents map[string]any
	nodes     map[string]*node
	all       []*node
}

// place is where a schema stands: the address that its references are relative to, and its path for errors.
type place struct{ base, path string }

func (p place) in(key any) place { return place{p.base, fmt.Sprintf("%s/%v", p.path, key)} }

func (p place) wrong(format string, args ...any) error {
	path := p.path
	if path == "" {
		path = "/"
	}
	return fmt.Errorf("%s: %s", path, fmt.Sprintf(format, args...))
}

// compile compiles a schema.
func (c *compiler) compile(value any, at place) (*node, error) {
	n := &node{}
	return n, c.fill(n, value, at)
}

// fill compiles a schema into a node that others may refer to already.
func (c *compiler) fill(n *node, value any, at place) (err error) {
	object, ok := value.(map[string]any)
	if !ok {
		return at.wrong("a schema has to be an object")
	}
	c.all = append(c.all, n)
	if reference, ok := object["$ref"].(string); ok { // draft 4: its neighbours mean nothing
		if n.ref, err = c.refer(at.base, reference); err != nil {
			return at.in("$ref").wrong("%v", err)
		}
		return nil
	}
	if id, ok := object["id"].(string); ok {
		at.base = resolve(at.base, id)
	}
	for _, keyword := range slices.Sorted(maps.Keys(object)) {
		if read := keywords[keyword]; read != nil {
			if err := read(c, n, object[keyword], at.in(keyword)); err != nil {
				return err
			}
		}
	}
	for keyword, needed := range map[string]bool{"exclusiveMinimum": n.overMinimum && n.minimum == nil, "exclusiveMaximum": n.underMaximum && n.maximum == nil} {
		if needed {
			return at.wrong("%s needs its limit", keyword)
		}
	}
	return nil
}

// keywords read what a schema says under a keyword into its node.
var keywords map[string]func(c *compiler, n *node, value any, at place) error

func init() { // schemas are in schemas: the table cannot refer to itself otherwise
	keywords = map[string]func(*compiler, *node, any, place) error{
		"type":                 readTypes,
		"enum":                 readEnum,
		"multipleOf":           func(_ *compiler, n *node, v any, at place) error { return readDivisor(&n.multipleOf, v, at) },
		"minimum":              func(_ *compiler, n *node, v any, at place) error { return readNumber(&n.minimum, v, at) },
		"maximum":              func(_ *compiler, n *node, v any, at place) error { return readNumber(&n.maximum, v, at) },
		"exclusiveMinimum":     func(_ *compiler, n *node, v any, at place) error { return readFlag(&n.overMinimum, v, at) },
		"exclusiveMaximum":     func(_ *compiler, n *node, v any, at place) error { return readFlag(&n.underMaximum, v, at) },
		"minLength":            func(_ *compiler, n *node, v any, at place) error { return readCount(&n.minLength, v, at) },
		"maxLength":            func(_ *compiler, n *node, v any, at place) error { return readCount(&n.maxLength, v, at) },
		"minItems":             func(_ *compiler, n *node, v any, at place) error { return readCount(&n.minItems, v, at) },
		"maxItems":             func(_ *compiler, n *node, v any, at place) error { return readCount(&n.maxItems, v, at) },
		"minProperties":        func(_ *compiler, n *node, v any, at place) error { return readCount(&n.minProperties, v, at) },
		"maxProperties":        func(_ *compiler, n *node, v any, at place) error { return readCount(&n.maxProperties, v, at) },
		"uniqueItems":          func(_ *compiler, n *node, v any, at place) error { return readFlag(&n.unique, v, at) },
		"pattern":              func(_ *compiler, n *node, v any, at place) error { return readPattern(&n.pattern, v, at) },
		"format":               func(_ *compiler, n *node, v any, at place) error { return readText(&n.format, v, at) },
		"required":             func(_ *compiler, n *node, v any, at place) error { return readNames(&n.required, v, at) },
		"items":                (*compiler).readItems,
		"additionalItems":      func(c *compiler, n *node, v any, at place) error { return c.readRest(&n.otherItems, v, at) },
		"properties":           func(c *compiler, n *node, v any, at place) error { return c.readTable(&n.properties, v, at) },
		"patternProperties":    (*compiler).readPatterns,
		"additionalProperties": func(c *compiler, n *node, v any, at place) error { return c.readRest(&n.others, v, at) },
		"dependencies":         (*compiler).readDependencies,
		"allOf":                func(c *compiler, n *node, v any, at place) error { return c.readList(&n.allOf, v, at) },
		"anyOf":                func(c *compiler, n *node, v any, at place) error { return c.readList(&n.anyOf, v, at) },
		"oneOf":                func(c *compiler, n *node, v any, at place) error { return c.readList(&n.oneOf, v, at) },
		"not":                  func(c *compiler, n *node, v any, at place) (err error) { n.not, err = c.compile(v, at); return err },
	}
}

func (c *compiler) readItems(n *node, value any, at place) (err error) {
	if _, ok := value.([]any); ok {
		n.tuple = true
		return c.readList(&n.first, value, at)
	}
	n.items, err = c.compile(value, at)
	return err
}

// readRest reads what else may be there: anything, nothing, or what fits a schema.
func (c *compiler) readRest(to *rest, value any, at place) (err error) {
	if allowed, ok := value.(bool); ok {
		to.none = !allowed
		return nil
	}
	to.schema, err = c.compile(value, at)
	return err
}

func (c *compiler) readList(to *[]*node, value any, at place) error {
	list, ok := value.([]any)
	if !ok || len(list) == 0 {
		return at.wrong("has to be a list of schemas")
	}
	for i, each := range list {
		n, err := c.compile(each, at.in(i))
		if err != nil {
			return err
		}
		*to = append(*to, n)
	}
	return nil
}

func (c *compiler) readTable(to *map[string]*node, value any, at place) error {
	table, ok := value.(map[string]any)
	if !ok {
		return at.wrong("has to be an object of schemas")
	}
	*to = map[string]*node{}
	for _, name := range slices.Sorted(maps.Keys(table)) {
		n, err := c.compile(table[name], at.in(name))
		if err != nil {
			return err
		}
		(*to)[name] = n
	}
	return nil
}

func (c *compiler) readPatterns(n *node, value any, at place) error {
	var table map[string]*node
	if err := c.readTable(&table, value, at); err != nil {
		return err
	}
	for _, pattern := range slices.Sorted(maps.Keys(table)) {
		compiled, err := regexp.Compile(pattern)
		if err != nil {
			return at.in(pattern).wrong("%v", err)
		}
		n.patterns = append(n.patterns, patterned{compiled, table[pattern]})
	}
	return nil
}

func (c *compiler) readDependencies(n *node, value any, at place) error {
	table, ok := value.(map[string]any)
	if !ok {
		return at.wrong("has to be an object")
	}
	for _, name := range slices.Sorted(maps.Keys(table)) {
		d := dependency{property: name}
		var err error
		if _, isList := table[name].([]any); isList {
			err = readNames(&d.names, table[name], at.in(name))
		} else {
			d.schema, err = c.compile(table[name], at.in(name))
		}
		if err != nil {
			return err
		}
		n.dependencies = append(n.dependencies, d)
	}
	return nil
}

// decode reads one JSON value, with numbers as they are written.
func decode(text []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is something after the value")
	}
	return value, nil
}
