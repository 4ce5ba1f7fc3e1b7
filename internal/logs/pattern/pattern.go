package pattern

import (
	"strings"
	"unicode/utf8"

	"sluice/internal/fault"
)

// MaxLength is the longest pattern, in bytes, as AWS bounds it (PutMetricFilter, filterPattern).
const MaxLength = 1024

// Pattern is a compiled filter pattern. It is immutable: any number of goroutines may match with it at once.
type Pattern struct {
	text    string
	matcher matcher
}

// matcher is what the three forms have in common.
type matcher interface {
	match(message []byte) (Match, bool)
}

// Match is what a pattern found in a message that it matched. The zero Match has no values.
type Match struct {
	source source
}

// source is a message, taken apart by the form that matched it.
type source interface {
	value(selector string) (string, bool)
	values() map[string]string
}

// Compile reads a pattern. An error is a fault.Invalid about "pattern" that says at which character (from 1) the text
// stops making sense, and why; callers put in front of it what kind of pattern it is.
func Compile(text string) (*Pattern, error) {
	if len(text) > MaxLength {
		return nil, fault.Errorf(fault.Invalid, "pattern", "the pattern has %d bytes, at most %d are allowed", len(text), MaxLength)
	}
	if !utf8.ValidString(text) {
		return nil, fault.Errorf(fault.Invalid, "pattern", "the pattern is not valid UTF-8")
	}
	m, err := compile(text)
	if err != nil {
		return nil, err
	}
	return &Pattern{text: text, matcher: m}, nil
}

func compile(text string) (matcher, error) {
	start := strings.TrimSpace(text)
	switch {
	case start == "":
		return everything{}, nil
	case start[0] == '{':
		return compileJSON(newScanner(text))
	case start[0] == '[':
		return compileColumns(newScanner(text))
	}
	return compileTerms(newScanner(text))
}

// String returns the pattern as it was written.
func (p *Pattern) String() string { return p.text }

// Match reports whether the message satisfies the pattern, and what it extracted from it. The Match refers to the
// message, which must not change while it is in use.
func (p *Pattern) Match(message []byte) (Match, bool) { return p.matcher.match(message) }

// Value returns what the message holds at a selector: `$.latency` or `$.list[0].id` for a JSON pattern, `$bytes` or `$3`
// (columns count from 1) for a space-delimited one. Numbers, true and false come as they are written in the message,
// texts without their quotes. It reports false for a selector that the message has nothing at, for null, objects and
// arrays, for a selector that cannot be read, and for every selector of a pattern of terms.
func (m Match) Value(selector string) (string, bool) {
	if m.source == nil {
		return "", false
	}
	return m.source.value(selector)
}

// Values returns all that the pattern itself names and the message has, selector to value: what TestMetricFilter calls
// extracted values. It is never nil, and the caller's own.
func (m Match) Values() map[string]string {
	if m.source == nil {
		return map[string]string{}
	}
	return m.source.values()
}

// everything is the empty pattern.
type everything struct{}

func (everything) match([]byte) (Match, bool) { return Match{}, true }
