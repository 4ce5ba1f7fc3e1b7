package openapi

import (
	"fmt"
	"regexp"
)

// Error says what is wrong with a document, in the reference's words. It ends the whole transform.
type Error struct{ Message string }

func (e *Error) Error() string { return e.Message }

func errorf(format string, args ...any) error {
	return &Error{Message: fmt.Sprintf(format, args...)}
}

// Keys of documents that API Gateway adds to the specifications.
const (
	integrationKey  = "x-amazon-apigateway-integration"
	anyMethod       = "x-amazon-apigateway-any-method"
	responsesKey    = "x-amazon-apigateway-gateway-responses"
	policyKey       = "x-amazon-apigateway-policy"
	endpointKey     = "x-amazon-apigateway-endpoint-configuration"
	disableEndpoint = "disableExecuteApiEndpoint"
)

var version3 = regexp.MustCompile(`\A3(\.\d)(\.\d)?\n?\z`)

// Version3 tells whether the value names a version of OpenAPI 3.
func Version3(v any) bool {
	return version3.MatchString(Message(v))
}

// Valid tells whether a REST API's body is a document that can be edited: Swagger 2 or OpenAPI 3, with paths.
func Valid(v any) bool {
	d, ok := withPaths(v)
	return ok && (Truth(d.Get("swagger")) || Truth(d.Get("openapi")) && Version3(d.Get("openapi")))
}

// ValidHTTP tells whether an HTTP API's body is a document that can be edited: OpenAPI 3, with paths.
func ValidHTTP(v any) bool {
	d, ok := withPaths(v)
	return ok && Truth(d.Get("openapi")) && Version3(d.Get("openapi"))
}

func withPaths(v any) (*Dict, bool) {
	d, ok := v.(*Dict)
	if !ok {
		return nil, false
	}
	_, ok = d.Get("paths").(*Dict)
	return d, ok
}

// Document is a REST API's body under edit. What belongs to its ends (definitions, responses) is written by Body.
type Document struct {
	editor
	root      *Dict
	security  any // securityDefinitions
	responses any // x-amazon-apigateway-gateway-responses
	policy    any // x-amazon-apigateway-policy
	models    any // definitions
}

// Open begins to edit a REST API's body, in place.
func Open(body any) (*Document, error) {
	if !Valid(body) {
		return nil, errorf("Invalid Swagger document or the Swagger document is not explicitly defined in 'DefinitionBody'.")
	}
	root := body.(*Dict)
	d := &Document{root: root, editor: editor{root.Get("paths").(*Dict)}}
	d.settle()
	d.security = orDict(root.Get("securityDefinitions"))
	d.responses = orDict(root.Get(responsesKey))
	d.policy = orDict(root.Get(policyKey))
	d.models = NewDict()
	if root.Has("definitions") {
		d.models = root.Get("definitions")
	}
	for path, item := range d.paths.All() {
		if methods, ok := item.(*Dict); ok && !methods.Has("Fn::If") {
			continue
		}
		if _, err := branchesOfPath(item, path); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func orDict(v any) any {
	if Truth(v) {
		return v
	}
	return NewDict()
}

// Body returns the edited document.
func (d *Document) Body() *Dict {
	for _, end := range []struct {
		key   string
		value any
	}{{"securityDefinitions", d.security}, {responsesKey, d.responses}, {"definitions", d.models}} {
		if Truth(end.value) {
			d.root.Put(end.key, end.value)
		}
	}
	d.settle()
	return d.root
}

// settle does what a copy does to the order of keys. Paths that nobody looked at since the last time are left alone, which
// makes many edits of many paths bearable.
func (d *Document) settle() {
	d.root.settle()
	for i := range d.root.entries {
		if v := d.root.entries[i].value; v != any(d.paths) {
			settle(v)
		}
	}
	d.paths.settle()
	for i := range d.paths.entries {
		if item, ok := d.paths.entries[i].value.(*Dict); !ok {
			settle(d.paths.entries[i].value)
		} else if !item.calm {
			item.calm = settle(item)
		}
	}
}

// Skeleton returns the body of a REST API that has no paths yet.
func Skeleton() *Dict {
	info := NewDict().Put("version", Word("1.0")).Put("title", Ref(Word("AWS::StackName")))
	return NewDict().Put("swagger", Word("2.0")).Put("info", info).Put("paths", NewDict())
}

// Ref returns a reference to the id.
func Ref(id any) *Dict { return Listed().Put("Ref", id) }

// If returns the value under a condition, and nothing (AWS::NoValue) without it.
func If(condition, value any) *Dict {
	return Listed().Put("Fn::If", []any{condition, value, Ref(Word("AWS::NoValue"))})
}

// Sub returns a substitution in a text, with variables unless they are nil.
func Sub(text any, variables *Dict) *Dict {
	if variables == nil {
		return Listed().Put("Fn::Sub", text)
	}
	return Listed().Put("Fn::Sub", []any{text, variables})
}
