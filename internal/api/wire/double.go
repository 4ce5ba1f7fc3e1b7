package wire

import (
	"math"
	"reflect"
	"strings"

	"sluice/internal/api/shape"
)

// specialDouble reads the doubles that JSON has no number for; AWS writes them as strings.
func specialDouble(tree any) (float64, bool) {
	switch s, _ := asString(tree); s {
	case "NaN":
		return math.NaN(), true
	case "Infinity":
		return math.Inf(1), true
	case "-Infinity":
		return math.Inf(-1), true
	}
	return 0, false
}

// spellDoubles returns the members of the body of a structure with such doubles as strings. It costs a copy, so it is
// for the replies that hold one.
func spellDoubles(v reflect.Value) any {
	switch v.Interface().(type) {
	case shape.Timestamp, shape.DateTime, []byte:
		return v.Interface()
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return spellDoubles(v.Elem())
	case reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return shape.Double(f)
		}
	case reflect.Slice:
		items := make([]any, v.Len())
		for i := range items {
			items[i] = spellDoubles(v.Index(i))
		}
		return items
	case reflect.Map:
		entries := make(map[string]any, v.Len())
		for key, value := range v.Seq2() {
			entries[key.String()] = spellDoubles(value)
		}
		return entries
	case reflect.Struct:
		return spellMembers(v)
	}
	return v.Interface()
}

func spellMembers(v reflect.Value) map[string]any {
	members := map[string]any{}
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if name != "" && name != "-" && !v.Field(i).IsZero() {
			members[name] = spellDoubles(v.Field(i))
		}
	}
	return members
}
