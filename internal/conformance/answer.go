package conformance

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strconv"

	"sluice/internal/api/shape"
)

// answer is what an SDK makes of an HTTP response.
type answer struct {
	status int
	body   any            // of a success
	failed map[string]any // of an error: Error with Code and Message, and the body's other members; else nil
}

func (c *call) read(response *http.Response) (*answer, error) {
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	a := &answer{status: response.StatusCode}
	if a.status >= 300 {
		a.failed = c.failure(response.Header, content)
		return a, nil
	}
	a.body, err = c.success(response, content)
	return a, err
}

// success reads headers, status and body into the members that are bound to them. Members that the model does not have
// stay, although an SDK would drop them: AWS does not send them.
func (c *call) success(response *http.Response, content []byte) (any, error) {
	out := map[string]any{}
	if c.operation.Output == nil {
		return c.untyped(content)
	}
	output := reflect.TypeOf(c.operation.Output).Elem()
	payload := ""
	for field := range output.Fields() {
		switch tag := field.Tag; {
		case tag.Get("status") != "":
			out[field.Name] = json.Number(strconv.Itoa(response.StatusCode))
		case tag.Get("header") != "":
			if values := response.Header.Values(tag.Get("header")); len(values) > 0 {
				out[field.Name] = values[0]
			}
		case tag.Get("payload") != "":
			payload = field.Name
		}
	}
	if payload != "" {
		out[payload] = string(content)
		return out, nil
	}
	if len(content) == 0 {
		return out, nil
	}
	body, err := c.tree(content)
	if err != nil {
		return nil, err
	}
	for name, value := range typed(output, body).(map[string]any) {
		out[name] = value
	}
	return out, nil
}

// untyped reads the body of an operation whose structures are not known, or that answers nothing.
func (c *call) untyped(content []byte) (any, error) {
	if len(content) == 0 {
		return map[string]any{}, nil
	}
	return c.tree(content)
}

// typed reads a value of a body by its Go type: absent is what is null, and blobs are decoded.
func typed(t reflect.Type, value any) any {
	switch {
	case value == nil || t == reflect.TypeFor[shape.Timestamp]():
		return value
	case t.Kind() == reflect.Pointer:
		return typed(t.Elem(), value)
	case t == reflect.TypeFor[[]byte]():
		return unblob(value)
	}
	switch x := value.(type) {
	case map[string]any:
		return typedMembers(t, x)
	case []any:
		if t.Kind() == reflect.Slice {
			for i := range x {
				x[i] = typed(t.Elem(), x[i])
			}
		}
	}
	return value
}

func typedMembers(t reflect.Type, object map[string]any) map[string]any {
	types, shown := memberTypes(t), memberNames(t)
	out := map[string]any{}
	for name, value := range object {
		inner, known := types[name]
		if other := shown[name]; other != "" {
			name = other
		}
		switch {
		case t.Kind() == reflect.Map:
			out[name] = typed(t.Elem(), value)
		case known && value == nil:
		case known:
			out[name] = typed(inner, value)
		default:
			out[name] = value
		}
	}
	return out
}

func unblob(value any) any {
	text, ok := value.(string)
	if !ok {
		return value
	}
	decoded, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return value
	}
	return string(decoded)
}
