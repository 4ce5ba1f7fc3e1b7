package gateway

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"sluice/internal/fault"
	"sluice/internal/gateway/payload"
	"sluice/internal/httpapi"
)

// HTTPAPIs finds HTTP APIs, and counts their requests; see httpapi.Service.
type HTTPAPIs interface {
	Find(ctx context.Context, apiID string) (*httpapi.View, error)
	Admit(shown *httpapi.Shown, routeKey string) bool
}

// httpVisit is one request to a stage of an HTTP API.
type httpVisit struct {
	*apiVisit
	view  *httpapi.View
	stage *httpStage
	path  string // below the stage, as it was sent

	route      *httpRoute
	parameters map[string]string // of the path, without escapes; nil if it has none
	caller     *payload.IAM      // who signed; nil if nobody had to
	said       *verdict          // by an authorizer; nil: none was asked
	token      *payload.JWT      // of the caller; nil: none was asked for
	why        *httpRefusal      // nil if the request was not refused
	answered   int               // the function's status; 0 if it was not asked
}

// serveHTTPAPI answers a request to an HTTP API; false if it goes to no such API.
func (v *apiVisit) serveHTTPAPI() bool {
	if v.config.HTTPAPIs == nil {
		return false
	}
	view, err := v.config.HTTPAPIs.Find(v.r.Context(), v.to.id)
	if err == nil && view == nil {
		return false
	}
	v.w.Header()["Apigw-Requestid"] = []string{v.extended}
	if err != nil {
		v.logFailure("an API could not be looked up", err)
		v.send(httpFailed(err.Error()).answer())
		return true
	}
	h := &httpVisit{apiVisit: v, view: view}
	if !h.choose() {
		v.send(httpNotFound.answer())
		return true
	}
	answer, refused := h.serve()
	if refused != nil {
		h.why, answer = refused, refused.answer()
	}
	h.admitOrigin(answer)
	v.send(answer)
	h.tell()
	return true
}

// choose finds the stage: the one that the path begins with, or else the one without a name. One that shows nothing yet is like none.
func (v *httpVisit) choose() bool {
	if v.to.region != "" && v.to.region != v.view.API.Region {
		return false
	}
	name, below := cutStage(v.to.path)
	plain, err := url.PathUnescape(name)
	shown := v.view.Stages[plain]
	v.path = below
	if shown == nil || err != nil || plain == httpapi.DefaultStage {
		shown, v.path = v.view.Stages[httpapi.DefaultStage], v.to.path
	}
	if shown == nil || shown.Deployment == nil {
		return false
	}
	v.stage = shown.Front(compileHTTPStage).(*httpStage)
	return true
}

// serve takes the request through its steps, or returns why one of them refused it.
func (v *httpVisit) serve() (*apiAnswer, *httpRefusal) {
	if v.headerSize() > maxHeader {
		return nil, httpLargeHeader
	}
	if !v.find() {
		if v.preflight() {
			return &apiAnswer{status: http.StatusNoContent, header: http.Header{}}, nil
		}
		return nil, httpNotFound
	}
	for _, step := range []func() *httpRefusal{v.authorize, v.throttle, v.readBody} {
		if refused := step(); refused != nil {
			return nil, refused
		}
	}
	return v.integrate()
}

// find looks the route up, and what its variables are.
func (v *httpVisit) find() bool {
	found, values, ok := v.stage.routes.Find(v.r.Method, v.path)
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

func (v *httpVisit) throttle() *httpRefusal {
	if !v.config.HTTPAPIs.Admit(v.stage.Shown, v.route.Key) {
		return httpTooMany
	}
	return nil
}

// readBody reads the whole body.
func (v *httpVisit) readBody() *httpRefusal {
	switch v.take() {
	case tooLong:
		return httpTooLong
	case late, cut:
		return httpUnread
	}
	return nil
}

// source names the route as resource policies do, with the request's method. The default route has its key alone.
func (v *httpVisit) source() string {
	if v.route.path == "" {
		return strings.TrimSuffix(v.stage.API.ExecuteARN(v.stage.Stage.Name, httpapi.DefaultKey, ""), "/")
	}
	return v.stage.API.ExecuteARN(v.stage.Stage.Name, v.r.Method, strings.TrimPrefix(v.route.path, "/"))
}

// callFailure words why a function could not be called.
func (v *httpVisit) callFailure(err error) *httpRefusal {
	switch {
	case errors.Is(err, errTimeout):
		return httpUnavailable
	case fault.Is(err, fault.TooLarge, ""):
		return httpTooLong
	case !fault.Is(err, fault.Throttled, "") && !fault.Is(err, fault.NotFound, ""):
		v.logFailure("an integration failed", err)
	}
	return httpFailed(err.Error())
}

// tell tells the meter and the access log, when the request has been answered.
func (v *httpVisit) tell() {
	ended := time.Now()
	if v.config.APIMeter != nil {
		v.config.APIMeter.RecordAPI(APISample{
			Scope: v.view.API.Scope, API: v.view.API.API, Name: v.view.Name, Stage: v.stage.Stage.Name, HTTP: true,
			Status: v.status, Ended: ended, Latency: ended.Sub(v.began), Integration: v.integration, Sent: v.sent,
		})
	}
	v.logAccess(ended)
}
