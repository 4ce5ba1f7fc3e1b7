package httpapi

import "time"

// API is an HTTP API as it is being worked on. Its stages show deployments of it, not itself.
type API struct {
	ID                   ID
	Name                 string
	Description, Version string    `json:",omitempty"`
	Created              time.Time // to the microsecond, in UTC
	IPAddressType        string    // ipv4 or dualstack; kept
	DisableEndpoint      bool      `json:",omitempty"` // kept: the front answers all the same
	// KeySelection and RouteSelection are kept: HTTP APIs have one value for each.
	KeySelection, RouteSelection string            `json:",omitempty"`
	Tags                         map[string]string `json:",omitempty"`
	Definition
}

// Definition is what a deployment takes a snapshot of. Its parts are by ID.
type Definition struct {
	CORS         *CORS                   `json:",omitempty"`
	Routes       map[string]*Route       `json:",omitempty"`
	Integrations map[string]*Integration `json:",omitempty"`
	Authorizers  map[string]*Authorizer  `json:",omitempty"`
}

// What AWS shows of HTTP APIs that say nothing else.
const (
	KeySelection   = "$request.header.x-api-key"
	RouteSelection = "$request.method $request.path"
)

// CORS says what scripts of other origins may do with an API (AWS's page "Configure CORS for HTTP APIs in API Gateway"). A nil
// member was not given. The zero CORS allows nothing.
type CORS struct {
	Credentials *bool    `json:",omitempty"`
	Headers     []string `json:",omitempty"` // that a request may have; * means any
	Methods     []string `json:",omitempty"` // * means any
	// Origins are whole origins such as https://example.com; * means any, and https://* or http://* any of that scheme.
	Origins []string `json:",omitempty"`
	Expose  []string `json:",omitempty"` // headers of an answer that scripts may read
	MaxAge  *int64   `json:",omitempty"` // seconds for which a preflight's answer holds, -1 to 86400
}

// Limits of AWS's page "Quotas for configuring and running an HTTP API".
const (
	maxRoutes       = 300
	maxIntegrations = 300
	maxAuthorizers  = 10
	maxStages       = 10
	maxName         = 128
	maxRouteKey     = 2048 // AWS bounds the URL, to 10,240
	MaxTimeout      = 30_000
	minTimeout      = 50 // of Integration.Timeout, in milliseconds, as MaxTimeout
)
