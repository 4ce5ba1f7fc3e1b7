package gateway

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"sluice/internal/gateway/payload"
	"sluice/internal/restapi"
)

// validate checks what the method's validator says: that required parameters are there, and that the body fits its model.
func (v *restVisit) validate() *restRefusal {
	checks := v.shown.definition.Validators[v.route.method.ValidatorID]
	if checks == nil {
		return nil
	}
	if checks.Parameters {
		if missing := v.missingParameters(); len(missing) > 0 {
			return &restRefusal{kind: "BAD_REQUEST_PARAMETERS", status: http.StatusBadRequest, name: "BadRequestException",
				message: "Missing required request parameters: [" + strings.Join(missing, ", ") + "]"}
		}
	}
	if !checks.Body {
		return nil
	}
	if err := v.checkBody(); err != nil {
		return &restRefusal{kind: "BAD_REQUEST_BODY", status: http.StatusBadRequest, name: "BadRequestException", message: "Invalid request body", detail: err.Error()}
	}
	return nil
}

// missingParameters lists the required parameters that are not there or empty.
func (v *restVisit) missingParameters() (names []string) {
	query := payload.QueryValues(v.r.URL.RawQuery)
	for _, parameter := range slices.Sorted(maps.Keys(v.route.method.Parameters)) {
		if !v.route.method.Parameters[parameter] {
			continue
		}
		where, name, _ := strings.Cut(strings.TrimPrefix(parameter, "method.request."), ".")
		var value string
		switch where {
		case "path":
			value = v.parameters[name]
		case "querystring":
			value, _ = last(query[name])
		case "header":
			value, _ = last(v.r.Header.Values(name))
		}
		if value == "" {
			names = append(names, name)
		}
	}
	return names
}

// checkBody checks the body against the model of its content type. A content type without a model is not checked.
func (v *restVisit) checkBody() error {
	kind := mediaType(v.r.Header.Get("Content-Type"))
	if kind == "" {
		kind = "application/json"
	}
	schemas := v.route.ready().schemas
	schema := schemas[kind]
	if schema == nil {
		schema = schemas["$default"]
	}
	if schema == nil {
		return nil
	}
	return schema.check(v.body)
}

// bodySchema is a compiled model, or why it is none.
type bodySchema struct {
	schema *jsonschema.Schema
	err    error
}

func (s *bodySchema) check(body []byte) error {
	if s.err != nil {
		return s.err
	}
	if len(bytes.TrimSpace(body)) == 0 {
		body = []byte("{}")
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return errors.New("the body is not valid JSON")
	}
	return plainly(s.schema.Validate(value))
}

// plainly lists what is wrong with a body, as AWS does: [what, what].
func plainly(err error) error {
	var failed *jsonschema.ValidationError
	if !errors.As(err, &failed) {
		return err
	}
	var all []string
	for _, each := range failed.BasicOutput().Errors {
		if each.Error != nil && each.Error.String() != "" && !strings.Contains(each.Error.String(), "jsonschema validation failed") {
			all = append(all, strings.TrimSpace(each.InstanceLocation+" "+each.Error.String()))
		}
	}
	return fmt.Errorf("[%s]", strings.Join(all, ", "))
}

// compileSchemas makes the models of a method's bodies, by content type.
func compileSchemas(of *restapi.Definition, m *restapi.Method) map[string]*bodySchema {
	all := map[string]*bodySchema{}
	for kind, name := range m.Models {
		if of.Models[name] == nil {
			continue // Empty, or one that was deleted
		}
		schema, err := compileSchema(of, name)
		all[strings.ToLower(kind)] = &bodySchema{schema, err}
	}
	return all
}

// models is where a model's schema lies for others that refer to it, by its name or its address.
const models = "https://apigateway.amazonaws.com/restapis/"

// compileSchema compiles a model with those that it refers to. Nothing is loaded from elsewhere.
func compileSchema(of *restapi.Definition, name string) (*jsonschema.Schema, error) {
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft4)
	c.UseLoader(modelLoader{of})
	return c.Compile(models + "api/models/" + name)
}

// modelLoader finds the schemas of an API's models.
type modelLoader struct{ of *restapi.Definition }

// Load implements jsonschema.URLLoader.
func (l modelLoader) Load(url string) (any, error) {
	_, name, ok := strings.Cut(strings.TrimPrefix(url, models), "/models/")
	model := l.of.Models[name]
	if !ok || model == nil {
		return nil, fmt.Errorf("there is no model at %s", url)
	}
	return jsonschema.UnmarshalJSON(strings.NewReader(model.Schema))
}
