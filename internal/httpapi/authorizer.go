package httpapi

// The kinds of authorizer.
const (
	RequestAuthorizer = "REQUEST" // a function decides
	JWTAuthorizer     = "JWT"     // a token says who calls
)

// Authorizer decides who may call a route.
type Authorizer struct {
	ID   string
	Name string
	Type string // RequestAuthorizer or JWTAuthorizer
	// Identity are what identifies a caller, such as $request.header.Authorization. A request that lacks one is refused.
	Identity []string `json:",omitempty"`

	// URI is the function that decides, written as Integration.URI.
	URI         string `json:",omitempty"`
	Credentials string `json:",omitempty"`
	Format      string `json:",omitempty"` // Format1 or Format2
	// Simple says that the function's answer in Format2 is {"isAuthorized": ...} and no policy.
	Simple bool `json:",omitempty"`
	// TTL is for how many seconds a decision holds, 0 to 3600; nil was not given: 0.
	TTL *int64 `json:",omitempty"`

	// Issuer is who signs the tokens, as a URL, and Audience whom they are for.
	Issuer   string   `json:",omitempty"`
	Audience []string `json:",omitempty"`
}
