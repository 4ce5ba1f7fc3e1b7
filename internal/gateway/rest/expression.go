package rest

import (
	"net/http"
	"net/url"
	"strings"

	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/payload"
)

// expressions are what API Gateway's mappings may name of a request and of its integration's answer, such as
// method.request.header.X, context.stage, stageVariables.color or 'text'.
type expressions struct {
	*visit
	why    *refusal    // nil: context.error is empty
	header http.Header // of the integration's answer
	body   string      // of the integration's answer
}

func (v *visit) expressions(why *refusal) *expressions {
	return &expressions{visit: v, why: why}
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
	return executeapi.Word(member(e.context(), name))
}

func (e *expressions) ofRequest(part string) (string, bool) {
	part, name, _ := strings.Cut(part, ".")
	switch part {
	case "path":
		return e.pathParameter(name)
	case "querystring":
		values := payload.QueryValues(e.R.URL.RawQuery)[name]
		return last(values)
	case "multivaluequerystring":
		values := payload.QueryValues(e.R.URL.RawQuery)[name]
		return strings.Join(values, ","), len(values) > 0
	case "header":
		return last(e.R.Header.Values(name))
	case "multivalueheader":
		values := e.R.Header.Values(name)
		return strings.Join(values, ","), len(values) > 0
	case "body":
		return executeapi.OfBody(string(e.Body), name)
	}
	return "", false
}

// pathParameter is the value of a variable of the path, without escapes.
func (v *visit) pathParameter(name string) (string, bool) {
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
		return executeapi.OfBody(e.body, name)
	}
	return "", false
}

func last(values []string) (string, bool) {
	if len(values) == 0 {
		return "", false
	}
	return values[len(values)-1], true
}

// names are what access logs, and templates of gateway responses, which are no Velocity, may name.
var names = executeapi.NewNames("context", "stageVariables", "method.request")

// sendable reports whether a header can be sent.
func sendable(name, value string) bool { return payload.IsHeader(name, value) }
