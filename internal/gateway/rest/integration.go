package rest

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/internal/function"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/payload"
	"sluice/internal/restapi"
)

// statusOf reads the status of a response. One that is no number, which no API has, is 200.
func statusOf(text string) int {
	if status, err := strconv.Atoi(text); err == nil && status >= 200 && status <= 599 {
		return status
	}
	return http.StatusOK
}

// proxy hands the request to a function as it is, and takes the function's answer for the whole answer.
func (v *visit) proxy() (*executeapi.Answer, *refusal) {
	if v.route.method.Integration.HTTPMethod != http.MethodPost { // recorded: test_lambda_aws_proxy_integration_non_post_method
		return nil, unreached
	}
	call := v.call()
	if failed := v.Reach(call); failed != nil {
		return nil, refusalOf(failed)
	}
	event, err := payload.NewProxyEvent(v.R, v.Body, v.place()).Encode()
	if err != nil {
		return nil, unreached
	}
	answer, failed := v.Invoke(call, event)
	if failed != nil {
		return nil, refusalOf(failed)
	}
	if answer.Failed {
		return nil, malformed
	}
	read, err := payload.ReadProxyAnswer(answer.Payload, v.shown.binary.matches(v.R.Header.Get("Accept")))
	switch {
	case errors.Is(err, payload.ErrNotBase64):
		return nil, notConfigured
	case err != nil:
		return nil, malformed
	}
	return &executeapi.Answer{Status: read.Status, Header: read.Header, Body: read.Body}, nil
}

// reserved are the headers of calls to functions that no mapping may set (recording test_apigateway_header_remapping_aws).
var reserved = []string{"authorization", "connection", "content-length", "expect", "proxy-authenticate", "te", "transfer-encoding"}

// overreaches reports whether the integration sets a header that is reserved.
func (v *visit) overreaches() bool {
	i := v.route.method.Integration
	if i.Type != restapi.AWSProxy && i.Type != restapi.AWSIntegration {
		return false
	}
	for name := range i.Parameters {
		if header, ok := strings.CutPrefix(name, "integration.request.header."); ok && slices.Contains(reserved, strings.ToLower(header)) {
			return true
		}
	}
	return false
}

// call is what the method's integration calls.
func (v *visit) call() *executeapi.Call {
	i := v.route.ready().method.Integration
	limit := time.Duration(i.Timeout) * time.Millisecond
	if limit <= 0 {
		limit = restapi.MaxTimeout * time.Millisecond
	}
	return &executeapi.Call{Target: v.route.target, Credentials: i.Credentials, Account: v.view.API.Account, Source: v.source(), Limit: limit}
}

// callFunction calls a function with a body that a template made.
func (v *visit) callFunction(body string) (*endpoint, *refusal) {
	call := v.call()
	if failed := v.Reach(call); failed != nil {
		return nil, refusalOf(failed)
	}
	if body == "" {
		body = "{}"
	}
	if !json.Valid([]byte(body)) {
		return rejected("Could not parse request body into json: the text is not valid JSON"), nil
	}
	if v.wantsEvent() {
		return v.submit([]byte(body))
	}
	answer, failed := v.Invoke(call, []byte(body))
	if failed != nil {
		return nil, refusalOf(failed)
	}
	e := &endpoint{header: v.functionHeader(answer), body: string(answer.Payload)}
	if answer.Failed {
		e.selected = executeapi.ErrorMessage(answer.Payload)
	}
	return e, nil
}

// rejected is what Lambda says of a body that it does not take: AWS maps that like any other answer.
func rejected(message string) *endpoint {
	body, _ := json.Marshal(map[string]string{"Type": "User", "message": message}) // texts: never fails
	return &endpoint{selected: "400", header: http.Header{"Content-Type": {"application/json"}, "X-Amzn-Errortype": {"InvalidRequestContentException"}}, body: string(body)}
}

func (v *visit) functionHeader(answer function.Answer) http.Header {
	header := http.Header{"Content-Type": {"application/json"}, "X-Amz-Executed-Version": {answer.Executed.String()}, "X-Amzn-Requestid": {v.ID}}
	if answer.Failed {
		header.Set("X-Amz-Function-Error", "Unhandled")
	}
	return header
}

// wantsEvent reports whether an integration asks for an event invocation, by the header X-Amz-Invocation-Type.
func (v *visit) wantsEvent() bool {
	expression, ok := v.route.method.Integration.Parameters["integration.request.header.X-Amz-Invocation-Type"]
	if !ok || v.front.config.Events == nil {
		return false
	}
	kind, _ := v.expressions(nil).value(expression)
	return kind == "Event"
}

// submit hands the body over as an event: nobody waits for the function.
func (v *visit) submit(body []byte) (*endpoint, *refusal) {
	if failed := executeapi.Fits(body); failed != nil {
		return nil, refusalOf(failed)
	}
	if failed := v.Submitted(v.front.config.Events.Submit(v.R.Context(), v.Invocation(v.route.target, body))); failed != nil {
		return nil, refusalOf(failed)
	}
	return &endpoint{header: headerOf("X-Amzn-Requestid", v.ID)}, nil
}

// headerOf makes a header of one name.
func headerOf(name, value string) http.Header { return http.Header{name: {value}} }

// mockStatus finds the status in what a MOCK integration's template made, which AWS takes for JSON loosely.
var mockStatus = regexp.MustCompile(`["']?statusCode["']?\s*:\s*["']?(\d{3})\b`)

// mock answers with the status that the request's template says, and without a body.
func (v *visit) mock(body string) (*endpoint, *refusal) {
	found := mockStatus.FindStringSubmatch(body)
	if found == nil {
		return nil, notConfigured
	}
	return &endpoint{selected: found[1], header: http.Header{}}, nil
}
