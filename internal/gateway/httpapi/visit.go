package httpapi

import (
	"net/http"
	"net/url"
	"strings"

	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/ingress"
	"sluice/internal/gateway/payload"
	"sluice/internal/httpapi"
)

// visit is one request to a stage of an HTTP API.
type visit struct {
	*executeapi.Visit
	front *Front
	view  *httpapi.View
	stage *stage
	path  string // below the stage, as it was sent

	route      *served
	parameters map[string]string // of the path, without escapes; nil if it has none
	caller     *payload.IAM      // who signed; nil if nobody had to
	said       *verdict          // by an authorizer; nil: none was asked
	token      *payload.JWT      // of the caller; nil: none was asked for
	why        *refusal          // nil if the request was not refused
	answered   int               // the function's status; 0 if it was not asked
}

// serve takes the request through its steps, or returns why one of them refused it.
func (v *visit) serve() (*executeapi.Answer, *refusal) {
	if !v.Bounded() {
		return nil, largeHeader
	}
	if !v.find() {
		if ingress.Preflights(v.stage.cors, v.R) {
			return &executeapi.Answer{Status: http.StatusNoContent, Header: http.Header{}}, nil
		}
		return nil, notFound
	}
	for _, step := range []func() *refusal{v.authorize, v.throttle, v.readBody} {
		if refused := step(); refused != nil {
			return nil, refused
		}
	}
	return v.integrate()
}

// find looks the route up, and what its variables are.
func (v *visit) find() bool {
	found, values, ok := v.stage.routes.Find(v.R.Method, v.path)
	if !ok {
		v.route = v.stage.rest
		return v.route != nil
	}
	v.route = found
	for name, value := range values {
		if v.parameters == nil {
			v.parameters = make(map[string]string, len(values))
		}
		if plain, err := url.PathUnescape(value); err == nil {
			value = plain
		}
		v.parameters[name] = value
	}
	return true
}

func (v *visit) throttle() *refusal {
	if !v.front.config.APIs.Admit(v.stage.Shown, v.route.Key) {
		return tooMany
	}
	return nil
}

// readBody reads the whole body.
func (v *visit) readBody() *refusal { return refusalOf(v.ReadBody()) }

// source names the route as resource policies do, with the request's method. The default route has its key alone.
func (v *visit) source() string {
	if v.route.path == "" {
		return strings.TrimSuffix(v.stage.API.ExecuteARN(v.stage.Stage.Name, httpapi.DefaultKey, ""), "/")
	}
	return v.stage.API.ExecuteARN(v.stage.Stage.Name, v.R.Method, strings.TrimPrefix(v.route.path, "/"))
}
