package conformance

import (
	"fmt"
	"reflect"
	"strings"
)

// bindings are the values that placeholders stand for. What was bound since a mark can be undone, so that a comparison
// may be tried.
type bindings struct {
	values map[string]any
	trail  []string // in the order in which they were bound
}

// newBindings holds what is known before the first step. The region is the one that internal/client signs for.
func newBindings(known map[string]string) *bindings {
	b := &bindings{values: map[string]any{"<partition>": "aws", "<region>": "us-east-1"}}
	for name, value := range known {
		b.values[name] = value
	}
	return b
}

func (b *bindings) value(name string) (any, bool) {
	value, ok := b.values[name]
	return value, ok
}

// bind gives a placeholder its value. It refuses a revision id or checksum that one of another number has already.
func (b *bindings) bind(name string, value any) bool {
	if kind := distinct(name); kind != "" {
		for other, taken := range b.values {
			if distinct(other) == kind && reflect.DeepEqual(taken, value) {
				return false
			}
		}
	}
	b.values[name] = value
	b.trail = append(b.trail, name)
	return true
}

// distinct returns the kind of a placeholder of which different numbers mean different values, or nothing.
func distinct(name string) string {
	for _, kind := range []string{"<uuid:", "<code-sha256:"} {
		if strings.HasPrefix(name, kind) {
			return kind
		}
	}
	return ""
}

func (b *bindings) mark() int { return len(b.trail) }

func (b *bindings) undo(mark int) {
	for _, name := range b.trail[mark:] {
		delete(b.values, name)
	}
	b.trail = b.trail[:mark]
}

// fill writes a recorded text with what is bound, for people.
func (b *bindings) fill(parts []part) string {
	var out strings.Builder
	for _, p := range parts {
		switch value, bound := b.value(p.name); {
		case p.name == "":
			out.WriteString(p.text)
		case bound:
			out.WriteString(plainText(value))
		default:
			out.WriteString(p.name)
		}
	}
	return out.String()
}

func plainText(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	return fmt.Sprint(value)
}
