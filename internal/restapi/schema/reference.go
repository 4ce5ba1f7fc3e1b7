package schema

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// refer returns the schema that a reference from somewhere names. It may not be compiled entirely yet.
func (c *compiler) refer(base, reference string) (*node, error) {
	address := resolve(base, reference)
	if n := c.nodes[address]; n != nil {
		return n, nil
	}
	document, fragment, _ := strings.Cut(address, "#")
	value, there := c.documents[address] // by an id with a fragment
	if !there {
		root, err := c.document(document)
		if err != nil {
			return nil, err
		}
		if value, there = follow(root, fragment); !there {
			return nil, fmt.Errorf("there is nothing at %s", reference)
		}
	}
	n := &node{}
	c.nodes[address] = n
	return n, c.fill(n, value, place{document, fragment})
}

// document returns what is at an address: one that was loaded, a schema with that id, or one that is loaded now.
func (c *compiler) document(address string) (any, error) {
	if value, there := c.documents[address]; there {
		return value, nil
	}
	text, err := c.load(address)
	if err != nil {
		return nil, err
	}
	value, err := decode([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("the schema is not valid JSON: %w", err)
	}
	if !modest(value, maxSchemaDepth) {
		return nil, errors.New("the schema is nested too deeply, or has a number that is too long")
	}
	c.documents[address] = value
	c.index(value, address)
	return value, nil
}

// index notes the schemas within a document that have an address of their own.
func (c *compiler) index(value any, base string) {
	switch v := value.(type) {
	case []any:
		for _, each := range v {
			c.index(each, base)
		}
	case map[string]any:
		if id, ok := v["id"].(string); ok {
			base = strings.TrimSuffix(resolve(base, id), "#")
			if _, there := c.documents[base]; !there {
				c.documents[base] = v
			}
		}
		for _, each := range v {
			c.index(each, base)
		}
	}
}

// resolve returns the address that a reference means, seen from a base.
func resolve(base, reference string) string {
	from, err := url.Parse(base)
	if err != nil {
		return reference
	}
	to, err := from.Parse(reference)
	if err != nil {
		return reference
	}
	// The fragment is a JSON pointer; its escapes are undone here, once.
	fragment := to.Fragment
	to.Fragment, to.RawFragment = "", ""
	if fragment == "" {
		return to.String()
	}
	return to.String() + "#" + fragment
}

// follow follows a JSON pointer (RFC 6901).
func follow(value any, pointer string) (any, bool) {
	if pointer == "" {
		return value, true
	}
	if !strings.HasPrefix(pointer, "/") {
		return nil, false
	}
	for _, step := range strings.Split(pointer[1:], "/") {
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		switch v := value.(type) {
		case map[string]any:
			next, there := v[step]
			if !there {
				return nil, false
			}
			value = next
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(v) {
				return nil, false
			}
			value = v[i]
		default:
			return nil, false
		}
	}
	return value, true
}

// loops reports whether the check of some value would come back to the same schema with the same value.
func (c *compiler) loops() bool {
	const entered, left = 1, 2
	state := map[*node]int{}
	var enter func(n *node) bool
	enter = func(n *node) bool {
		if n == nil || state[n] == left {
			return false
		}
		if state[n] == entered {
			return true
		}
		state[n] = entered
		for _, next := range n.beside() {
			if enter(next) {
				return true
			}
		}
		state[n] = left
		return false
	}
	for _, n := range c.all {
		if enter(n) {
			return true
		}
	}
	return false
}
