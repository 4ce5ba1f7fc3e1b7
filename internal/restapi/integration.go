package restapi

import "sluice/internal/executeapi"

// The kinds of integration. HTTPIntegration and HTTPProxy can be configured and deployed; a request to one is refused: see Integration.Served.
const (
	MockIntegration = "MOCK"
	AWSIntegration  = "AWS"
	AWSProxy        = "AWS_PROXY"
	HTTPIntegration = "HTTP"
	HTTPProxy       = "HTTP_PROXY"
)

// What becomes of a body whose content type has no template.
const (
	PassWhenNoMatch     = "WHEN_NO_MATCH"
	PassWhenNoTemplates = "WHEN_NO_TEMPLATES"
	PassNever           = "NEVER"
)

// How a body is converted.
const (
	ToBinary = "CONVERT_TO_BINARY"
	ToText   = "CONVERT_TO_TEXT"
)

// Integration is what answers a method's requests.
type Integration struct {
	Type string
	// HTTPMethod is that of the call to the integration: POST for functions.
	HTTPMethod string `json:",omitempty"`
	// URI is arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations for a function, with stage variables
	// such as ${stageVariables.alias} anywhere in it. FunctionOf reads it.
	URI            string `json:",omitempty"`
	ConnectionType string `json:",omitempty"` // INTERNET; kept
	ConnectionID   string `json:",omitempty"` // kept
	// Credentials is the role that calls the function: with one, the function's resource policy has no say.
	Credentials string `json:",omitempty"`
	// Parameters say what each part of the integration's request is made from, such as integration.request.header.X from
	// method.request.querystring.x or 'text'. nil, here and in Templates, was not given.
	Parameters  map[string]string
	Templates   map[string]string // mapping templates by content type
	Passthrough string            // PassWhenNoMatch ...
	// ContentHandling is ToBinary, ToText or empty: as it comes.
	ContentHandling string `json:",omitempty"`
	Timeout         int64  // milliseconds, 50 to 29000
	CacheNamespace  string // kept
	// CacheKeys are kept.
	CacheKeys []string `json:",omitempty"`
	// Responses are by status.
	Responses map[string]*IntegrationResponse `json:",omitempty"`
	// Insecure and Transfer are kept; nil and empty were not given.
	Insecure *bool  `json:",omitempty"`
	Transfer string `json:",omitempty"`
}

// IntegrationResponse says what an answer becomes that matches a pattern.
type IntegrationResponse struct {
	Status string
	// Selection is a regular expression that matches the function's error message, or a mock's status. nil or empty is the
	// default response.
	Selection *string `json:",omitempty"`
	// Parameters make headers of the answer, such as method.response.header.X from integration.response.header.Y or 'text'.
	// nil, here and in Templates, was not given.
	Parameters map[string]string
	Templates  map[string]string // by content type
	// ContentHandling is ToBinary, ToText or empty.
	ContentHandling string `json:",omitempty"`
}

// Served reports whether requests to the integration are answered: those with Lambda functions and MOCK are. AWS has others, with
// addresses and with its other services.
func (i *Integration) Served() bool {
	switch i.Type {
	case MockIntegration:
		return true
	case AWSProxy, AWSIntegration:
		t, err := executeapi.ParseTarget(i.URI)
		return err == nil && t.Function() != ""
	}
	return false
}
