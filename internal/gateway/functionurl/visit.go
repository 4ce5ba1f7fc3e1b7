package functionurl

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/gateway/address"
	"sluice/internal/gateway/ingress"
	"sluice/internal/gateway/payload"
)

// visit is one request to a function URL.
type visit struct {
	*Config
	ingress.Exchange
	to    address.Destination
	id    string // of the request, and of the invocation that it becomes
	trace string
	url   *functionurl.Config

	caller *payload.IAM // who signed; nil if nobody had to
	status int          // of the answer
}

// serve takes the request through its steps, or returns why one of them refused it.
func (v *visit) serve() *refusal {
	if refused := v.find(); refused != nil {
		return refused
	}
	if v.preflight() {
		return nil
	}
	for _, step := range []func() *refusal{v.check, v.admit} {
		if refused := step(); refused != nil {
			return refused
		}
	}
	inv, refused := v.invocation()
	if refused != nil {
		return refused
	}
	if v.url.Mode == functionurl.Streamed {
		return v.stream(inv)
	}
	return v.answer(inv)
}

// find looks the URL up. The answers to a URL that never was and to one that is no more differ as they do on AWS
// (recorded: test_lambda_url_non_existing_url, test_lambda_url_persists_after_alias_delete).
func (v *visit) find() *refusal {
	c, known, err := v.URLs.Find(v.R.Context(), v.to.ID)
	switch {
	case err != nil:
		return v.failed(err)
	case !known || c != nil && v.to.Region != "" && v.to.Region != c.Function.Region:
		return nowhere
	case c == nil:
		return forbidden
	}
	v.url = c
	return nil
}

// preflight answers a browser that asks whether it may send a request, if the URL is set to answer it. The function is
// not asked.
func (v *visit) preflight() bool {
	if !ingress.Preflights(v.url.CORS, v.R) {
		return false
	}
	v.admitOrigin()
	v.Leave()
	v.W.Header().Set("Content-Length", "0")
	v.sendStatus(http.StatusOK)
	return true
}

// methods are what a function URL takes (AWS's page Cors, and OPTIONS).
var methods = []string{
	http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodHead, http.MethodOptions,
}

// check refuses what can't become an event.
func (v *visit) check() *refusal {
	if !slices.Contains(methods, v.R.Method) {
		return &refusal{status: http.StatusMethodNotAllowed, message: "A function URL does not take this method."}
	}
	if strings.EqualFold(v.R.Header.Get("Upgrade"), "websocket") {
		return &refusal{status: http.StatusBadRequest, message: "A function URL does not speak WebSocket."}
	}
	return nil
}

// invocation describes the request to the function.
func (v *visit) invocation() (*function.Invocation, *refusal) {
	at := payload.Place{
		Path: v.to.Path, APIID: v.url.ID, Domain: v.to.Host, Prefix: v.url.ID, RouteKey: "$default", Stage: "$default",
		RequestID: v.id, SourceIP: ingress.SourceIP(v.R), Port: v.Address.Port, TraceID: v.trace, Caller: v.caller, Now: time.Now(),
	}
	if at.Domain == "" {
		at.Domain = v.Address.URLHost(v.url)
	}
	event, err := payload.NewEvent(v.R, v.Body, at).Encode()
	if err != nil {
		return nil, v.broken(err)
	}
	if len(event) > function.MaxPayload {
		return nil, tooLarge
	}
	return &function.Invocation{
		Function: v.url.Function, Qualifier: v.url.Qualifier,
		Call: function.Call{RequestID: v.id, Payload: event, TraceID: v.trace},
	}, nil
}

// answer runs the function and sends its answer when it is complete.
func (v *visit) answer(inv *function.Invocation) *refusal {
	outcome, err := v.Functions.Invoke(v.R.Context(), inv)
	if err != nil {
		return v.failed(err)
	}
	if outcome.Failed {
		return badGateway
	}
	answer, err := payload.ReadAnswer(outcome.Payload)
	if err != nil {
		return badGateway
	}
	v.sendHead(answer, true)
	_, _ = v.W.Write(answer.Body) // a caller that has gone does not get its answer
	return nil
}

// sendHead sends what comes before an answer's body. whole says that the body is there as a whole.
func (v *visit) sendHead(answer *payload.Answer, whole bool) {
	header := v.W.Header()
	for name, values := range answer.Header {
		header[name] = values
	}
	v.admitOrigin()
	if whole && answer.Status != http.StatusNoContent && answer.Status != http.StatusNotModified {
		header.Set("Content-Length", fmt.Sprint(len(answer.Body)))
	}
	v.sendStatus(answer.Status)
}

// admitOrigin adds what a browser asks for. A function that sends such headers too ends up with both, as on AWS.
func (v *visit) admitOrigin() {
	if v.url != nil {
		ingress.AdmitOrigin(v.url.CORS, v.R, v.W.Header())
	}
}
