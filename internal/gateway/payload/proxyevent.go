package payload

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// ProxyEvent is what a function gets of a request in payload format 1.0: from REST APIs, and from HTTP APIs that ask for it.
// Where the text below does not say otherwise, what is empty is null.
type ProxyEvent struct {
	Version                         string              `json:"version,omitempty"` // 1.0 from HTTP APIs
	Resource                        string              `json:"resource"`          // the route's path, with variables in braces
	Path                            string              `json:"path"`
	HTTPMethod                      string              `json:"httpMethod"`
	Headers                         map[string]string   `json:"headers"` // the last value of each
	MultiValueHeaders               map[string][]string `json:"multiValueHeaders"`
	QueryStringParameters           map[string]string   `json:"queryStringParameters"` // the last value of each
	MultiValueQueryStringParameters map[string][]string `json:"multiValueQueryStringParameters"`
	PathParameters                  map[string]string   `json:"pathParameters"`
	StageVariables                  map[string]string   `json:"stageVariables"`
	RequestContext                  ProxyContext        `json:"requestContext"`
	Body                            *string             `json:"body"`
	IsBase64Encoded                 bool                `json:"isBase64Encoded"`
}

// ProxyContext is what an event of format 1.0 says of the request beside its content.
type ProxyContext struct {
	AccountID         string         `json:"accountId"` // the API's
	APIID             string         `json:"apiId"`
	Authorizer        map[string]any `json:"authorizer,omitempty"`
	DeploymentID      string         `json:"deploymentId,omitempty"`
	DomainName        string         `json:"domainName"`
	DomainPrefix      string         `json:"domainPrefix"`
	ExtendedRequestID string         `json:"extendedRequestId"`
	HTTPMethod        string         `json:"httpMethod"`
	Identity          Identity       `json:"identity"`
	OperationName     string         `json:"operationName,omitempty"`
	Path              string         `json:"path"` // with the stage
	Protocol          string         `json:"protocol"`
	RequestID         string         `json:"requestId"`
	RequestTime       string         `json:"requestTime"`      // such as 12/Mar/2020:19:03:58 +0000
	RequestTimeEpoch  int64          `json:"requestTimeEpoch"` // milliseconds since 1970
	ResourceID        string         `json:"resourceId"`
	ResourcePath      string         `json:"resourcePath"`
	Stage             string         `json:"stage"`
}

// Identity is who sent a request. What is not known is null; a key is missing where none was shown.
type Identity struct {
	AccessKey                     *string `json:"accessKey"`
	AccountID                     *string `json:"accountId"`
	APIKey                        string  `json:"apiKey,omitempty"`
	APIKeyID                      string  `json:"apiKeyId,omitempty"`
	Caller                        *string `json:"caller"`
	CognitoAuthenticationProvider *string `json:"cognitoAuthenticationProvider"`
	CognitoAuthenticationType     *string `json:"cognitoAuthenticationType"`
	CognitoIdentityID             *string `json:"cognitoIdentityId"`
	CognitoIdentityPoolID         *string `json:"cognitoIdentityPoolId"`
	PrincipalOrgID                *string `json:"principalOrgId"`
	SourceIP                      string  `json:"sourceIp"`
	User                          *string `json:"user"`
	UserAgent                     *string `json:"userAgent"`
	UserARN                       *string `json:"userArn"`
}

// Known fills in a caller who signed the request.
func (i *Identity) Known(who *IAM) {
	i.AccessKey, i.AccountID, i.Caller, i.User, i.UserARN = &who.AccessKey, &who.AccountID, &who.CallerID, &who.UserID, &who.UserARN
}

// ProxyPlace is what a request to an API does not say itself.
type ProxyPlace struct {
	Version        string // 1.0 for HTTP APIs; empty for REST APIs
	Resource       string
	ResourceID     string
	Stage          string
	Path           string // below the stage
	FullPath       string // as sent; with the stage, unless it is the one without a name
	Account        string // the API's
	APIID          string
	Deployment     string
	Domain         string
	Operation      string
	RequestID      string
	ExtendedID     string
	SourceIP       string
	Port           string // that was called; empty if nobody knows
	TraceID        string
	PathParameters map[string]string
	StageVariables map[string]string
	Binary         bool // whether the body is bytes, by the API's binary media types
	Identity       Identity
	Authorizer     map[string]any
	Now            time.Time
	// Spelled returns a header's name as its sender wrote it; nil: as Go does.
	Spelled func(name string) string
}

