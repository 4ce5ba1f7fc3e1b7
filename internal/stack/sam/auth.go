package sam

import (
	"errors"

	"sluice/internal/stack/sam/openapi"
)

// authFields are what the property Auth of a REST API may have.
var authFields = []string{
	"Authorizers", "DefaultAuthorizer", "InvokeRole", "AddDefaultAuthorizerToCorsPreflight", "AddApiKeyRequiredToCorsPreflight",
	"ApiKeyRequired", "ResourcePolicy", "UsagePlan",
}

// addAuth adds the API's security to its definition.
func (a *restBuild) addAuth() error {
	if !truthy(a.properties["Auth"]) {
		return nil
	}
	if a.body == nil {
		return invalidResource(a.id, "Auth works only with inline Swagger specified in 'DefinitionBody' property.")
	}
	if a.auth == nil || !onlyKeys(a.auth, authFields) {
		return invalidResource(a.id, "Invalid value for 'Auth' property")
	}
	if !openapi.Valid(a.body) {
		return invalidResource(a.id, "Unable to add Auth configuration because 'DefinitionBody' does not contain a valid Swagger definition.")
	}
	d, err := openapi.Open(a.body)
	if err != nil {
		return err
	}
	for _, step := range []func(*openapi.Document) error{a.addAuthorizers, a.requireKey, a.addPolicy} {
		if err := step(d); err != nil {
			return err
		}
	}
	a.body = d.Body()
	return openapi.Upgrade(a.body, a.properties["OpenApiVersion"])
}

func onlyKeys(m map[string]any, known []string) bool {
	for key := range m {
		if !containsText(known, key) {
			return false
		}
	}
	return true
}

func containsText(list []string, s string) bool {
	for _, item := range list {
		if item == s {
			return true
		}
	}
	return false
}

// addAuthorizers defines the API's authorizers, and gives the default one to all methods that have none.
func (a *restBuild) addAuthorizers(d *openapi.Document) error {
	authorizers, err := a.authorizers()
	if err != nil {
		return err
	}
	standard := a.auth["DefaultAuthorizer"]
	if standard == openapi.IAM {
		iam := &authorizer{name: openapi.IAM, iam: true, scopes: []any{}}
		authorizers = append([]*authorizer{iam}, authorizers...)
	}
	if len(authorizers) == 0 {
		return nil
	}
	definitions, names := openapi.NewDict(), []string{}
	for _, z := range inTableOrder(authorizers) {
		definition, err := a.definition(z)
		if err != nil {
			return err
		}
		definitions.Set(z.name, definition)
		names = append(names, z.name)
	}
	if err := d.AddAuthorizers(definitions); err != nil {
		return err
	}
	if !truthy(standard) {
		return nil
	}
	name, ok := standard.(string)
	if !ok {
		return invalidResource(a.id, "DefaultAuthorizer is not a string.")
	}
	var scopes any = []any{}
	if z := authorizerNamed(authorizers, name); z != nil {
		scopes = z.scopes
	} else if name != openapi.IAM {
		return invalidResource(a.id, "Unable to set DefaultAuthorizer because '%s' was not defined in 'Authorizers'.", name)
	}
	preflight, given := a.auth["AddDefaultAuthorizerToCorsPreflight"]
	return d.SetDefaultAuthorizer(name, names, scopes, !given || truthy(preflight))
}

func authorizerNamed(authorizers []*authorizer, name string) *authorizer {
	for _, z := range authorizers {
		if z.name == name {
			return z
		}
	}
	return nil
}

// inTableOrder returns authorizers as the reference implementation goes through them.
func inTableOrder(authorizers []*authorizer) []*authorizer {
	order := openapi.NewDict()
	for _, z := range authorizers {
		order.Set(z.name, nil)
	}
	out := make([]*authorizer, 0, len(authorizers))
	for _, name := range order.Keys() {
		for i := len(authorizers) - 1; i >= 0; i-- {
			if authorizers[i].name == name {
				out = append(out, authorizers[i])
				break
			}
		}
	}
	return out
}

func (a *restBuild) requireKey(d *openapi.Document) error {
	if !truthy(a.auth["ApiKeyRequired"]) {
		return nil
	}
	if err := d.DefineKey(); err != nil {
		return invalidTemplate("%s", errors.Unwrap(err))
	}
	preflight, given := a.auth["AddApiKeyRequiredToCorsPreflight"]
	return d.RequireKey(!given || truthy(preflight))
}

func (a *restBuild) addPolicy(d *openapi.Document) error {
	policy := a.auth["ResourcePolicy"]
	if !truthy(policy) {
		return nil
	}
	tree, ok := a.t.tree(policy).(*openapi.Dict)
	if !ok {
		return &openapi.Error{Message: "ResourcePolicy must be a map (ResourcePolicyStatement)."}
	}
	stage := a.t.tree(a.properties["StageName"])
	if a.id == impliedRESTID && a.t.apis.managed[a.id] {
		stage = openapi.Word("Prod")
	}
	for _, path := range d.Paths() {
		if err := d.AddPolicy(tree, path, stage); err != nil {
			return err
		}
	}
	if statements := tree.Get("CustomStatements"); openapi.Truth(statements) {
		return d.AddStatements(statements)
	}
	return nil
}
