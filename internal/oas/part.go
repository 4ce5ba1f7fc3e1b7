package oas

import (
	"bytes"
	"encoding/json"
	"strings"
)

// The parts of a document that are of another type than they should be are taken for missing.

// ObjectAt is the object at a path of keys; nil if there is none.
func ObjectAt(o Object, keys ...string) Object {
	for _, key := range keys {
		o, _ = o[key].(Object)
	}
	return o
}

// TextAt is the scalar at a key as text.
func TextAt(o Object, key string) string { return Scalar(o[key]) }

// Scalar writes a text, number or truth as text; nothing for what is none of them.
func Scalar(value any) string {
	switch x := value.(type) {
	case string:
		return x
	case nil, Object, []any:
		return ""
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}

// ListAt is the list at a key; nil if there is none.
func ListAt(o Object, key string) []any {
	list, _ := o[key].([]any)
	return list
}

// TextsAt are the scalars of a list as texts.
func TextsAt(o Object, key string) (texts []string) {
	for _, each := range ListAt(o, key) {
		texts = append(texts, Scalar(each))
	}
	return texts
}

// TruthAt reports whether there is a true at a key, or a text that says so.
func TruthAt(o Object, key string) bool { return strings.EqualFold(TextAt(o, key), "true") }

// TableAt are an object's scalars as texts, and what else it has as JSON: a template may be written as an object. It is nil if there is
// no such object.
func TableAt(o Object, key string) map[string]string {
	from, ok := o[key].(Object)
	if !ok {
		return nil
	}
	table := map[string]string{}
	for name, value := range from {
		switch value.(type) {
		case Object, []any:
			table[name] = JSON(value)
		default:
			table[name] = Scalar(value)
		}
	}
	return table
}

// JSON writes a part of a document.
func JSON(value any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return ""
	}
	return strings.TrimSuffix(b.String(), "\n")
}
