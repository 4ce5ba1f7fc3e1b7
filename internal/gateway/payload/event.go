package payload

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"time"
)

// Event is what a function gets of a request.
type Event struct {
	Version               string            `json:"version"` // 2.0
	RouteKey              string            `json:"routeKey"`
	RawPath               string            `json:"rawPath"` // see Place.HTTPAPI
	RawQueryString        string            `json:"rawQueryString"`
	Cookies               []string          `json:"cookies,omitempty"`
	Headers               map[string]string `json:"headers"` // names in lower case; several values joined by commas
	QueryStringParameters map[string]string `json:"queryStringParameters,omitempty"`
	RequestContext        Context           `json:"requestContext"`
	PathParameters        map[string]string `json:"pathParameters,omitempty"`
	StageVariables        map[string]string `json:"stageVariables,omitempty"`
	Body                  string            `json:"body,omitempty"`
	IsBase64Encoded       bool              `json:"isBase64Encoded"`
}

// Context is what an event says of the request beside its content.
type Context struct {
	AccountID string `json:"accountId"` // the caller's, or anonymous
	APIID     string `json:"apiId"`
	// Authentication is null for a caller who is known, and missing otherwise: nobody shows a certificate here.
	Authentication json.RawMessage `json:"authentication,omitempty"`
	Authorizer     *Authorizer     `json:"authorizer,omitempty"`
	DomainName     string          `json:"domainName"`
	DomainPrefix   string          `json:"domainPrefix"`
	HTTP           HTTP            `json:"http"`
	RequestID      string          `json:"requestId"`
	RouteKey       string          `json:"routeKey"`
	Stage          string          `json:"stage"`
	Time           string          `json:"time"`      // such as 12/Mar/2020:19:03:58 +0000
	TimeEpoch      int64           `json:"timeEpoch"` // milliseconds since 1970
}

// Authorizer is what is known of a caller: who signed the request, what a function said of him, or what his token says.
type Authorizer struct {
	IAM    *IAM            `json:"iam,omitempty"`
	Lambda json.RawMessage `json:"lambda,omitempty"` // an object, or null if the function said no more than yes
	JWT    *JWT            `json:"jwt,omitempty"`
}

// JWT is what a token says, all of it as texts.
type JWT struct {
	Claims map[string]string `json:"claims"`
	Scopes []string          `json:"scopes"` // those that the route asks for; null if it asks for none
}

// IAM is a caller. What Sluice does not know of one is null, as what AWS has nothing to say about.
type IAM struct {
	AccessKey       string  `json:"accessKey"`
	AccountID       string  `json:"accountId"`
	CallerID        string  `json:"callerId"`
	CognitoIdentity *string `json:"cognitoIdentity"`
	PrincipalOrgID  *string `json:"principalOrgId"`
	UserARN         string  `json:"userArn"`
	UserID          string  `json:"userId"`
}

// HTTP is a request's first line, and where it came from.
type HTTP struct {
	Method    string `json:"method"`
	Path      string `json:"path"` // without escapes
	Protocol  string `json:"protocol"`
	SourceIP  string `json:"sourceIp"`
	UserAgent string `json:"userAgent"`
}

// Place is what a request does not say itself.
type Place struct {
	Path string // below the address that was called, with the escapes that it was sent with; empty means /
	// HTTPAPI says that an HTTP API was called and no function URL: rawPath has no escapes, and the headers have no cookie
	// (captures of both in vokerhttp/testdata of github.com/hotsock/voker). The context's path never has escapes.
	HTTPAPI   bool
	APIID     string
	Domain    string // the host that was called, with its port if it has one: functions make links of it
	Prefix    string // the domain's first label
	RouteKey  string
	Stage     string
	RequestID string
	SourceIP  string
	Port      string // that was called; empty if nobody knows
	TraceID   string // of X-Amzn-Trace-Id, the caller's or a new one
	Caller    *IAM   // nil: nobody who is known
	Now       time.Time

	// What follows is of HTTP APIs alone.
	Account                        string      // the API's
	Authorizer                     *Authorizer // what is known of the caller; nil: nobody asked
	PathParameters, StageVariables map[string]string
}

// anonymous is the account of callers who did not sign.
const anonymous = "anonymous"

// timeLayout is how AWS writes a request's time.
const timeLayout = "02/Jan/2006:15:04:05 -0700"

// NewEvent describes a request whose whole body is body.
func NewEvent(r *http.Request, body []byte, at Place) *Event {
	raw, plain := at.paths()
	e := &Event{
		Version: "2.0", RouteKey: at.RouteKey, RawPath: raw, RawQueryString: r.URL.RawQuery,
		Cookies: cookies(r.Header), Headers: headers(r, len(body), &at), QueryStringParameters: parameters(r.URL.RawQuery),
		RequestContext: Context{
			AccountID: anonymous, APIID: at.APIID, DomainName: at.Domain, DomainPrefix: at.Prefix,
			HTTP: HTTP{
				Method: r.Method, Path: plain, Protocol: r.Proto, SourceIP: at.SourceIP, UserAgent: r.UserAgent(),
			},
			RequestID: at.RequestID, RouteKey: at.RouteKey, Stage: at.Stage,
			Time: TimeOf(at.Now), TimeEpoch: at.Now.UnixMilli(),
		},
	}
	if at.Caller != nil {
		e.RequestContext.AccountID = at.Caller.AccountID
		e.RequestContext.Authentication = json.RawMessage("null")
		e.RequestContext.Authorizer = &Authorizer{IAM: at.Caller}
	}
	if at.HTTPAPI {
		e.RequestContext.AccountID, e.RequestContext.Authorizer = at.Account, at.Authorizer
		e.PathParameters, e.StageVariables = at.PathParameters, at.StageVariables
	}
	e.setBody(body, r.Header)
	return e
}

// paths are rawPath and the path without escapes.
func (at *Place) paths() (raw, plain string) {
	raw = cmp.Or(at.Path, "/")
	plain, err := url.PathUnescape(raw)
	if err != nil {
		plain = raw
	}
	if at.HTTPAPI {
		raw = plain
	}
	return raw, plain
}

// setBody keeps text as it is; everything else travels in base64.
func (e *Event) setBody(body []byte, header http.Header) {
	if len(body) == 0 {
		return
	}
	if isText(header, body) {
		e.Body = string(body)
		return
	}
	e.Body, e.IsBase64Encoded = base64.StdEncoding.EncodeToString(body), true
}

// Encode writes the event as JSON.
func (e *Event) Encode() ([]byte, error) { return encodeEvent(e) }
