package wire

import (
	"net/http"
	"reflect"
	"strconv"

	"sluice/internal/api/shape"
	"sluice/internal/api/wire/sigv4"
)

// restJSON is restJson1: members in the path, the query string, headers and a JSON body.
type restJSON struct{}

func (restJSON) read(r *Request, in any) error {
	v := reflect.ValueOf(in).Elem()
	l := layoutOf(v.Type())
	if err := readPlaces(r, l, v); err != nil {
		return err
	}
	if l.payload >= 0 {
		return readPayload(r, l, v)
	}
	if len(l.body) == 0 {
		return nil
	}
	return readJSON(r.Body, v)
}

// readPayload fills the member that is the whole body.
func readPayload(r *Request, l *layout, v reflect.Value) error {
	field := v.Field(l.payload)
	if field.Kind() == reflect.Slice {
		field.SetBytes(r.Body)
		return nil
	}
	if len(r.Body) == 0 {
		return nil
	}
	field.Set(reflect.New(field.Type().Elem()))
	return readJSON(r.Body, field.Elem())
}

func (restJSON) write(r *Request, out any) error {
	v := reflect.ValueOf(out).Elem()
	l := layoutOf(v.Type())
	status := r.success()
	if l.status >= 0 && !v.Field(l.status).IsNil() {
		status = int(v.Field(l.status).Elem().Int())
	}
	for _, p := range l.header {
		if field := v.Field(p.field); !field.IsNil() {
			r.w.Header().Set(p.name, headerText(field.Elem()))
		}
	}
	if _, none := out.(*shape.Nothing); none || status == http.StatusNoContent {
		r.send(status, "", nil)
		return nil
	}
	if l.payload >= 0 && v.Field(l.payload).Kind() == reflect.Slice {
		r.send(status, "application/json", v.Field(l.payload).Bytes())
		return nil
	}
	return withJSON(out, func(body []byte) { r.send(status, "application/json", body) })
}

// headerText writes a scalar member as a header's value.
func headerText(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case string:
		return x
	case bool:
		return strconv.FormatBool(x)
	case int64:
		return strconv.FormatInt(x, 10)
	case float64:
		return strconv.FormatFloat(x, 'g', -1, 64)
	case shape.Timestamp:
		return x.UTC().Format(http.TimeFormat)
	}
	return ""
}

func (restJSON) fail(r *Request, e *Error) {
	body := make(map[string]any, len(e.Extra)+2)
	for name, value := range e.Extra {
		body[name] = value
	}
	if e.Type != "" {
		body["Type"] = e.Type
	}
	key := e.MessageKey
	if key == "" {
		key = "message"
	}
	body[key] = e.Message
	if e.NullMessage {
		body[key] = nil
	}
	r.w.Header()["X-Amzn-Errortype"] = []string{e.Code}
	if err := withJSON(body, func(text []byte) { r.send(e.Status, "application/json", text) }); err != nil {
		r.send(e.Status, "application/json", []byte("{}"))
	}
}

var restJSONNames = jsonNames(http.StatusForbidden)

func (restJSON) unsigned(err *sigv4.Error) *Error { return spelled(restJSONNames, err) }

func (restJSON) unknown(*question) *Error {
	return &Error{Code: "UnknownOperationException", Status: http.StatusNotFound,
		Message: "The requested operation is not recognized by the service."}
}
