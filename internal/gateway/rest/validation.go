package rest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"sluice/internal/gateway/payload"
	"sluice/internal/restapi"
	"sluice/internal/restapi/schema"
)

// validate checks what the method's validator says: that required parameters are there, and that the body fits its model.
func (v *visit) validate() *refusal {
	checks := v.shown.definition.Validators[v.route.method.ValidatorID]
	if checks == nil {
		return nil
	}
	if checks.Parameters {
		if missing := v.missingParameters(); len(missing) > 0 {
			return &refusal{kind: "BAD_REQUEST_PARAMETERS", status: http.StatusBadRequest, name: "BadRequestException",
				message: "Missing required request parameters: [" + strings.Join(missing, ", ") + "]"}
		}
	}
	if !checks.Body {
		return nil
	}
	if err := v.checkBody(); err != nil {
		return &refusal{kind: "BAD_REQUEST_BODY", status: http.StatusBadRequest, name: "BadRequestException", message: "Invalid request body", detail: err.Error()}
	}
	return nil
}

// missingParameters lists the required parameters that are not there or empty.
func (v *visit) missingParameters() (names []string) {
	query := payload.QueryValues(v.R.URL.RawQuery)
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
			value, _ = last(v.R.Header.Values(name))
		}
		if value == "" {
			names = append(names, name)
		}
	}
	return names
}

// checkBody checks the body against the model of its content type. A content type without a model is not checked.
func (v *visit) checkBody() error {
	kind := mediaType(v.R.Header.Get("Content-Type"))
	if kind == "" {
		kind = "application/json"
	}
	schemas := v.route.ready().schemas
	fitting := schemas[kind]
	if fitting == nil {
		fitting = schemas["$default"]
	}
	if fitting == nil {
		return nil
	}
	return v.fit(fitting)
}

// checkTime is how long a body is checked against its model.
const checkTime = 5 * time.Second

// fit checks the body against a model. A body that breaks the check fits no model.
func (v *visit) fit(to *bodySchema) (err error) {
	defer func() {
		if failed := recover(); failed != nil {
			err = errUnchecked
			v.LogFailure("a body could not be checked against its model", fmt.Errorf("%v: %s", failed, debug.Stack()))
		}
	}()
	ctx, cancel := context.WithTimeout(v.R.Context(), checkTime)
	defer cancel()
	return to.check(ctx, v.Body)
}

var errUnchecked = errors.New("the body could not be checked")

// bodySchema is a compiled model, or why it is none.
type bodySchema struct {
	schema *schema.Schema
	err    error
}

// check returns what is wrong with a body, as AWS lists it: [what, what].
func (s *bodySchema) check(ctx context.Context, body []byte) error {
	if s.err != nil {
		return s.err
	}
	if len(bytes.TrimSpace(body)) == 0 {
		body = []byte("{}")
	}
	return s.schema.Check(ctx, body)
}

// compileSchemas makes the models of a method's bodies, by content type.
func compileSchemas(of *restapi.Definition, m *restapi.Method) map[string]*bodySchema {
	all := map[string]*bodySchema{}
	for kind, name := range m.Models {
		if of.Models[name] == nil {
			continue // Empty, or one that was deleted
		}
		compiled, err := compileSchema(of, name)
		all[strings.ToLower(kind)] = &bodySchema{compiled, err}
	}
	return all
}

// compileSchema compiles a model.
func compileSchema(of *restapi.Definition, name string) (compiled *schema.Schema, err error) {
	defer func() {
		if failed := recover(); failed != nil { // else the next request would find no model
			err = fmt.Errorf("the model could not be read: %v", failed)
		}
	}()
	return of.CompileModel(name)
}
