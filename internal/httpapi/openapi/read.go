package openapi

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/httpapi"
)

// What becomes of a document's base path.
const (
	IgnoreBase  = "ignore"
	PrependBase = "prepend"
	SplitBase   = "split"
)

// Document is what was read.
type Document struct {
	httpapi.Creation
	Warnings []string // what was left out
}

// Read reads a document. base says what becomes of its base path: IgnoreBase (also if empty), PrependBase or SplitBase.
// Errors: fault.Invalid "request" and "unserved", with all that is wrong in it.
func Read(text, base string) (*Document, error) {
	root, err := parse(text)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(textAt(root, "openapi"), "3.0") {
		return nil, invalid("HTTP APIs are imported from OpenAPI 3.0; openapi is %q", textAt(root, "openapi"))
	}
	r := &reader{root: root, authorizers: map[string]string{}, integrations: map[string]string{}}
	return r.read(base)
}

// reader is a document on its way to an API.
type reader struct {
	root   object
	made   Document
	errors []string
	noun   string // of the first error
	// authorizers and integrations are the IDs of those that have a name in the document.
	authorizers, integrations map[string]string
}

const extension = "x-amazon-apigateway-"

func (r *reader) read(base string) (*Document, error) {
	info := objectAt(r.root, "info")
	c := &r.made.Creation
	c.Name, c.Description, c.Version = textAt(info, "title"), textAt(info, "description"), textAt(info, "version")
	c.Definition = &httpapi.Definition{CORS: r.readCORS()}
	r.readTags()
	for _, each := range listAt(r.root, "servers") {
		server, _ := each.(object)
		c.DisableEndpoint = c.DisableEndpoint || truthAt(objectAt(server, extension+"endpoint-configuration"), "disableExecuteApiEndpoint")
	}
	if c.Name == "" {
		r.check(invalid("info.title is missing"), "Unable to create the API")
	}
	r.readAuthorizers()
	r.readPaths(r.basePath(base))
	if r.errors != nil {
		return nil, fault.Errorf(fault.Invalid, r.noun, "Errors found during import:\n\t%s", strings.Join(r.errors, "\n\t"))
	}
	return &r.made, nil
}

func (r *reader) warn(format string, args ...any) {
	r.made.Warnings = append(r.made.Warnings, fmt.Sprintf(format, args...))
}

// check notes an error, and reports whether there was none.
func (r *reader) check(err error, format string, args ...any) bool {
	if err == nil {
		return true
	}
	if r.errors == nil {
		r.noun = fault.Of(err).Noun
	}
	r.errors = append(r.errors, fmt.Sprintf(format, args...)+": "+err.Error())
	return false
}

func (r *reader) readTags() {
	for _, each := range listAt(r.root, "tags") {
		tag, _ := each.(object)
		value, there := tag[extension+"tag-value"]
		if !there {
			continue
		}
		if r.made.Tags == nil {
			r.made.Tags = map[string]string{}
		}
		r.made.Tags[textAt(tag, "name")] = scalar(value)
	}
}

func (r *reader) readCORS() *httpapi.CORS {
	given, ok := r.root[extension+"cors"].(object)
	if !ok {
		return nil
	}
	c := &httpapi.CORS{
		Headers: textsAt(given, "allowHeaders"), Methods: textsAt(given, "allowMethods"), Origins: textsAt(given, "allowOrigins"), Expose: textsAt(given, "exposeHeaders"),
	}
	if _, ok := given["allowCredentials"]; ok {
		c.Credentials = new(truthAt(given, "allowCredentials"))
	}
	if seconds, err := strconv.ParseInt(textAt(given, "maxAge"), 10, 64); err == nil {
		c.MaxAge = &seconds
	}
	return c
}

// operations are the keys of a path that are methods, with the HTTP methods that they stand for.
var operations = map[string]string{
	"get": "GET", "put": "PUT", "post": "POST", "delete": "DELETE", "patch": "PATCH", "options": "OPTIONS", "head": "HEAD",
	extension + "any-method": httpapi.AnyMethod,
}

func (r *reader) readPaths(base string) {
	paths := objectAt(r.root, "paths")
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		item := r.resolve(paths[path])
		for _, key := range slices.Sorted(maps.Keys(item)) {
			if method := operations[strings.ToLower(key)]; method != "" {
				r.readRoute(method, base, path, objectAt(item, key))
			}
		}
	}
}

// readRoute reads an operation. The default route is at the path $default, or says so itself.
func (r *reader) readRoute(method, base, path string, operation object) {
	route := httpapi.Route{Key: method + " " + base + path, OperationName: textAt(operation, "operationId")}
	if strings.TrimPrefix(path, "/") == httpapi.DefaultKey || truthAt(operation, "isDefaultRoute") {
		route.Key = httpapi.DefaultKey
	}
	if id := r.readIntegration(operation, route.Key); id != "" {
		route.Target = "integrations/" + id
	}
	r.readSecurity(&route, operation)
	_, err := r.made.Definition.CreateRoute(route)
	r.check(err, "Unable to create route '%s'", route.Key)
}

// basePath is what goes before all paths.
func (r *reader) basePath(wanted string) string {
	base := r.serverPath()
	switch strings.ToLower(wanted) {
	case PrependBase:
		return strings.TrimSuffix(base, "/")
	case SplitBase:
		_, rest, _ := strings.Cut(strings.TrimPrefix(base, "/"), "/")
		return strings.TrimSuffix("/"+rest, "/")
	}
	return ""
}

// serverPath is the path of the first server's URL, with its variables' defaults.
func (r *reader) serverPath() string {
	servers := listAt(r.root, "servers")
	if len(servers) == 0 {
		return ""
	}
	server, _ := servers[0].(object)
	url := textAt(server, "url")
	if _, rest, ok := strings.Cut(url, "://"); ok {
		_, url, _ = strings.Cut(rest, "/")
	}
	for name := range objectAt(server, "variables") {
		url = strings.ReplaceAll(url, "{"+name+"}", strings.Trim(textAt(objectAt(server, "variables", name), "default"), "/"))
	}
	return "/" + strings.Trim(url, "/")
}

// resolve follows a reference within the document; nil if it leads nowhere.
func (r *reader) resolve(value any) object {
	o, _ := value.(object)
	for range maxDepth {
		reference := textAt(o, "$ref")
		if reference == "" {
			return o
		}
		path, _ := strings.CutPrefix(reference, "#/")
		o = r.root
		for part := range strings.SplitSeq(path, "/") {
			o = objectAt(o, strings.ReplaceAll(strings.ReplaceAll(part, "~1", "/"), "~0", "~"))
		}
		if o == nil {
			r.warn("Unable to resolve reference '%s'", reference)
		}
	}
	return nil
}
