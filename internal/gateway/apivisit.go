package gateway

import (
	"encoding/base64"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/gateway/payload"
	"sluice/internal/gateway/spelling"
	"sluice/internal/policy"
)

// maxAPIBody is how many bytes a request to an API may have (API Gateway's page of quotas).
const maxAPIBody = 10 << 20

// maxHeader is how many bytes the request line and the values of the headers may have together (API Gateway's pages of quotas, of
// either kind of API).
const maxHeader = 10_240

// headerSize is what maxHeader bounds.
func (v *apiVisit) headerSize() int {
	size := len(v.r.Method) + len(" ") + len(v.r.RequestURI) + len(" ") + len(v.r.Proto) + len(v.r.Host)
	for _, values := range v.r.Header {
		for _, value := range values {
			size += len(value)
		}
	}
	return size
}

// apiVisit is one request to an API, of either kind.
type apiVisit struct {
	*Gateway
	intake
	to       apiDestination
	began    time.Time
	id       string // of the request, and of the invocation that it becomes
	extended string // the longer one, which AWS's support asks for
	trace    string
	spelled  func(name string) string // how the sender wrote a header's name

	status      int           // of the answer
	sent        int           // bytes of its body
	integration time.Duration // what the integration took; 0 if it was not asked
}

// serveAPI answers one request to an API.
func (g *Gateway) serveAPI(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	v := &apiVisit{
		Gateway: g, intake: intake{w: w, r: r, limit: maxAPIBody, time: g.config.BodyTime},
		to: findAPI(r), began: began, id: uuid.NewString(), extended: newExtendedID(), trace: traceOf(r, began),
		spelled: spelling.Of(r),
	}
	if !v.serveHTTPAPI() {
		header := w.Header()
		header["X-Amzn-Requestid"] = []string{v.id}
		header["X-Amz-Apigw-Id"] = []string{v.extended}
		v.serveREST()
	}
}

// newExtendedID makes up the second identifier of a request.
func newExtendedID() string {
	var random [11]byte
	for i := range random {
		random[i] = byte(rand.Uint32())
	}
	return base64.URLEncoding.EncodeToString(random[:])
}

// domain is the host that the request came to, or would have if its client could resolve it.
func (v *apiVisit) domain(region string) string {
	if v.to.host != "" {
		return v.to.host
	}
	return v.config.Address.apiHost(v.to.id, region)
}

// apiAnswer is an answer that is ready to be sent.
type apiAnswer struct {
	status int
	header http.Header
	body   []byte
}

// send sends an answer.
func (v *apiVisit) send(a *apiAnswer) {
	header := v.w.Header()
	for name, values := range a.header {
		header[name] = values
	}
	v.leave()
	v.status, v.sent = a.status, len(a.body)
	if a.status != http.StatusNoContent && a.status != http.StatusNotModified {
		header.Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	v.w.WriteHeader(a.status)
	_, _ = v.w.Write(a.body) // a caller that has gone does not get its answer
}

// mayInvoke asks a function's resource policy whether API Gateway may call it for what an ARN names. An integration with
// credentials needs no such permission.
func (v *apiVisit) mayInvoke(t target, account, source string) (bool, error) {
	return v.config.Permissions.Allows(v.r.Context(), t.function, t.qualifier, policy.Request{
		Caller: "apigateway.amazonaws.com", Action: "lambda:InvokeFunction",
		Context: map[string]string{"aws:SourceArn": source, "aws:SourceAccount": account},
	})
}

// target is a function that an integration or an authorizer calls.
type target struct {
	function  function.ID
	qualifier string
}

// parseTarget reads a function's name or ARN, with a qualifier or without. A name alone is of the scope.
func parseTarget(text string, scope function.Scope) (t target, ok bool) {
	t.function.Scope = scope
	parts := strings.Split(text, ":")
	switch {
	case len(parts) >= 7 && parts[0] == "arn" && parts[2] == "lambda" && parts[5] == "function":
		t.function.Region, t.function.Account = parts[3], parts[4]
		parts = parts[6:]
	case len(parts) >= 3 && parts[1] == "function":
		t.function.Account = parts[0]
		parts = parts[2:]
	}
	t.function.Name = parts[0]
	if len(parts) == 2 {
		t.qualifier = parts[1]
	}
	return t, t.function.Name != "" && len(parts) <= 2
}

// invoke runs a function for a request that goes on for at most so long.
func (v *apiVisit) invoke(t target, event []byte, limit time.Duration) (function.Answer, error) {
	ctx, cancel := contextFor(v.r, limit)
	defer cancel()
	began := time.Now()
	answer, err := v.config.Functions.Invoke(ctx, &function.Invocation{
		Function: t.function, Qualifier: t.qualifier, Call: function.Call{RequestID: v.id, Payload: event, TraceID: v.trace},
	})
	v.integration += time.Since(began)
	if err != nil && ctx.Err() != nil && v.r.Context().Err() == nil {
		return answer, errTimeout
	}
	return answer, err
}

// errTimeout says that an integration did not answer in time.
var errTimeout = fault.Errorf(fault.Unavailable, "integration", "the integration did not answer in time")

// logFailure tells the operator what is not the caller's fault, unless the caller left.
func (v *apiVisit) logFailure(what string, err error) {
	if v.r.Context().Err() == nil {
		v.config.Logger.ErrorContext(v.r.Context(), what, "request", v.id, "api", v.to.id, "error", err)
	}
}

// identityOf describes who sent the request.
func identityOf(caller *payload.IAM, key, keyID string) payload.Identity {
	who := payload.Identity{APIKey: key, APIKeyID: keyID}
	if caller != nil {
		who.Known(caller)
	}
	return who
}
