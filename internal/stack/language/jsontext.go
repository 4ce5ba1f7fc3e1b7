package language

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// jsonText is Fn::ToJsonString: the text itself, or, if it has values that only the stack knows, an Fn::Join that makes it. Such
// values are taken for strings that need no escaping: ARNs, names, ids.
func (x *expansion) jsonText(arg any) (any, error) {
	switch arg.(type) {
	case map[string]any, []any:
	default:
		return nil, failed(extensions, "Fn::ToJsonString requires an object or a list.")
	}
	if value, err := x.scope.Evaluate(arg, outside{}); err == nil {
		return quote(value), nil
	}
	w := &jsonWriter{x: x}
	if err := w.write(arg); err != nil {
		return nil, err
	}
	if w.parts == nil {
		return w.text.String(), nil
	}
	return map[string]any{"Fn::Join": []any{"", append(w.parts, w.text.String())}}, nil
}

// jsonWriter writes JSON, cut where a function stands.
type jsonWriter struct {
	x     *expansion
	parts []any
	text  strings.Builder
}

func (w *jsonWriter) write(value any) error {
	switch value := value.(type) {
	case map[string]any:
		if isFunction(value) {
			return w.function(value)
		}
		return w.object(value)
	case []any:
		w.text.WriteByte('[')
		for i, each := range value {
			if i > 0 {
				w.text.WriteByte(',')
			}
			if err := w.write(each); err != nil {
				return err
			}
		}
		w.text.WriteByte(']')
		return nil
	}
	w.text.WriteString(quote(value))
	return nil
}

// isFunction reports whether a map is a call of an intrinsic function.
func isFunction(value map[string]any) bool {
	for name := range value {
		return len(value) == 1 && (name == "Ref" || strings.HasPrefix(name, "Fn::"))
	}
	return false
}

func (w *jsonWriter) object(value map[string]any) error {
	w.text.WriteByte('{')
	for i, name := range slices.Sorted(maps.Keys(value)) {
		if i > 0 {
			w.text.WriteByte(',')
		}
		w.text.WriteString(quote(name) + ":")
		if err := w.write(value[name]); err != nil {
			return err
		}
	}
	w.text.WriteByte('}')
	return nil
}

// function writes the value of a function if it is known, and else leaves the function between quotation marks.
func (w *jsonWriter) function(call map[string]any) error {
	if value, err := w.x.scope.Evaluate(call, outside{}); err == nil {
		return w.write(value)
	}
	w.text.WriteByte('"')
	w.parts = append(w.parts, w.text.String(), call)
	w.text.Reset()
	w.text.WriteByte('"')
	return nil
}

// quote is a scalar in JSON, with <, > and & as they are.
func quote(value any) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Sprint(value)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// text is a scalar as text.
func text(value any) string {
	if s, ok := value.(string); ok {
		return s
	}
	return quote(value)
}
