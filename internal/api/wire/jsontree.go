package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// deepest is how many structures and lists may be nested in a JSON body.
const deepest = 256

// Bounds of a body's values: those of the services end far below, and a body of two bytes a value takes a hundred times
// its length once it is read.
const (
	maxItems  = 1 << 17 // of one list
	maxValues = 1 << 20 // of a JSON document
)

// text is a JSON string that stands in the body as it is, without escapes. It shares the body's memory: a package of
// 50 MB is decoded from where it was read to.
type text []byte

// parseJSON reads a document into maps, slices, text or string, json.Number, bool and nil. The standard library's
// parser copies its input twice and reads it three times, which a package in a request makes matter.
func parseJSON(body []byte) (any, error) {
	p := jsonParser{rest: body, size: len(body)}
	p.space()
	tree, err := p.value(0)
	if err != nil {
		return nil, err
	}
	if p.space(); len(p.rest) > 0 {
		return nil, p.unexpected("after the document's end")
	}
	return tree, nil
}

type jsonParser struct {
	rest []byte
	size int // of the whole body
	read int // values
}

func (p *jsonParser) space() { p.rest = bytes.TrimLeft(p.rest, " \t\r\n") }

// unexpected says what stands where something else is expected. It shows one byte at most, since any more may be
// secret.
func (p *jsonParser) unexpected(where string) error {
	if len(p.rest) == 0 {
		return fmt.Errorf("unexpected end %s", where)
	}
	return fmt.Errorf("unexpected %q at byte %d %s", p.rest[:1], p.size-len(p.rest), where)
}

// take consumes c, and the space around it, if it comes next.
func (p *jsonParser) take(c byte) bool {
	p.space()
	if len(p.rest) == 0 || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	p.space()
	return true
}

func (p *jsonParser) value(depth int) (any, error) {
	if depth > deepest {
		return nil, fmt.Errorf("more than %d levels", deepest)
	}
	if p.read++; p.read > maxValues {
		return nil, fmt.Errorf("more than %d values", maxValues)
	}
	if len(p.rest) == 0 {
		return nil, p.unexpected("where a value is expected")
	}
	switch p.rest[0] {
	case '{':
		return p.object(depth)
	case '[':
		return p.array(depth)
	case '"':
		return p.string()
	}
	switch {
	case p.word("null"):
		return nil, nil
	case p.word("true"):
		return true, nil
	case p.word("false"):
		return false, nil
	}
	return p.number()
}

func (p *jsonParser) word(w string) bool {
	if !bytes.HasPrefix(p.rest, []byte(w)) {
		return false
	}
	p.rest = p.rest[len(w):]
	return true
}

func (p *jsonParser) object(depth int) (any, error) {
	members := map[string]any{}
	p.take('{')
	if p.take('}') {
		return members, nil
	}
	for {
		if len(p.rest) == 0 || p.rest[0] != '"' {
			return nil, p.unexpected("where a member's name is expected")
		}
		name, err := p.string()
		if err != nil {
			return nil, err
		}
		if !p.take(':') {
			return nil, p.unexpected("where a colon is expected")
		}
		key, _ := asString(name)
		if members[key], err = p.value(depth + 1); err != nil {
			return nil, err
		}
		if p.take('}') {
			return members, nil
		}
		if !p.take(',') {
			return nil, p.unexpected("where a comma is expected")
		}
	}
}

func (p *jsonParser) array(depth int) (any, error) {
	items := []any{}
	p.take('[')
	if p.take(']') {
		return items, nil
	}
	for {
		item, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if items = append(items, item); len(items) > maxItems {
			return nil, fmt.Errorf("a list of more than %d items", maxItems)
		}
		if p.take(']') {
			return items, nil
		}
		if !p.take(',') {
			return nil, p.unexpected("where a comma is expected")
		}
	}
}

// string reads a string: text if it has no escapes.
func (p *jsonParser) string() (any, error) {
	inside := p.rest[1:]
	escaped := false
	for i := 0; i < len(inside); i++ {
		switch c := inside[i]; {
		case c == '"':
			literal := p.rest[:i+2]
			p.rest = p.rest[i+2:]
			if !escaped {
				return text(inside[:i]), nil
			}
			var s string
			if json.Unmarshal(literal, &s) != nil {
				return nil, fmt.Errorf("an escape that is none before byte %d", p.size-len(p.rest))
			}
			return s, nil
		case c == '\\':
			escaped = true
			i++
		case c < ' ':
			p.rest = inside[i:]
			return nil, p.unexpected("in a string")
		}
	}
	p.rest = nil
	return nil, p.unexpected("in a string")
}

func (p *jsonParser) number() (any, error) {
	end := 0
	for end < len(p.rest) && strings.IndexByte("+-.0123456789Ee", p.rest[end]) >= 0 {
		end++
	}
	if !json.Valid(p.rest[:end]) {
		return nil, p.unexpected("where a value is expected")
	}
	n := json.Number(p.rest[:end])
	p.rest = p.rest[end:]
	return n, nil
}

// asString returns the string that a body holds, with the replacement character for what is no UTF-8.
func asString(tree any) (string, bool) {
	switch s := tree.(type) {
	case string:
		return s, true
	case text:
		if !utf8.Valid(s) {
			return string([]rune(string(s))), true
		}
		return string(s), true
	}
	return "", false
}
