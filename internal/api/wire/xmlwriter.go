package wire

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"reflect"
	"strconv"

	"sluice/internal/api/shape"
)

// xmlWriter writes structures as the query protocol's replies have them. Names of elements come from the models and
// need no escape.
type xmlWriter struct{ *bytes.Buffer }

func (w xmlWriter) open(name string)  { w.tag("<", name, ">") }
func (w xmlWriter) close(name string) { w.tag("</", name, ">") }

func (w xmlWriter) tag(begin, name, end string) {
	w.WriteString(begin)
	w.WriteString(name)
	w.WriteString(end)
}

// element writes v as an element; what is nil is left out.
func (w xmlWriter) element(name string, v reflect.Value, as spelledList) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice:
		if v.IsNil() {
			return
		}
	}
	_, blob := v.Interface().([]byte)
	switch {
	case v.Kind() == reflect.Pointer:
		w.element(name, v.Elem(), as)
	case v.Kind() == reflect.Slice && !blob:
		w.list(name, v, as)
	case v.Kind() == reflect.Map:
		w.table(name, v, as)
	default:
		w.open(name)
		w.content(v)
		w.close(name)
	}
}

func (w xmlWriter) content(v reflect.Value) {
	switch x := v.Interface().(type) {
	case string:
		_ = xml.EscapeText(w, []byte(x)) // a buffer takes everything
	case bool:
		w.WriteString(strconv.FormatBool(x))
	case int64:
		w.WriteString(strconv.FormatInt(x, 10))
	case float64:
		w.WriteString(shape.Double(x))
	case shape.Timestamp:
		w.WriteString(x.Text())
	case []byte:
		w.WriteString(base64.StdEncoding.EncodeToString(x))
	default:
		w.members(v)
	}
}

func (w xmlWriter) members(v reflect.Value) {
	for _, p := range layoutOf(v.Type()).body {
		w.element(p.name, v.Field(p.field), p.form)
	}
}

func (w xmlWriter) list(name string, v reflect.Value, as spelledList) {
	item := as.item
	if as.flat {
		item = name
	} else {
		w.open(name)
		defer w.close(name)
	}
	for i := range v.Len() {
		w.element(item, v.Index(i), spelledPlainly)
	}
}

func (w xmlWriter) table(name string, v reflect.Value, as spelledList) {
	entry := "entry"
	if as.flat {
		entry = name
	} else {
		w.open(name)
		defer w.close(name)
	}
	for _, key := range shape.SortedKeys(v) {
		w.open(entry)
		w.element(as.key, key, spelledPlainly)
		w.element(as.value, v.MapIndex(key), spelledPlainly)
		w.close(entry)
	}
}
