package openapi

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/restapi"
)

// Options say how a document is read.
type Options struct {
	API string // the ID of the API, which models refer to each other by
	// BasePath is what becomes of the document's base path: ignore (also if empty), prepend or split.
	BasePath string
}

// Document is what was read.
type Document struct {
	Name, Description, Version string
	Endpoint                   restapi.Endpoint
	DisableEndpoint            bool
	Definition                 restapi.Definition
	Warnings                   []string // what was left out
}

// Read reads a document.
// Errors: fault.Invalid "request", with all that is wrong in it.
func Read(text []byte, o Options) (*Document, error) {
	root, err := parse(text)
	if err != nil {
		return nil, err
	}
	r := &reader{root: root, options: o, authorizers: map[string]string{}, validators: map[string]string{}}
	switch {
	case strings.HasPrefix(textAt(root, "openapi"), "3."):
		r.third = true
	case textAt(root, "swagger") == "2.0" || textAt(root, "swagger") == "2":
	default:
		return nil, invalid("Invalid OpenAPI input: neither swagger 2.0 nor openapi 3 is named as its version")
	}
	if err := r.read(); err != nil {
		return nil, err
	}
	return &r.made, nil
}

// reader is a document on its way to a definition.
type reader struct {
	root    object
	third   bool // OpenAPI 3, else Swagger 2
	options Options
	made    Document
	errors  []string
	// authorizers and validators are the IDs of those, by the names that the document gives them.
	authorizers, validators map[string]string
}

func (r *reader) read() error {
	d := &r.made.Definition
	*d = restapi.NewDefinition()
	if !r.readable() {
		return invalid("Invalid OpenAPI input.")
	}
	info := objectAt(r.root, "info")
	r.made.Name, r.made.Description, r.made.Version = textAt(info, "title"), textAt(info, "description"), textAt(info, "version")
	r.readSettings()
	r.readModels()
	r.readValidators()
	r.readAuthorizers()
	r.readResponses()
	r.readPaths()
	if r.errors != nil {
		return invalid("Errors found during import:\n\t%s", strings.Join(r.errors, "\n\t"))
	}
	return nil
}

func (r *reader) warn(format string, args ...any) {
	if warning := fmt.Sprintf(format, args...); !slices.Contains(r.made.Warnings, warning) {
		r.made.Warnings = append(r.made.Warnings, warning)
	}
}

// maxErrors is how many errors are told of: more than a person's mistakes make, and an answer of bounded length.
const maxErrors = 100

// check notes an error, and reports whether there was none.
func (r *reader) check(err error, format string, args ...any) bool {
	if err != nil && len(r.errors) < maxErrors {
		r.errors = append(r.errors, fmt.Sprintf(format, args...)+": "+err.Error())
	}
	return err == nil
}

const extension = "x-amazon-apigateway-"

func (r *reader) readSettings() {
	d := &r.made.Definition
	r.list(r.root, extension+"binary-media-types", "")
	d.BinaryMediaTypes = textsAt(r.root, extension+"binary-media-types")
	if text, there := r.root[extension+"minimum-compression-size"]; there {
		if size, err := strconv.ParseInt(scalar(text), 10, 64); err == nil {
			d.MinimumCompression = &size
		} else {
			r.mistyped(extension+"minimum-compression-size", "integer")
		}
	}
	if source := strings.ToUpper(textAt(r.root, extension+"api-key-source")); source != "" {
		d.KeySource = source
	}
	if policy, ok := r.root[extension+"policy"].(object); ok {
		d.Policy = jsonOf(policy)
	} else if r.root[extension+"policy"] != nil {
		r.check(errNoObject, "Invalid policy document. Please check the policy syntax and ensure that Principals are valid.")
	}
	endpoint := r.object(r.root, extension+"endpoint-configuration", "")
	r.made.Endpoint.VPCEndpoints = textsAt(endpoint, "vpcEndpointIds")
	if types := textsAt(endpoint, "types"); len(types) > 0 {
		r.made.Endpoint.Type = types[0]
	}
	r.made.DisableEndpoint = truthAt(endpoint, "disableExecuteApiEndpoint")
}

func (r *reader) readValidators() {
	all := r.object(r.root, extension+"request-validators", "")
	for _, name := range slices.Sorted(maps.Keys(all)) {
		given := objectAt(all, name)
		made, err := r.made.Definition.CreateValidator(restapi.RequestValidator{
			Name: name, Body: truthAt(given, "validateRequestBody"), Parameters: truthAt(given, "validateRequestParameters"),
		})
		if r.check(err, "Unable to create request validator '%s'", name) {
			r.validators[name] = made.ID
		}
	}
}

