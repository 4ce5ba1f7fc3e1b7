package openapi

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/httpapi"
	"sluice/internal/oas"
)

// Document is what was read.
type Document struct {
	httpapi.Creation
	Warnings []string // what was left out
}

// Read reads a document. base says what becomes of its base path: oas.IgnoreBase (also if empty), PrependBase or SplitBase.
// Errors: fault.Invalid "request" and "unserved", with all that is wrong in it.
func Read(text, base string) (*Document, error) {
	root, err := oas.Parse([]byte(text))
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(oas.TextAt(root, "openapi"), "3.0") {
		return nil, oas.Errorf(": HTTP APIs are imported from OpenAPI 3.0; openapi is %q", oas.TextAt(root, "openapi"))
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

func (r *reader) read(base string) (*Document, error) {
	info := oas.ObjectAt(r.root, "info")
	c := &r.made.Creation
	c.Name, c.Description, c.Version = oas.TextAt(info, "title"), oas.TextAt(info, "description"), oas.TextAt(info, "version")
	c.Definition = &httpapi.Definition{CORS: r.readCORS()}
	r.readTags()
	for _, each := range oas.ListAt(r.root, "servers") {
		server, _ := each.(object)
		c.DisableEndpoint = c.DisableEndpoint || oas.TruthAt(oas.ObjectAt(server, oas.Extension+"endpoint-configuration"), "disableExecuteApiEndpoint")
	}
	if c.Name == "" {
		r.check(oas.Errorf(": info.title is missing"), "Unable to create the API")
	}
	r.readAuthorizers()
	r.readPaths(oas.Base(oas.ServerPath(r.root), base))
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
	for _, each := range oas.ListAt(r.root, "tags") {
		tag, _ := each.(object)
		value, there := tag[oas.Extension+"tag-value"]
		if !there {
			continue
		}
		if r.made.Tags == nil {
			r.made.Tags = map[string]string{}
		}
		r.made.Tags[oas.TextAt(tag, "name")] = oas.Scalar(value)
	}
}

func (r *reader) readCORS() *httpapi.CORS {
	given, ok := r.root[oas.Extension+"cors"].(object)
	if !ok {
		return nil
	}
	c := &httpapi.CORS{
		Headers: textsAt(given, "allowHeaders"), Methods: textsAt(given, "allowMethods"), Origins: textsAt(given, "allowOrigins"), Expose: textsAt(given, "exposeHeaders"),
	}
	if _, ok := given["allowCredentials"]; ok {
		c.Credentials = new(oas.TruthAt(given, "allowCredentials"))
	}
	if seconds, err := strconv.ParseInt(oas.TextAt(given, "maxAge"), 10, 64); err == nil {
		c.MaxAge = &seconds
	}
	return c
}

func (r *reader) readPaths(base string) {
	paths := oas.ObjectAt(r.root, "paths")
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		item := r.resolve(paths[path])
		for _, key := range slices.Sorted(maps.Keys(item)) {
			if method := oas.Method(key); method != "" {
				r.readRoute(method, base, path, oas.ObjectAt(item, key))
			}
		}
	}
}

// readRoute reads an operation. The default route is at the path $default, or says so itself.
func (r *reader) readRoute(method, base, path string, operation object) {
	route := httpapi.Route{Key: method + " " + base + path, OperationName: oas.TextAt(operation, "operationId")}
	if strings.TrimPrefix(path, "/") == httpapi.DefaultKey || oas.TruthAt(operation, "isDefaultRoute") {
		route.Key = httpapi.DefaultKey
	}
	if id := r.readIntegration(operation, route.Key); id != "" {
		route.Target = "integrations/" + id
	}
	r.readSecurity(&route, operation)
	_, err := r.made.Definition.CreateRoute(route)
	r.check(err, "Unable to create route '%s'", route.Key)
}

// resolve follows a reference within the document; nil if it leads nowhere.
func (r *reader) resolve(value any) object {
	found, why := oas.Resolve(r.root, value)
	if why != "" {
		r.warn("%s", why)
	}
	return found
}
