package conformance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strings"

	"sluice/internal/api/shape"
	"sluice/internal/api/shape/apigateway"
	"sluice/internal/api/shape/apigatewayv2"
	"sluice/internal/api/shape/catalog"
	"sluice/internal/api/shape/cloudformation"
	"sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/shape/codedeploy"
	"sluice/internal/api/shape/iam"
	"sluice/internal/api/shape/lambda"
	"sluice/internal/api/shape/logs"
	"sluice/internal/api/shape/ssm"
	"sluice/internal/api/shape/sts"
	"sluice/internal/client"
)

// models are the services by the names that recordings give them.
var models = map[string]*shape.Model{
	"lambda": &lambda.Model, "codedeploy": &codedeploy.Model, "logs": &logs.Model, "cloudwatch": &cloudwatch.Model,
	"iam": &iam.Model, "sts": &sts.Model, "ssm": &ssm.Model, "s3": &catalog.S3,
	"cloudformation": &cloudformation.Model, "apigateway": &apigateway.Model, "apigatewayv2": &apigatewayv2.Model,
}

// message is an HTTP request before it is signed.
type message struct {
	method, path string // the path has its query string
	header       http.Header
	body         []byte
}

// call is a call of one operation.
type call struct {
	model     *shape.Model
	operation *shape.Operation
	protocol  shape.Protocol
	params    map[string]any // resolved
}

// newCall prepares a call in a protocol; empty means the one that the service prefers.
func newCall(service, operation, protocol string, params map[string]any) (*call, error) {
	model, ok := models[service]
	if !ok {
		return nil, fmt.Errorf("the replay does not speak to the service %s", service)
	}
	found, ok := model.Operation(operation)
	if !ok {
		return nil, fmt.Errorf("%s has no operation %s", model.Name, operation)
	}
	c := &call{model: model, operation: found, params: params}
	c.speak(protocol)
	return c, nil
}

// restMessage writes restJson1: each parameter goes where the tag of its member says.
func (c *call) restMessage() (*message, error) {
	m := &message{method: c.operation.Method, header: http.Header{}}
	input := reflect.TypeOf(c.operation.Input).Elem()
	labels, query, body := map[string]string{}, url.Values{}, map[string]any{}
	hasBody, hasPayload := false, false
	for field := range input.Fields() {
		value, given := c.param(field.Name)
		switch tag := field.Tag; {
		case tag.Get("uri") != "":
			labels[tag.Get("uri")] = plainText(value)
		case tag.Get("query") != "":
			addQuery(query, tag.Get("query"), value, given)
		case tag.Get("header") != "" && given:
			m.header.Set(tag.Get("header"), plainText(value))
		case tag.Get("payload") != "":
			hasPayload = true
			m.body = payloadBytes(value)
		case isBody(tag):
			hasBody = true
			if given {
				body[bodyName(tag)] = value
			}
		}
	}
	if err := c.unknown(input); err != nil {
		return nil, err
	}
	m.path = expand(c.operation.Path, labels, query)
	if !hasBody || hasPayload {
		return m, nil
	}
	var err error
	m.header.Set("Content-Type", "application/json")
	m.body, err = json.Marshal(body)
	return m, err
}

// unknown reports a parameter that the operation does not have, which would otherwise be left out in silence.
func (c *call) unknown(input reflect.Type) error {
	for name := range c.params {
		if _, ok := input.FieldByName(strings.ToUpper(name[:1]) + name[1:]); !ok {
			return fmt.Errorf("%s has no parameter %s", c.operation.Name, name)
		}
	}
	return nil
}

// param returns a parameter by the name of its member, which in some models begins with a lower-case letter.
func (c *call) param(member string) (value any, given bool) {
	if value, given = c.params[member]; !given {
		value, given = c.params[lower(member)]
	}
	return value, given
}

func lower(name string) string { return strings.ToLower(name[:1]) + name[1:] }

func addQuery(query url.Values, name string, value any, given bool) {
	if !given {
		return
	}
	if list, ok := value.([]any); ok {
		for _, each := range list {
			query.Add(name, plainText(each))
		}
		return
	}
	query.Set(name, plainText(value))
}

func payloadBytes(value any) []byte {
	switch x := value.(type) {
	case nil:
		return nil
	case []byte:
		return x
	}
	return []byte(plainText(value))
}

func isBody(tag reflect.StructTag) bool {
	return tag.Get("json") != "-" && tag.Get("json") != ""
}

func bodyName(tag reflect.StructTag) string {
	name, _, _ := strings.Cut(tag.Get("json"), ",")
	return name
}

// expand puts labels into a path's template, each character but the unreserved ones escaped, as SDKs do.
func expand(template string, labels map[string]string, query url.Values) string {
	path, fixed, _ := strings.Cut(template, "?")
	for name, value := range labels {
		path = strings.ReplaceAll(path, "{"+name+"}", escape(value, ""))
		path = strings.ReplaceAll(path, "{"+name+"+}", escape(value, "/"))
	}
	search := query.Encode()
	if fixed != "" && search != "" {
		fixed += "&"
	}
	if fixed+search == "" {
		return path
	}
	return path + "?" + fixed + search
}

func escape(text, keep string) string {
	var out bytes.Buffer
	for _, b := range []byte(text) {
		unreserved := 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || strings.IndexByte("-._~"+keep, b) >= 0
		if unreserved {
			out.WriteByte(b)
		} else {
			fmt.Fprintf(&out, "%%%02X", b)
		}
	}
	return out.String()
}

// send makes the call and reads the answer as an SDK does.
func (c *call) send(ctx context.Context, to *client.Client, region string) (*answer, error) {
	m, err := c.message()
	if err != nil {
		return nil, err
	}
	caller := *to
	if region != "" {
		caller.Region = region
	}
	request, err := caller.Request(ctx, c.model.SigningName, m.method, m.path, m.header, m.body)
	if err != nil {
		return nil, err
	}
	response, err := sender(&caller).Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return c.read(response)
}
