package restapi

import "time"

// API is a REST API as it is being worked on. Its stages show deployments of it, not itself.
type API struct {
	ID                   ID
	Name                 string
	Description, Version string
	Created              time.Time // to the microsecond, in UTC
	Endpoint             Endpoint
	DisableEndpoint      bool              // kept: the front answers all the same
	SecurityPolicy       string            `json:",omitempty"` // kept
	AccessMode           string            `json:",omitempty"` // kept
	Tags                 map[string]string `json:",omitempty"`
	Definition
}

// Endpoint says how an API is reached. All kinds are served at the same address here.
type Endpoint struct {
	Type          string   // EDGE, REGIONAL or PRIVATE
	IPAddressType string   // ipv4 or dualstack
	VPCEndpoints  []string `json:",omitempty"` // kept
}

// Definition is what a deployment takes a snapshot of.
type Definition struct {
	Settings
	Root      string               // the resource at "/"
	Resources map[string]*Resource // by ID
	Models    map[string]*Model    `json:",omitempty"` // by name
	// Validators and Authorizers are by ID.
	Validators  map[string]*RequestValidator `json:",omitempty"`
	Authorizers map[string]*Authorizer       `json:",omitempty"`
	// Responses are the gateway responses that were changed, by type; see DefaultResponse for the others.
	Responses map[string]*GatewayResponse `json:",omitempty"`
	// Documentation and DocumentationVersions are in the order in which they were made.
	Documentation         []DocumentationPart    `json:",omitempty"`
	DocumentationVersions []DocumentationVersion `json:",omitempty"`
}

// Settings are those of an API's members that need a deployment to take effect.
type Settings struct {
	// BinaryMediaTypes are those whose bodies are bytes; */* means all.
	BinaryMediaTypes []string `json:",omitempty"`
	// MinimumCompression is from how many bytes on a body is compressed; nil: never.
	MinimumCompression *int64 `json:",omitempty"`
	// KeySource is where a request's API key comes from: HEADER (x-api-key) or AUTHORIZER. A document may leave it open.
	KeySource string
	// Policy is the resource policy, as JSON text; empty is none.
	Policy string `json:",omitempty"`
}

// Limits of AWS's page "Amazon API Gateway quotas".
const (
	maxResources   = 300
	maxCompression = 10 << 20 // of Settings.MinimumCompression, in bytes
	MaxTimeout     = 29_000   // of Integration.Timeout, in milliseconds
	minTimeout     = 50
	maxStages      = 10
	maxModels      = 60
	maxSchema      = 400 << 10 // of a model, in bytes
	maxAuthorizers = 10
)
