package velocity

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A template's values are nil, bool, int64, float64, string, *Map, *List and object. Numbers of JSON that fit neither kind
// of number are json.Number, which can only be written.

// Map is an object that keeps the order in which its keys were set. The zero Map is empty. It is not for several goroutines.
type Map struct {
	keys   []string
	values map[string]any
}

// NewMap returns a Map of values, keys in alphabetical order.
func NewMap[V any](values map[string]V) *Map {
	m := &Map{}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		m.Set(key, values[key])
	}
	return m
}

// Get returns the value of a key, nil if there is none.
func (m *Map) Get(key string) any { return m.values[key] }

// Set sets a key's value: nil, bool, int64, float64, string, *Map or *List.
func (m *Map) Set(key string, value any) {
	if _, there := m.values[key]; !there {
		m.keys = append(m.keys, key)
	}
	if m.values == nil {
		m.values = map[string]any{}
	}
	m.values[key] = value
}

// Len is how many keys there are.
func (m *Map) Len() int { return len(m.keys) }

// Keys returns the keys in their order. The list must not be changed.
func (m *Map) Keys() []string { return m.keys }

func (m *Map) remove(key string) (was any) {
	was, there := m.values[key]
	if there {
		delete(m.values, key)
		m.keys = slices.DeleteFunc(m.keys, func(each string) bool { return each == key })
	}
	return was
}

func (m *Map) clear() { *m = Map{} }

// ValueForKey implements jp.Keyed, as the three methods below do.
func (m *Map) ValueForKey(key string) (value any, has bool) {
	value, has = m.values[key]
	return value, has
}

// SetValueForKey is Set.
func (m *Map) SetValueForKey(key string, value any) { m.Set(key, value) }

// RemoveValueForKey removes a key.
func (m *Map) RemoveValueForKey(key string) { m.remove(key) }

// List is a list that a template can change. The zero List is empty. It is not for several goroutines.
type List struct {
	items []any
	json  bool // its text is JSON
}

// NewList returns a List of items: nil, bool, int64, float64, string, *Map or *List.
func NewList(items ...any) *List { return &List{items: items} }

// ValueAtIndex implements jp.Indexed, as the two methods below do.
func (l *List) ValueAtIndex(index int) any { return l.items[index] }

// SetValueAtIndex replaces an item.
func (l *List) SetValueAtIndex(index int, value any) { l.items[index] = value }

// Size is how many items there are.
func (l *List) Size() int { return len(l.items) }

// object is a value of API Gateway's own or of a loop.
type object interface {
	// property returns what $object.name is.
	property(name string) any
	// call returns what $object.name(args) is, and whether there is such a method.
	call(r *run, name string, args []any) (result any, known bool, err error)
}

// truth is whether #if takes a value for true: all but false and nothing.
func truth(value any) bool {
	if b, ok := value.(bool); ok {
		return b
	}
	return value != nil
}

// text writes a value as Java's toString does: {a=1, b=[2, 3]}. A list that came from JSON is written as JSON, as API Gateway
// does.
func (r *run) text(value any) (string, error) {
	switch v := value.(type) {
	case string:
		return v, nil
	case nil:
		return "null", nil
	}
	var out strings.Builder
	err := r.write(&out, value, 0)
	return out.String(), err
}

func (r *run) write(out *strings.Builder, value any, depth int) error {
	if err := r.spend(1); err != nil {
		return err
	}
	if depth > maxDepth || out.Len() > MaxSize {
		return tooMuch("a value is too large to be written")
	}
	switch v := value.(type) {
	case *List:
		if v.json {
			return r.writeJSON(out, v, depth)
		}
		return r.writeList(out, v, depth)
	case *Map:
		return r.writeMap(out, v, depth)
	case entry:
		out.WriteString(v.key + "=")
		return r.write(out, v.of.Get(v.key), depth+1)
	default:
		out.WriteString(scalar(value))
		return nil
	}
}

func (r *run) writeList(out *strings.Builder, l *List, depth int) error {
	out.WriteByte('[')
	for i, item := range l.items {
		if i > 0 {
			out.WriteString(", ")
		}
		if err := r.write(out, item, depth+1); err != nil {
			return err
		}
	}
	out.WriteByte(']')
	return nil
}

func (r *run) writeMap(out *strings.Builder, m *Map, depth int) error {
	out.WriteByte('{')
	for i, key := range m.keys {
		if i > 0 {
			out.WriteString(", ")
		}
		out.WriteString(key + "=")
		if err := r.write(out, m.values[key], depth+1); err != nil {
			return err
		}
	}
	out.WriteByte('}')
	return nil
}

// scalar is the text of a value that holds no others.
func scalar(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return decimal(v)
	case json.Number:
		return v.String()
	}
	return "null"
}

// decimal writes a number as Java's Double.toString does: 1.0, 0.25, 1.0E10.
func decimal(v float64) string {
	if size := max(v, -v); size != 0 && (size < 1e-3 || size >= 1e7) {
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'E', -1, 64), "E")
		if !strings.Contains(mantissa, ".") {
			mantissa += ".0"
		}
		number, err := strconv.Atoi(exponent)
		if err != nil {
			return mantissa // infinite, or no number
		}
		return mantissa + "E" + strconv.Itoa(number)
	}
	text := strconv.FormatFloat(v, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}
