package restapi

// GatewayResponse is what a client gets that no integration answers.
type GatewayResponse struct {
	Type string // such as MISSING_AUTHENTICATION_TOKEN
	// Status is empty if the default's holds.
	Status string `json:",omitempty"`
	// Parameters are headers: gatewayresponse.header.X from 'text', method.request.header.Y, context.Z ...
	Parameters map[string]string `json:",omitempty"`
	Templates  map[string]string `json:",omitempty"` // by content type; they know $context, $stageVariables and method.request.*
	// Default is set for one that nobody changed.
	Default bool `json:"-"`
}
