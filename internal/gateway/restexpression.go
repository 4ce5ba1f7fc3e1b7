package gateway

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"sluice/internal/gateway/payload"
	"sluice/internal/velocity"
)

// expressions are what API Gateway's mappings may name of a request and of its integration's answer, such as
// method.request.header.X, context.stage, stageVariables.color or 'text'.
type expressions struct {
	*restVisit
	why    *restRefusal // nil: context.error is empty
	header http.Header  // of the integration's answer
	body   string       // of the integration's answer
}

func (v *restVisit) expressions(why *restRefusal) *expressions {
	return &expressions{restVisit: v, why: why}
}

// value evaluates an expression; false if what it names is not there.
func (e *expressions) value(expression string) (string, bool) {
	if len(expression) > 1 && expression[0] == '\'' && expression[len(expression)-1] == '\'' {
		return expression[1 : len(expression)-1], true
	}
	scope, name, _ := strings.Cut(expression, ".")
	switch scope {
	case "context":
		return e.ofContext(name)
	case "stageVariables":
		value, ok := e.shown.variables[name]
		return value, ok
	case "method":
		return e.ofRequest(strings.TrimPrefix(name, "request."))
	case "integration":
		return e.ofAnswer(strings.TrimPrefix(name, "response."))
	}
	return "", false
}

func (e *expressions) ofContext(name string) (string, bool) {
	if part, ok := strings.CutPrefix(name, "error."); ok && e.why != nil {
		switch part {
		case "message":
			return e.why.message, true
		case "messageString":
			return e.why.messageString(), true
		case "responseType":
			return e.why.kind, true
		case "validationErrorString":
			return e.why.detail, true
		}
	}
	return written(member(e.context(), name))
}

// written is a value of one word as text.
func written(value any) (string, bool) {
	switch value.(type) {
	case nil, *velocity.Map, *velocity.List:
		return "", false
	}
	return fmt.Sprint(value), true
}

func (e *expressions) ofRequest(part string) (string, bool) {
	part, name, _ := strings.Cut(part, ".")
	switch part {
	case "path":
		return e.pathParameter(name)
	case "querystring":
		values := payload.QueryValues(e.r.URL.RawQuery)[name]
		return last(values)
	case "multivaluequerystring":
		values := payload.QueryValues(e.r.URL.RawQuery)[name]
		return strings.Join(values, ","), len(values) > 0
	case "header":
		return last(e.r.Header.Values(name))
	case "multivalueheader":
		values := e.r.Header.Values(name)
		return strings.Join(values, ","), len(values) > 0
	case "body":
		return ofBody(string(e.intake.body), name)
	}
	return "", false
}

// pathParameter is the value of a variable of the path, without escapes.
func (v *restVisit) pathParameter(name string) (string, bool) {
	value, ok := v.parameters[name]
	if plain, err := url.PathUnescape(value); err == nil {
		value = plain
	}
	return value, ok
}

func (e *expressions) ofAnswer(part string) (string, bool) {
	part, name, _ := strings.Cut(part, ".")
	switch part {
	case "header":
		return last(e.header.Values(name))
	case "multivalueheader":
		values := e.header.Values(name)
		return strings.Join(values, ","), len(values) > 0
	case "body":
		return ofBody(e.body, name)
	}
	return "", false
}

// ofBody is a body, or a member of it by a JSONPath without its beginning.
func ofBody(body, path string) (string, bool) {
	if path == "" {
		return body, true
	}
	value, err := velocity.NewInput(body, nil, nil, nil).Path("$." + path)
	if err != nil || value == nil {
		return "", false
	}
	return written(value)
}

func last(values []string) (string, bool) {
	if len(values) == 0 {
		return "", false
	}
	return values[len(values)-1], true
}

// mention finds what a template that is no Velocity may name.
var mention = regexp.MustCompile(`\$(?:\{(` + named + `)\}|(` + named + `))`)

const named = `(?:context|stageVariables|method\.request)(?:\.[A-Za-z0-9_-]+)+`

// fill puts values into a template of a gateway response, which is no Velocity. What is not there is nothing.
func (e *expressions) fill(template string) string { return e.fillOr(template, "") }

func (e *expressions) fillOr(template, missing string) string {
	return mention.ReplaceAllStringFunc(template, func(found string) string {
		value, ok := e.value(strings.Trim(found, "${}"))
		if !ok {
			return missing
		}
		return value
	})
}

// sendable reports whether a header can be sent.
func sendable(name, value string) bool { return payload.IsHeader(name, value) }
