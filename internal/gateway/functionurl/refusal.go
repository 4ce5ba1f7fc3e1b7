package functionurl

import (
	"encoding/json"
	"net/http"
	"strconv"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// refusal is an answer that no function gave.
type refusal struct {
	status  int
	kind    string // of X-Amzn-Errortype; empty: none
	key     string // of the message in the body; empty: Message
	message string // empty: null
	plain   string // a body that is no JSON
}

// The refusals that have one text. It is AWS's (recordings of TestLambdaURL and test_lambda_permission_url_invocation).
var (
	nowhere   = &refusal{status: http.StatusForbidden, kind: "AccessDeniedException"}
	forbidden = &refusal{status: http.StatusForbidden, kind: "AccessDeniedException",
		message: "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}
	badGateway  = &refusal{status: http.StatusBadGateway, plain: "Internal Server Error"}
	throttled   = &refusal{status: http.StatusTooManyRequests, kind: "TooManyRequestsException", message: "Rate Exceeded."}
	unavailable = &refusal{status: http.StatusServiceUnavailable, kind: "ServiceUnavailableException", message: "Service Unavailable"}
	tooLarge    = &refusal{status: http.StatusRequestEntityTooLarge, kind: "RequestEntityTooLargeException",
		message: "Request must be smaller than " + strconv.Itoa(function.MaxPayload) + " bytes for the InvokeFunction operation"}
)

// refuse sends a refusal.
func (v *visit) refuse(why *refusal) {
	header := v.W.Header()
	header.Set("Content-Type", "application/json")
	if why.kind != "" {
		header.Set("X-Amzn-Errortype", why.kind)
	}
	v.admitOrigin()
	v.Leave()
	body := why.body()
	header.Set("Content-Length", strconv.Itoa(len(body)))
	v.sendStatus(why.status)
	_, _ = v.W.Write(body) // a caller that has gone does not get its answer
}

func (why *refusal) body() []byte {
	if why.plain != "" {
		return []byte(why.plain)
	}
	key := why.key
	if key == "" {
		key = "Message"
	}
	var message *string
	if why.message != "" {
		message = &why.message
	}
	body, _ := json.Marshal(map[string]*string{key: message}) // a text: never fails
	return body
}

// failed words why a function could not be asked. A function that is not there any more is nobody's to call.
func (v *visit) failed(err error) *refusal {
	switch fault.Of(err).Kind {
	case fault.Throttled:
		return throttled
	case fault.NotFound, fault.Denied:
		return forbidden
	case fault.TooLarge:
		return tooLarge
	case fault.Unavailable:
		if fault.Is(err, fault.Unavailable, "runtime") {
			v.log(err)
			return badGateway
		}
		return unavailable
	default:
		return v.broken(err)
	}
}

// broken is the answer to a request that fails by the server's own fault.
func (v *visit) broken(err error) *refusal {
	v.log(err)
	return &refusal{status: http.StatusInternalServerError, kind: "ServiceException", message: "Internal Server Error"}
}

// log tells the operator, unless the caller left: whatever waited for his sake ends then with his context.
func (v *visit) log(err error) {
	if v.R.Context().Err() == nil {
		v.Logger.ErrorContext(v.R.Context(), "function URL failed", "request", v.id, "url", v.to.ID, "error", err)
	}
}