func (r *reader) readResponses() {
	all := r.object(r.root, extension+"gateway-responses", "")
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		given := objectAt(all, kind)
		_, err := r.made.Definition.PutResponse(restapi.GatewayResponse{
			Type: kind, Status: textAt(given, "statusCode"),
			Parameters: tableAt(given, "responseParameters"), Templates: tableAt(given, "responseTemplates"),
		})
		r.check(err, "Unable to put gateway response '%s'", kind)
	}
}

// operations are the keys of a path that are methods, with the HTTP methods that they stand for.
var operations = map[string]string{
	"get": "GET", "put": "PUT", "post": "POST", "delete": "DELETE", "patch": "PATCH", "options": "OPTIONS", "head": "HEAD",
	extension + "any-method": restapi.AnyMethod,
}

func (r *reader) readPaths() {
	paths := objectAt(r.root, "paths")
	base := r.basePath()
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		where := "paths.'" + path + "'"
		item, ok := r.part(paths[path], where)
		if !ok {
			continue
		}
		if !strings.HasPrefix(path, "/") {
			r.warn("Parse issue: Resource %s should start with /", path)
		}
		full := strings.TrimSuffix(base, "/") + "/" + strings.Trim(path, "/")
		at, err := r.made.Definition.Ensure(full)
		if !r.check(err, "Unable to create resource at path '%s'", full) {
			continue
		}
		r.readOperations(at, item, where)
	}
}

func (r *reader) readOperations(at *restapi.Resource, item object, where string) {
	shared := r.list(item, "parameters", where)
	for _, key := range slices.Sorted(maps.Keys(item)) {
		httpMethod := operations[strings.ToLower(key)]
		if httpMethod == "" {
			if !strings.HasPrefix(key, "x-") && !slices.Contains(besides, key) {
				r.warn("Parse issue: attribute %s.%s is unexpected", where, key)
			}
			continue
		}
		if operation, ok := r.part(item[key], where+"("+key+")"); ok {
			r.readMethod(at, httpMethod, operation, shared, where+"("+key+")")
		}
	}
}

// besides are the keys of a path that are no operations.
var besides = []string{"parameters", "summary", "description", "servers"}

// basePath is what goes before all paths.
func (r *reader) basePath() string {
	base := textAt(r.root, "basePath")
	if r.third {
		base = r.serverPath()
	}
	switch strings.ToLower(r.options.BasePath) {
	case "prepend":
		return strings.TrimSuffix(base, "/")
	case "split":
		_, rest, _ := strings.Cut(strings.TrimPrefix(base, "/"), "/")
		return "/" + rest
	}
	return ""
}

// serverPath is the path of the first server's URL, with its variables' defaults. A variable basePath is the path whether the URL
// has it or not (AWS's page "Set the OpenAPI basePath property").
func (r *reader) serverPath() string {
	servers := listAt(r.root, "servers")
	if len(servers) == 0 {
		return ""
	}
	server, _ := servers[0].(object)
	if variable := objectAt(server, "variables", "basePath"); variable != nil {
		return "/" + strings.Trim(textAt(variable, "default"), "/")
	}
	url := textAt(server, "url")
	if _, rest, ok := strings.Cut(url, "://"); ok {
		_, url, _ = strings.Cut(rest, "/")
	}
	for name := range objectAt(server, "variables") {
		url = strings.ReplaceAll(url, "{"+name+"}", strings.Trim(textAt(objectAt(server, "variables", name), "default"), "/"))
	}
	return "/" + strings.Trim(url, "/")
}

var errNoReference = errors.New("there is no such part of the document")

// resolve follows a reference within the document.
func (r *reader) resolve(value any) (object, bool) {
	for range maxDepth {
		o, ok := value.(object)
		if !ok {
			return nil, false
		}
		reference, is := o["$ref"].(string)
		if !is {
			return o, true
		}
		target, err := r.lookup(reference)
		if err != nil {
			r.warn("Unable to resolve reference '%s'", reference)
			return nil, false
		}
		value = target
	}
	last, _ := value.(object)
	r.warn("Unable to resolve reference '%s': it leads to itself", textAt(last, "$ref"))
	return nil, false
}

func (r *reader) lookup(reference string) (any, error) {
	path, ok := strings.CutPrefix(reference, "#/")
	if !ok {
		return nil, errNoReference
	}
	var at any = r.root
	for part := range strings.SplitSeq(path, "/") {
		o, _ := at.(object)
		next, there := o[strings.ReplaceAll(strings.ReplaceAll(part, "~1", "/"), "~0", "~")]
		if !there {
			return nil, errNoReference
		}
		at = next
	}
	return at, nil
}
