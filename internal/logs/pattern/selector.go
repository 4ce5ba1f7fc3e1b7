package pattern

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"
)

// selector is a place in a JSON document: `$.list[0].id`.
type selector struct {
	text  string
	steps []step
}

// step goes to a member of an object or, if key is empty, to an element of an array.
type step struct {
	key   string
	index int
}

// selector reads a place. The scanner stands on the dollar sign.
func (s *scanner) selector() (selector, error) {
	start := s.at
	if !strings.HasPrefix(s.rest(), "$") {
		return selector{}, s.unexpected("a selector such as $.name")
	}
	s.at++
	var steps []step
	for !s.done() && (s.text[s.at] == '.' || s.text[s.at] == '[') {
		next, err := s.step()
		if err != nil {
			return selector{}, err
		}
		steps = append(steps, next)
	}
	if len(steps) == 0 {
		return selector{}, s.unexpected("a point and a name after $")
	}
	return selector{text: s.text[start:s.at], steps: steps}, nil
}

func (s *scanner) step() (step, error) {
	if s.take(".") {
		key := s.run(isKeyRune)
		if key == "" {
			return step{}, s.unexpected("a name of letters, digits, - and _")
		}
		return step{key: key}, nil
	}
	s.take("[")
	digits := s.run(unicode.IsDigit)
	index, err := strconv.Atoi(digits)
	if err != nil {
		return step{}, s.unexpected("the number of an element")
	}
	if !s.take("]") {
		return step{}, s.unexpected("a closing bracket")
	}
	return step{index: index}, nil
}

// isKeyRune says what a property selector may consist of (AWS: FilterAndPatternSyntax, JSON log events).
func isKeyRune(r rune) bool { return isTermRune(r) || r == '-' }

// in finds the selector's place in a document as the decoder gives it.
func (p selector) in(document any) value {
	for _, next := range p.steps {
		found := false
		switch at := document.(type) {
		case map[string]any:
			document, found = at[next.key]
			found = found && next.key != ""
		case []any:
			if found = next.key == "" && next.index < len(at); found {
				document = at[next.index]
			}
		}
		if !found {
			return value{}
		}
	}
	return valueOf(document)
}

func valueOf(document any) value {
	switch v := document.(type) {
	case nil:
		return value{kind: null}
	case bool:
		return value{kind: boolean, text: strconv.FormatBool(v)}
	case string:
		return value{kind: scalar, text: v}
	case json.Number:
		number, err := v.Float64()
		return value{kind: scalar, text: v.String(), number: number, numeric: err == nil}
	}
	return value{kind: composite}
}
