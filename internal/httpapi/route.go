package httpapi

import (
	"regexp"
	"slices"
	"strings"
)

// DefaultKey is the key of the route that takes what no other does.
const DefaultKey = "$default"

// AnyMethod is the method of a route that takes all that have no route of their own.
const AnyMethod = "ANY"

// The kinds of authorization of a route.
const (
	AuthNone   = "NONE"
	AuthIAM    = "AWS_IAM"
	AuthCustom = "CUSTOM"
	AuthJWT    = "JWT"
)

// Route leads requests to an integration.
type Route struct {
	ID            string
	Key           string   // a method and a path, such as "GET /pets/{id}", or DefaultKey
	Target        string   `json:",omitempty"` // integrations/ID
	Authorization string   // AuthNone ...
	AuthorizerID  string   `json:",omitempty"`
	Scopes        []string `json:",omitempty"` // of which a token has to have one
	OperationName string   `json:",omitempty"` // kept
	Managed       bool     `json:",omitempty"` // made with the API by a target
}

const targetPrefix = "integrations/"

// Integration is the ID of the route's integration; empty if it has none.
func (r *Route) Integration() string { return strings.TrimPrefix(r.Target, targetPrefix) }

// SplitKey takes a route's key apart. The default route has neither method nor path.
func SplitKey(key string) (method, path string) {
	if key == DefaultKey {
		return "", ""
	}
	method, path, _ = strings.Cut(key, " ")
	return method, path
}

// methods are what a route's key may begin with.
var methods = []string{AnyMethod, "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}

// pathPart is what a segment of a route's path may be: a text, {variable} or {greedy+}.
var pathPart = regexp.MustCompile(`^(?:[A-Za-z0-9._~:@!$&'()*+,;=%-]*|\{[A-Za-z0-9._:-]+\+?\})$`)

// checkKey refuses a key that no route can have, in AWS's words.
func checkKey(key string) error {
	if key == DefaultKey {
		return nil
	}
	method, path, ok := strings.Cut(key, " ")
	if !ok || !slices.Contains(methods, method) || !strings.HasPrefix(path, "/") || strings.Contains(path, " ") || len(key) > maxRouteKey {
		return bad(`The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"`)
	}
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	names := map[string]bool{}
	for i, part := range parts {
		greedy := strings.HasSuffix(part, "+}")
		if !pathPart.MatchString(part) || greedy && i < len(parts)-1 {
			return bad("One or more path parts appear to be invalid")
		}
		if !strings.HasPrefix(part, "{") {
			continue
		}
		name := strings.TrimSuffix(strings.Trim(part, "{}"), "+")
		if names[name] {
			return bad("One or more path parts appear to be invalid: the variable %s is there twice", name)
		}
		names[name] = true
	}
	return nil
}

// shape is a key without the names of its variables: keys of one shape take the same requests.
func shape(key string) string {
	return variable.ReplaceAllStringFunc(key, func(part string) string {
		if strings.HasSuffix(part, "+}") {
			return "{+}"
		}
		return "{}"
	})
}

var variable = regexp.MustCompile(`\{[^}]*\}`)
