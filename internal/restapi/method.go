package restapi

// The kinds of authorization of a method.
const (
	AuthNone    = "NONE"
	AuthIAM     = "AWS_IAM"
	AuthCustom  = "CUSTOM"
	AuthCognito = "COGNITO_USER_POOLS"
	AuthJWT     = "JWT"
)

// AnyMethod is the HTTPMethod of a method that takes all that have none of their own.
const AnyMethod = "ANY"

// Method is what an API does with requests to one of its resources.
type Method struct {
	HTTPMethod    string   // in capitals, or ANY
	Authorization string   // AuthNone ...
	AuthorizerID  string   `json:",omitempty"`
	Scopes        []string `json:",omitempty"` // of tokens
	KeyRequired   bool     // whether a request needs an API key
	ValidatorID   string   `json:",omitempty"`
	OperationName string   `json:",omitempty"`
	// Parameters are those that a request may have, such as method.request.querystring.page, and whether it has to.
	// nil, here and in Models, was not given, which AWS shows apart from none.
	Parameters map[string]bool
	Models     map[string]string // the model's name by content type
	// Responses are by status, such as "200".
	Responses   map[string]*MethodResponse `json:",omitempty"`
	Integration *Integration               `json:",omitempty"`
}

// MethodResponse is what a method promises of answers with a status.
type MethodResponse struct {
	Status string
	// Parameters are headers of the answer, such as method.response.header.Location, and whether they are required (which
	// nobody checks). nil, here and in Models, was not given.
	Parameters map[string]bool
	Models     map[string]string
}
