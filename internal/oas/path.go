package oas

import "strings"

// Extension begins the keys that are API Gateway's own.
const Extension = "x-amazon-apigateway-"

// AnyMethod stands for all methods.
const AnyMethod = "ANY"

// methods are the keys of a path that are operations, with the HTTP methods that they stand for.
var methods = map[string]string{
	"get": "GET", "put": "PUT", "post": "POST", "delete": "DELETE", "patch": "PATCH", "options": "OPTIONS", "head": "HEAD",
	Extension + "any-method": AnyMethod,
}

// Method is the HTTP method, or AnyMethod, of a key of a path, whatever its case; empty for a key that is no operation.
func Method(key string) string { return methods[strings.ToLower(key)] }

// What becomes of a document's base path.
const (
	IgnoreBase  = "ignore"
	PrependBase = "prepend" // it goes before all paths
	SplitBase   = "split"   // all but its first part does
)

// Base is what goes before all paths of a document with this base path, without a slash at its end. Another wish than PrependBase
// and SplitBase, in any case, is IgnoreBase.
func Base(path, wish string) string {
	switch strings.ToLower(wish) {
	case PrependBase:
		return strings.TrimSuffix(path, "/")
	case SplitBase:
		_, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
		return strings.TrimSuffix("/"+rest, "/")
	}
	return ""
}

// ServerPath is the path of an OpenAPI 3 document's first server, with its variables' defaults; empty without servers. A variable
// basePath is the path whether the URL has it or not (AWS's page "Set the OpenAPI basePath property").
func ServerPath(root Object) string {
	servers := ListAt(root, "servers")
	if len(servers) == 0 {
		return ""
	}
	server, _ := servers[0].(Object)
	if variable := ObjectAt(server, "variables", "basePath"); variable != nil {
		return "/" + strings.Trim(TextAt(variable, "default"), "/")
	}
	url := TextAt(server, "url")
	if _, rest, ok := strings.Cut(url, "://"); ok {
		_, url, _ = strings.Cut(rest, "/")
	}
	for name := range ObjectAt(server, "variables") {
		url = strings.ReplaceAll(url, "{"+name+"}", strings.Trim(TextAt(ObjectAt(server, "variables", name), "default"), "/"))
	}
	return "/" + strings.Trim(url, "/")
}