// NewProxyEvent describes a request whose whole body is body. Maps of the place are used, not copied.
func NewProxyEvent(r *http.Request, body []byte, at *ProxyPlace) *ProxyEvent {
	e := &ProxyEvent{
		Version: at.Version, Resource: at.Resource, Path: at.Path, HTTPMethod: r.Method,
		PathParameters: at.PathParameters, StageVariables: at.StageVariables,
		RequestContext: ProxyContext{
			AccountID: at.Account, APIID: at.APIID, Authorizer: at.Authorizer, DeploymentID: at.Deployment,
			DomainName: at.Domain, DomainPrefix: at.APIID, ExtendedRequestID: at.ExtendedID, HTTPMethod: r.Method,
			Identity: at.Identity, OperationName: at.Operation, Path: at.FullPath, Protocol: r.Proto,
			RequestID: at.RequestID, RequestTime: TimeOf(at.Now), RequestTimeEpoch: at.Now.UnixMilli(),
			ResourceID: at.ResourceID, ResourcePath: at.Resource, Stage: at.Stage,
		},
	}
	e.RequestContext.Identity.SourceIP = at.SourceIP
	if agent := r.UserAgent(); agent != "" {
		e.RequestContext.Identity.UserAgent = &agent
	}
	e.MultiValueHeaders = ProxyHeaders(r, at)
	e.Headers = lastOf(e.MultiValueHeaders)
	e.MultiValueQueryStringParameters = QueryValues(r.URL.RawQuery)
	e.QueryStringParameters = lastOf(e.MultiValueQueryStringParameters)
	e.setBody(body, at.Binary)
	return e
}

// setBody keeps text as it is; a body of bytes travels in base64.
func (e *ProxyEvent) setBody(body []byte, binary bool) {
	if len(body) == 0 {
		return
	}
	text := strings.ToValidUTF8(string(body), "\ufffd")
	if binary {
		text, e.IsBase64Encoded = base64.StdEncoding.EncodeToString(body), true
	}
	e.Body = &text
}

// Encode writes the event as JSON.
func (e *ProxyEvent) Encode() ([]byte, error) { return encodeEvent(e) }

// encodeEvent writes JSON as AWS does: <, > and & as they are.
func encodeEvent(event any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(event); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// spelledAlike are the headers whose names API Gateway always writes in the same way: those that it sets itself, and two more
// (recorded: test_lambda_aws_proxy_integration and test_lambda_aws_proxy_integration_request_data_mapping).
var spelledAlike = []string{"Authorization", "User-Agent", "X-Amzn-Trace-Id", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto"}

// withheld are the headers that REST APIs keep to themselves (recording test_apigateway_header_remapping_aws).
var withheld = []string{"Content-Md5", "Expect", "Max-Forwards", "Proxy-Authenticate", "Server", "Te", "Trailer", "Upgrade", "Www-Authenticate"}

// ProxyHeaders are a request's headers in format 1.0, with what AWS adds to them. Names are as their sender wrote them.
func ProxyHeaders(r *http.Request, at *ProxyPlace) map[string][]string {
	all := make(map[string][]string, len(r.Header)+5)
	named := namedBy(r.Header)
	for name, values := range r.Header {
		if ofConnection(name, named) || name == "Content-Length" || at.Version == "" && slices.Contains(withheld, name) {
			continue
		}
		if at.Spelled != nil && !slices.Contains(spelledAlike, name) {
			name = at.Spelled(name)
		}
		all[name] = values
	}
	all["Host"] = []string{r.Host}
	all["X-Forwarded-Proto"] = []string{scheme(r)}
	if at.Port != "" {
		all["X-Forwarded-Port"] = []string{at.Port}
	}
	if at.TraceID != "" {
		all["X-Amzn-Trace-Id"] = []string{at.TraceID}
	}
	from := at.SourceIP
	if before := r.Header.Get("X-Forwarded-For"); before != "" {
		from = before + ", " + from
	}
	all["X-Forwarded-For"] = []string{from}
	return all
}

func scheme(r *http.Request) string {
	if r.TLS != nil {
		return "https"
	}
	return "http"
}

// QueryValues reads a query string: all values of each name, in their order; nil if there are none.
func QueryValues(query string) map[string][]string {
	var all map[string][]string
	for pair := range strings.SplitSeq(query, "&") {
		if pair == "" {
			continue
		}
		if all == nil {
			all = map[string][]string{}
		}
		name, value, _ := strings.Cut(pair, "=")
		name = unescaped(name)
		all[name] = append(all[name], unescaped(value))
	}
	return all
}

// lastOf keeps the last value of each name.
func lastOf(all map[string][]string) map[string]string {
	if all == nil {
		return nil
	}
	last := make(map[string]string, len(all))
	for name, values := range all {
		last[name] = values[len(values)-1]
	}
	return last
}
