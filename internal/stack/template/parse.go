package template

import (
	"strings"
	"unicode/utf8"
)

// MaxSize is the largest template, in bytes (CloudFormation's quota for templates in a bucket).
const MaxSize = 1_000_000

// maxDepth is how deeply a template may be nested. Those of large deployments have some 30 levels.
const maxDepth = 100

// maxValues is how many values a template or snippet may have, counted after its aliases are written out.
const maxValues = 250_000

// Parse reads JSON or YAML: text that begins with { is JSON, as for CloudFormation. It checks the form of the text only, the
// template's own rules are Check's. Its errors are an *Error.
func Parse(text string) (*Template, error) {
	value, places, err := parse(text, false)
	if err != nil {
		return nil, err
	}
	tree, ok := value.(map[string]any)
	if !ok {
		return nil, &Error{Message: "Template format error: unsupported structure.", Line: 1, Column: 1, bare: true}
	}
	return &Template{Tree: tree, places: places, oneLine: !strings.Contains(strings.TrimSpace(text), "\n")}, nil
}

// Snippet reads what a template includes: any value. Unlike a template it may have anchors and aliases.
func Snippet(text string) (any, error) {
	value, _, err := parse(text, true)
	return value, err
}

func parse(text string, aliases bool) (any, *place, error) {
	if len(text) > MaxSize {
		return nil, nil, &Error{Message: "Template may not exceed 1000000 bytes in size."}
	}
	text = strings.TrimPrefix(text, "\ufeff")
	form := "YAML"
	if strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "{") {
		form = "JSON"
	}
	if !utf8.ValidString(text) {
		valid := strings.ToValidUTF8(text, "\uFFFD")
		line, column := position(valid, strings.Index(valid, "\uFFFD"))
		return nil, nil, notWellFormed(form, line, column, "it is not UTF-8")
	}
	if form == "JSON" {
		return parseJSON(text)
	}
	return parseYAML(text, aliases)
}

// position counts lines and columns, in characters from 1, up to a byte offset.
func position(text string, offset int) (line, column int) {
	before := text[:min(max(offset, 0), len(text))]
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[start:]) + 1
}

// notWellFormed is CloudFormation's error for text that is not JSON or YAML. The reason, which may be empty, is ours.
func notWellFormed(form string, line, column int, reason string) *Error {
	e := errorAt(&place{line: line, column: column}, "Template format error: %s not well-formed. (line %d, column %d)", form, line, column)
	e.bare = true
	if reason != "" {
		e.Message += ": " + reason
	}
	return e
}

func tooDeep(at *place) *Error {
	return errorAt(at, "Template format error: the template is nested more than %d levels deep.", maxDepth)
}

func tooMany(at *place) *Error {
	return errorAt(at, "Template format error: the template has more than %d values.", maxValues)
}

func duplicate(at *place, key string) *Error {
	return errorAt(at, "Template format error: duplicate key %q.", key)
}
