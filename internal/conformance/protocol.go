package conformance

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"sluice/internal/api/shape"
)

// speak chooses the protocol that a recording asks for, if the service speaks it. A call that is not told speaks what
// the model prefers of restJson1, awsJson, the query protocol and restXml.
func (c *call) speak(asked string) {
	if p := shape.Protocol(asked); c.model.Speaks(p) {
		c.protocol = p
		return
	}
	for _, p := range []shape.Protocol{shape.RestJSON, shape.AWSJSON, shape.Query, shape.RestXML} {
		if c.model.Speaks(p) {
			c.protocol = p
			return
		}
	}
}

// message writes the call in its protocol.
func (c *call) message() (*message, error) {
	switch {
	case c.protocol == shape.RestJSON && c.operation.Input != nil:
		return c.restMessage()
	case c.protocol == shape.AWSJSON:
		return c.targetMessage()
	case c.protocol == shape.CBOR:
		return c.cborMessage()
	case c.protocol == shape.Query:
		return c.formMessage()
	case c.protocol == shape.RestXML:
		return c.bareMessage()
	}
	return nil, fmt.Errorf("the replay does not speak %v", c.model.Protocols)
}

// targetMessage writes awsJson: one path, and a header that names the operation.
func (c *call) targetMessage() (*message, error) {
	body, err := json.Marshal(c.params)
	header := http.Header{}
	header.Set("X-Amz-Target", c.model.TargetPrefix+"."+c.operation.Name)
	header.Set("Content-Type", "application/x-amz-json-"+c.model.JSONVersion)
	return &message{method: http.MethodPost, path: "/", header: header, body: body}, err
}

// tree reads a body into what a JSON document would decode to.
func (c *call) tree(content []byte) (map[string]any, error) {
	switch c.protocol {
	case shape.CBOR:
		return readCBOR(content)
	case shape.Query:
		return c.readXML(content)
	}
	body, ok := document(string(content)).(map[string]any)
	if !ok {
		return nil, fmt.Errorf("the answer's body is no JSON object: %.200q", content)
	}
	return body, nil
}

// failure reads an error as an SDK does.
func (c *call) failure(header http.Header, content []byte) map[string]any {
	switch c.protocol {
	case shape.Query:
		return xmlFailure(content)
	case shape.RestXML:
		return restXMLFailure(content)
	case shape.CBOR:
		body, _ := readCBOR(content) // a body that is none has no members
		return failure(c.model, header, body)
	}
	body, _ := document(string(content)).(map[string]any)
	return failure(c.model, header, body)
}

// isTimestamp reports whether a member is a point in time.
func isTimestamp(t reflect.Type) bool {
	return t == reflect.TypeFor[shape.Timestamp]() || t == reflect.TypeFor[*shape.Timestamp]()
}

// memberTypes are the types of a structure's members by their names; none for what is no structure.
func memberTypes(t reflect.Type) map[string]reflect.Type {
	if t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	types := map[string]reflect.Type{}
	if t == nil || t.Kind() != reflect.Struct {
		return types
	}
	for field := range t.Fields() {
		types[bodyName(field.Tag)] = field.Type
	}
	return types
}

// memberNames are the names under which an SDK shows members that the wire calls otherwise, by those of the wire: API Gateway's
// lists of items travel as "item".
func memberNames(t reflect.Type) map[string]string {
	names := map[string]string{}
	if t == nil || t.Kind() != reflect.Struct {
		return names
	}
	for field := range t.Fields() {
		wire := bodyName(field.Tag)
		if wire != "" && wire != "-" && !strings.EqualFold(wire, field.Name) && wire == lower(wire) {
			names[wire] = lower(field.Name)
		}
	}
	return names
}
