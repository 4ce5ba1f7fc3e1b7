package httpapi

// LambdaProxy is the only kind of integration that Sluice has: requests go to a function as events.
const LambdaProxy = "AWS_PROXY"

// The forms of events and answers.
const (
	Format1 = "1.0"
	Format2 = "2.0"
)

// Integration is what answers a route's requests.
type Integration struct {
	ID   string
	Type string // LambdaProxy
	// URI is the function: its ARN, or arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/ARN/invocations, with stage
	// variables such as ${stageVariables.alias} anywhere in it. FunctionOf reads it.
	URI         string
	Method      string // POST; kept
	Format      string // Format1 or Format2
	Timeout     int64  // milliseconds, 50 to 30000
	Description string `json:",omitempty"`
	// Credentials is the role that calls the function: with one, the function's resource policy has no say.
	Credentials string `json:",omitempty"`
	// Parameters change the request before it goes to the function, and Responses its answers, by status; see Mapping.
	Parameters map[string]string            `json:",omitempty"`
	Responses  map[string]map[string]string `json:",omitempty"`
	Managed    bool                         `json:",omitempty"` // made with the API by a target
}
