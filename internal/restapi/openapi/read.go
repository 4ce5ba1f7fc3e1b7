package openapi

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/fault"
	"sluice/internal/oas"
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
	root, err := oas.Parse(text)
	if err != nil {
		return nil, err
	}
	r := &reader{root: root, options: o, authorizers: map[string]string{}, validators: map[string]string{}}
	switch {
	case strings.HasPrefix(oas.TextAt(root, "openapi"), "3."):
		r.third = true
	case oas.TextAt(root, "swagger") == "2.0" || oas.TextAt(root, "swagger") == "2":
	default:
		return nil, oas.Errorf(": neither swagger 2.0 nor openapi 3 is named as its version")
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
		return oas.Errorf(".")
	}
	info := oas.ObjectAt(r.root, "info")
	r.made.Name, r.made.Description, r.made.Version = oas.TextAt(info, "title"), oas.TextAt(info, "description"), oas.TextAt(info, "version")
	r.readSettings()
	r.readModels()
	r.readValidators()
	r.readAuthorizers()
	r.readResponses()
	r.readPaths()
	r.readDocumentation()
	if r.errors != nil {
		return fault.Errorf(fault.Invalid, "request", "Errors found during import:\n\t%s", strings.Join(r.errors, "\n\t"))
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

func (r *reader) readSettings() {
	d := &r.made.Definition
	r.list(r.root, oas.Extension+"binary-media-types", "")
	d.BinaryMediaTypes = oas.TextsAt(r.root, oas.Extension+"binary-media-types")
	if text, there := r.root[oas.Extension+"minimum-compression-size"]; there {
		if size, err := strconv.ParseInt(oas.Scalar(text), 10, 64); err == nil {
			d.MinimumCompression = &size
		} else {
			r.mistyped(oas.Extension+"minimum-compression-size", "integer")
		}
	}
	if source := strings.ToUpper(oas.TextAt(r.root, oas.Extension+"api-key-source")); source != "" {
		d.KeySource = source
	}
	if policy, ok := r.root[oas.Extension+"policy"].(object); ok {
		d.Policy = oas.JSON(policy)
	} else if r.root[oas.Extension+"policy"] != nil {
		r.check(errNoObject, "Invalid policy document. Please check the policy syntax and ensure that Principals are valid.")
	}
	endpoint := r.object(r.root, oas.Extension+"endpoint-configuration", "")
	r.made.Endpoint.VPCEndpoints = oas.TextsAt(endpoint, "vpcEndpointIds")
	if types := oas.TextsAt(endpoint, "types"); len(types) > 0 {
		r.made.Endpoint.Type = types[0]
	}
	r.made.DisableEndpoint = oas.TruthAt(endpoint, "disableExecuteApiEndpoint")
}

func (r *reader) readValidators() {
	all := r.object(r.root, oas.Extension+"request-validators", "")
	for _, name := range slices.Sorted(maps.Keys(all)) {
		given := oas.ObjectAt(all, name)
		made, err := r.made.Definition.CreateValidator(restapi.RequestValidator{
			Name: name, Body: oas.TruthAt(given, "validateRequestBody"), Parameters: oas.TruthAt(given, "validateRequestParameters"),
		})
		if r.check(err, "Unable to create request validator '%s'", name) {
			r.validators[name] = made.ID
		}
	}
}

func (r *reader) readResponses() {
	all := r.object(r.root, oas.Extension+"gateway-responses", "")
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		given := oas.ObjectAt(all, kind)
		_, err := r.made.Definition.PutResponse(restapi.GatewayResponse{
			Type: kind, Status: oas.TextAt(given, "statusCode"),
			Parameters: oas.TableAt(given, "responseParameters"), Templates: oas.TableAt(given, "responseTemplates"),
		})
		r.check(err, "Unable to put gateway response '%s'", kind)
	}
}

func (r *reader) readPaths() {
	paths := oas.ObjectAt(r.root, "paths")
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
		httpMethod := oas.Method(key)
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
	base := oas.TextAt(r.root, "basePath")
	if r.third {
		base = oas.ServerPath(r.root)
	}
	return oas.Base(base, r.options.BasePath)
}

// resolve follows a reference within the document.
func (r *reader) resolve(value any) (object, bool) {
	found, why := oas.Resolve(r.root, value)
	if why != "" {
		r.warn("%s", why)
	}
	return found, found != nil
}
