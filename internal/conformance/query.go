package conformance

import (
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"time"
)

// formMessage writes the query protocol: all in a form.
func (c *call) formMessage() (*message, error) {
	form := url.Values{"Action": {c.operation.Name}, "Version": {c.model.Version}}
	types := memberTypes(reflect.TypeOf(c.operation.Input))
	for name, value := range c.params {
		if err := addParameter(form, name, types[name], value); err != nil {
			return nil, err
		}
	}
	header := http.Header{}
	header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	return &message{method: http.MethodPost, path: "/", header: header, body: []byte(form.Encode())}, nil
}

// addParameter writes a member: the parts of a structure behind dots, lists as Name.member.1, and none of an empty one.
func addParameter(form url.Values, name string, t reflect.Type, value any) error {
	switch x := value.(type) {
	case []any:
		if len(x) == 0 {
			form.Set(name, "")
		}
		for i, item := range x {
			if err := addParameter(form, name+".member."+strconv.Itoa(i+1), itemType(t), item); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		if t != nil && t.Kind() == reflect.Map {
			return fmt.Errorf("%s: the replay does not write maps in forms", name)
		}
		types := memberTypes(t)
		for inner, inside := range x {
			if err := addParameter(form, name+"."+inner, types[inner], inside); err != nil {
				return err
			}
		}
		return nil
	}
	text, err := parameterText(t, value)
	form.Set(name, text)
	return err
}

func parameterText(t reflect.Type, value any) (string, error) {
	switch x := value.(type) {
	case []byte:
		return base64.StdEncoding.EncodeToString(x), nil
	case json.Number:
		if t != nil && isTimestamp(t) {
			seconds, err := x.Int64()
			return time.Unix(seconds, 0).UTC().Format(time.RFC3339), err
		}
	}
	return plainText(value), nil
}

// element is an XML element as it stands.
type element struct {
	XMLName xml.Name
	Text    string    `xml:",chardata"`
	Inner   []element `xml:",any"`
}

func (e *element) find(name string) *element {
	for i := range e.Inner {
		if e.Inner[i].XMLName.Local == name {
			return &e.Inner[i]
		}
	}
	return nil
}

// readXML reads the result of a reply, by the types of its members. An operation without output has no result.
func (c *call) readXML(content []byte) (map[string]any, error) {
	var whole element
	if err := xml.Unmarshal(content, &whole); err != nil {
		return nil, fmt.Errorf("the answer's body is no XML: %w", err)
	}
	if name := c.operation.Name + "Response"; whole.XMLName.Local != name || whole.XMLName.Space != c.model.Namespace {
		return nil, fmt.Errorf("the answer is a %s of %q, not a %s of %q", whole.XMLName.Local, whole.XMLName.Space, name, c.model.Namespace)
	}
	result := whole.find(c.operation.Name + "Result")
	switch {
	case result == nil && c.operation.Output == nil:
		return map[string]any{}, nil
	case result == nil || c.operation.Output == nil:
		return nil, fmt.Errorf("the answer has to have a result if its operation has one: %.200s", content)
	}
	return result.value(reflect.TypeOf(c.operation.Output)).(map[string]any), nil
}

// value reads an element by its type. One that the type does not have stays as text.
func (e *element) value(t reflect.Type) any {
	if t == nil || t == reflect.TypeFor[string]() || isTimestamp(t) || t == reflect.TypeFor[[]byte]() {
		return e.Text
	}
	switch t.Kind() {
	case reflect.Pointer:
		return e.value(t.Elem())
	case reflect.Struct:
		types, out := memberTypes(t), map[string]any{}
		for i := range e.Inner {
			name := e.Inner[i].XMLName.Local
			out[name] = e.Inner[i].value(types[name])
		}
		return out
	case reflect.Slice:
		out := []any{}
		for i := range e.Inner {
			out = append(out, e.Inner[i].value(t.Elem()))
		}
		return out
	case reflect.Map:
		return e.entries(t)
	case reflect.Bool:
		return e.Text == "true"
	}
	return json.Number(e.Text)
}

func (e *element) entries(t reflect.Type) any {
	out := map[string]any{}
	for i := range e.Inner {
		if key, value := e.Inner[i].find("key"), e.Inner[i].find("value"); key != nil && value != nil {
			out[key.Text] = value.value(t.Elem())
		}
	}
	return out
}

// xmlFailure reads an error: an SDK shows who is to blame as well.
func xmlFailure(content []byte) map[string]any {
	var body struct {
		Type    string `xml:"Error>Type"`
		Code    string `xml:"Error>Code"`
		Message string `xml:"Error>Message"`
	}
	_ = xml.Unmarshal(content, &body) // a body that is no XML has no code
	return map[string]any{"Error": map[string]any{"Code": body.Code, "Message": body.Message, "Type": body.Type}}
}
