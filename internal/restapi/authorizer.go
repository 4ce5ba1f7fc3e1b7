package restapi

// The kinds of authorizer.
const (
	TokenAuthorizer   = "TOKEN"
	RequestAuthorizer = "REQUEST"
	CognitoAuthorizer = "COGNITO_USER_POOLS"
	JWTAuthorizer     = "JWT"
)

// Authorizer decides who may call a method.
type Authorizer struct {
	ID   string
	Name string
	Type string // TokenAuthorizer ...
	// URI is the function that decides, written as Integration.URI.
	URI         string   `json:",omitempty"`
	Credentials string   `json:",omitempty"`
	Providers   []string `json:",omitempty"` // Cognito's user pools; kept
	AuthType    string   `json:",omitempty"` // kept: of OpenAPI documents
	// Identity names where the token is (method.request.header.Authorization), or for REQUEST what identifies a request,
	// separated by commas.
	Identity string `json:",omitempty"`
	// Expression is a regular expression that a token has to match before the function is asked.
	Expression string `json:",omitempty"`
	// TTL is for how many seconds a decision holds, 0 to 3600; nil was not given: 300, which
	// AWS does not show (recording test_apigateway_with_custom_authorization_method).
	TTL *int64 `json:",omitempty"`
}
