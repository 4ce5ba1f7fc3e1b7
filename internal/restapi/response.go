package restapi

// GatewayResponse is what a client gets that no integration answers.
type GatewayResponse struct {
	Type string // such as MISSING_AUTHENTICATION_TOKEN
	// Status is empty if the default's holds.
	Status string `json:",omitempty"`
	// Parameters are headers: gatewayresponse.header.X from 'text', method.request.header.Y, context.Z ...
	Parameters map[string]string
	Templates  map[string]string // by content type; they know $context, $stageVariables and method.request.*
	// Default is set for one that nobody changed.
	Default bool `json:"-"`
}

// responseKinds are the types with the statuses of their defaults, in the order in which AWS lists them (its page "Gateway
// response types for API Gateway").
var responseKinds = []struct{ kind, status string }{
	{"REQUEST_TOO_LARGE", "413"}, {"RESOURCE_NOT_FOUND", "404"}, {"AUTHORIZER_CONFIGURATION_ERROR", "500"},
	{"MISSING_AUTHENTICATION_TOKEN", "403"}, {"BAD_REQUEST_BODY", "400"}, {"INVALID_SIGNATURE", "403"}, {"INVALID_API_KEY", "403"},
	{"BAD_REQUEST_PARAMETERS", "400"}, {"AUTHORIZER_FAILURE", "500"}, {"UNAUTHORIZED", "401"}, {"INTEGRATION_TIMEOUT", "504"},
	{"ACCESS_DENIED", "403"}, {"DEFAULT_4XX", ""}, {"DEFAULT_5XX", ""}, {"WAF_FILTERED", "403"}, {"QUOTA_EXCEEDED", "429"},
	{"THROTTLED", "429"}, {"API_CONFIGURATION_ERROR", "500"}, {"UNSUPPORTED_MEDIA_TYPE", "415"}, {"INTEGRATION_FAILURE", "504"},
	{"EXPIRED_TOKEN", "403"},
}

// defaultTemplate is the template of a default response, for application/json.
const defaultTemplate = `{"message":$context.error.messageString}`

// DefaultResponse is what a type answers with that nobody changed; false if there is no such type.
func DefaultResponse(kind string) (*GatewayResponse, bool) {
	for _, each := range responseKinds {
		if each.kind == kind {
			return &GatewayResponse{
				Type: kind, Status: each.status, Default: true,
				Parameters: map[string]string{}, Templates: map[string]string{"application/json": defaultTemplate},
			}, true
		}
	}
	return nil, false
}

// Response is what an API answers with for a type: the changed one, or the default.
func (d *Definition) Response(kind string) (*GatewayResponse, bool) {
	if changed := d.Responses[kind]; changed != nil {
		return changed, true
	}
	return DefaultResponse(kind)
}
