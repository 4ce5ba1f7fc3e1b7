package openapi

import "encoding/json"

// Word is text that the transform writes itself; Python 2.7 printed it as 'text', and text of the template as u'text'.
type Word string

// From takes over a plain tree (map[string]any, []any, string, bool, nil, json.Number). The plain tree stays as it is.
func From(v any, order Order) any {
	switch v := v.(type) {
	case map[string]any:
		d := NewDict()
		for _, key := range order.keys(v) {
			d.Set(key, From(v[key], order))
		}
		return d
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = From(item, order)
		}
		return list
	}
	return v
}

// Plain turns a tree of this package back into a plain one that shares nothing with it.
func Plain(v any) any {
	switch v := v.(type) {
	case *Dict:
		m := make(map[string]any, v.Len())
		for key, value := range v.All() {
			m[key] = Plain(value)
		}
		return m
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = Plain(item)
		}
		return list
	case Word:
		return string(v)
	}
	return v
}

// settle does what copy.deepcopy does to the order of keys, in place. It reports whether doing it again would change
// nothing.
func settle(v any) bool {
	calm := true
	switch v := v.(type) {
	case *Dict:
		v.settle()
		calm = v.settled || v.slots == nil
		for i := range v.entries {
			calm = settle(v.entries[i].value) && calm
		}
	case []any:
		for _, item := range v {
			calm = settle(item) && calm
		}
	}
	return calm
}

// Truth tells what Python takes for true: anything but nothing, false, zero and what is empty.
func Truth(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case string:
		return v != ""
	case Word:
		return v != ""
	case json.Number:
		n, err := v.Float64()
		return err != nil || n != 0
	case *Dict:
		return v.Len() > 0
	case map[string]any:
		return len(v) > 0
	case []any:
		return len(v) > 0
	}
	return true
}

// Text returns a string's text, whoever wrote it, and whether the value is one.
func Text(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case Word:
		return string(v), true
	}
	return "", false
}

// Equal tells whether two trees are equal, whoever wrote their texts.
func Equal(a, b any) bool {
	switch a := a.(type) {
	case *Dict:
		b, ok := b.(*Dict)
		return ok && equalDicts(a, b)
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !Equal(a[i], b[i]) {
				return false
			}
		}
		return true
	}
	if s, ok := Text(a); ok {
		t, ok := Text(b)
		return ok && s == t
	}
	switch b.(type) {
	case *Dict, []any:
		return false
	}
	return a == b
}

func equalDicts(a, b *Dict) bool {
	if a.Len() != b.Len() {
		return false
	}
	for key, value := range a.All() {
		if other, ok := b.Lookup(key); !ok || !Equal(value, other) {
			return false
		}
	}
	return true
}
