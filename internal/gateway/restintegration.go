package gateway

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
func (v *restVisit) proxy() (*apiAnswer, *restRefusal) {
	i := v.route.ready().method.Integration
	if i.HTTPMethod != http.MethodPost { // recorded: test_lambda_aws_proxy_integration_non_post_method
		return nil, unreached
	}
	if refused := v.reach(i); refused != nil {
		return nil, refused
	}
	event, err := payload.NewProxyEvent(v.r, v.body, v.place()).Encode()
	if err != nil {
		return nil, unreached
	}
	if len(event) > function.MaxPayload {
		return nil, tooLongRequest
	}
	answer, err := v.invoke(v.route.target, event, timeLimit(i))
	if err != nil {
		return nil, v.callFailure(err)
	}
	if answer.Failed {
		return nil, malformed
	}
	read, err := payload.ReadProxyAnswer(answer.Payload, v.shown.binary.matches(v.r.Header.Get("Accept")))
	switch {
	case errors.Is(err, payload.ErrNotBase64):
		return nil, notConfigured
	case err != nil:
		return nil, malformed
	}
	return &apiAnswer{status: read.Status, header: read.Header, body: read.Body}, nil
}

// reserved are the headers of calls to functions that no mapping may set (recording test_apigateway_header_remapping_aws).
var reserved = []string{"authorization", "connection", "content-length", "expect", "proxy-authenticate", "te", "transfer-encoding"}

// overreaches reports whether the integration sets a header that is reserved.
func (v *restVisit) overreaches() bool {
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

// reach looks whether the integration leads to a function that API Gateway may call.
func (v *restVisit) reach(i *restapi.Integration) *restRefusal {
	if !v.route.reachable {
		return notConfigured
	}
	if i.Credentials != "" {
		return nil
	}
	allowed, err := v.mayInvoke(v.route.target, v.view.API.Account, v.source())
	switch {
	case err != nil:
		return v.callFailure(err)
	case !allowed:
		v.config.Logger.WarnContext(v.r.Context(), "API Gateway may not call the function: its resource policy has no statement for it",
			"request", v.id, "function", v.route.target.function.ARN(), "qualifier", v.route.target.qualifier, "source", v.source())
		return notConfigured
	}
	return nil
}

func timeLimit(i *restapi.Integration) time.Duration {
	limit := time.Duration(i.Timeout) * time.Millisecond
	if limit <= 0 {
		limit = restapi.MaxTimeout * time.Millisecond
	}
	return limit
}

// callFunction calls a function with a body that a template made.
func (v *restVisit) callFunction(body string) (*endpoint, *restRefusal) {
	i := v.route.method.Integration
	if refused := v.reach(i); refused != nil {
		return nil, refused
	}
	if body == "" {
		body = "{}"
	}
	if !json.Valid([]byte(body)) {
		return rejected("Could not parse request body into json: the text is not valid JSON"), nil
	}
	if len(body) > function.MaxPayload {
		return nil, tooLongRequest
	}
	if v.wantsEvent(i) {
		return v.submit(body)
	}
	answer, err := v.invoke(v.route.target, []byte(body), timeLimit(i))
	if err != nil {
		return nil, v.callFailure(err)
	}
	e := &endpoint{header: v.functionHeader(answer), body: string(answer.Payload)}
	if answer.Failed {
		e.selected = errorMessage(answer.Payload)
	}
	return e, nil
}

// rejected is what Lambda says of a body that it does not take: AWS maps that like any other answer.
func rejected(message string) *endpoint {
	body, _ := json.Marshal(map[string]string{"Type": "User", "message": message}) // texts: never fails
	return &endpoint{selected: "400", header: http.Header{"Content-Type": {"application/json"}, "X-Amzn-Errortype": {"InvalidRequestContentException"}}, body: string(body)}
}

func (v *restVisit) functionHeader(answer function.Answer) http.Header {
	header := http.Header{"Content-Type": {"application/json"}, "X-Amz-Executed-Version": {answer.Executed.String()}, "X-Amzn-Requestid": {v.id}}
	if answer.Failed {
		header.Set("X-Amz-Function-Error", "Unhandled")
	}
	return header
}

// errorMessage is what patterns are matched with; a failure without a message is still no success.
func errorMessage(payload []byte) string {
	var failure struct {
		Message string `json:"errorMessage"`
	}
	if json.Unmarshal(payload, &failure) != nil || failure.Message == "" {
		return " "
	}
	return failure.Message
}

// wantsEvent reports whether an integration asks for an event invocation, by the header X-Amz-Invocation-Type.
func (v *restVisit) wantsEvent(i *restapi.Integration) bool {
	expression, ok := i.Parameters["integration.request.header.X-Amz-Invocation-Type"]
	if !ok || v.config.Events == nil {
		return false
	}
	kind, _ := v.expressions(nil).value(expression)
	return kind == "Event"
}

// submit hands the body over as an event: nobody waits for the function.
func (v *restVisit) submit(body string) (*endpoint, *restRefusal) {
	err := v.config.Events.Submit(v.r.Context(), &function.Invocation{
		Function: v.route.target.function, Qualifier: v.route.target.qualifier,
		Call: function.Call{RequestID: v.id, Payload: []byte(body), TraceID: v.trace},
	})
	if err != nil {
		return nil, v.callFailure(err)
	}
	return &endpoint{header: headerOf("X-Amzn-Requestid", v.id)}, nil
}

// mockStatus finds the status in what a MOCK integration's template made, which AWS takes for JSON loosely.
var mockStatus = regexp.MustCompile(`["']?statusCode["']?\s*:\s*["']?(\d{3})\b`)

// mock answers with the status that the request's template says, and without a body.
func (v *restVisit) mock(body string) (*endpoint, *restRefusal) {
	found := mockStatus.FindStringSubmatch(body)
	if found == nil {
		return nil, notConfigured
	}
	return &endpoint{selected: found[1], header: http.Header{}}, nil
}
