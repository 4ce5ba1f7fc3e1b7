package sam

import (
	"errors"

	"sluice/internal/stack/sam/openapi"
)

// credentials is as whom API Gateway invokes the function of a method whose callers sign: the role that method or API name,
// the caller if neither does, and nil for API Gateway itself.
func (m *methodEvent) credentials(apiAuth map[string]any) any {
	if m.auth["Authorizer"] != openapi.IAM && (apiAuth["DefaultAuthorizer"] != openapi.IAM || len(m.auth) > 0) {
		return nil
	}
	for _, auth := range []map[string]any{m.auth, apiAuth} {
		role, given := auth["InvokeRole"]
		switch {
		case role == "NONE" || given && !truthy(role):
			return nil
		case role == "CALLER_CREDENTIALS":
			return openapi.Word("arn:" + m.t.partition + ":iam::*:user/*")
		case given:
			return m.t.tree(role)
		}
	}
	return openapi.Word("arn:" + m.t.partition + ":iam::*:user/*")
}

// overrideAuth puts the event's security on a method that the template's definition has.
func (m *methodEvent) overrideAuth(api string) error {
	if !truthy(m.auth["Authorizer"]) && !truthy(m.auth["ApiKeyRequired"]) && !truthy(m.auth["ResourcePolicy"]) {
		return invalidEvent(m.name, "Must define one of: Authorizer, ApiKeyRequired or ResourcePolicy when using the OverrideApiAuth property.")
	}
	d, err := openapi.Open(m.t.apis.bodies[api])
	if err != nil {
		return err
	}
	if err := m.addAuth(d, api); err != nil {
		return err
	}
	m.t.apis.bodies[api] = d.Body()
	return nil
}

// addAuth adds the event's security to its method.
func (m *methodEvent) addAuth(d *openapi.Document, api string) error {
	apiAuth, _ := m.t.resolve(m.api.properties["Auth"]).(map[string]any)
	if err := m.checkAuthorizer(api, apiAuth); err != nil {
		return err
	}
	if err := m.checkScopes(); err != nil {
		return err
	}
	required, keyGiven := m.auth["ApiKeyRequired"]
	keyGiven = keyGiven && required != nil
	if keyGiven && !truthy(required) && !truthy(apiAuth["ApiKeyRequired"]) {
		return invalidEvent(m.name, "Unable to set ApiKeyRequired [False] on API method [%s] for path [%s] "+
			"because the related API does not specify any ApiKeyRequired.", m.method, m.path)
	}
	if err := m.setAuthorizer(d, apiAuth); err != nil {
		return err
	}
	if keyGiven {
		if err := d.SetKey(m.path, m.method, truthy(required)); err != nil {
			return err
		}
	}
	return m.addPolicy(d)
}

// checkAuthorizer refuses an authorizer that the API does not define.
func (m *methodEvent) checkAuthorizer(api string, apiAuth map[string]any) error {
	authorizer, authorizers := m.auth["Authorizer"], apiAuth["Authorizers"]
	if !truthy(authorizer) {
		return nil
	}
	if truthy(authorizers) {
		if err := expect(api, "Auth.Authorizers", authorizers, object); err != nil {
			return err
		}
	}
	switch authorizer {
	case openapi.IAM:
		return nil
	case openapi.None:
		return m.checkNone(apiAuth)
	}
	defined, _ := authorizers.(map[string]any)
	name, ok := authorizer.(string)
	switch {
	case len(defined) == 0:
		return m.noAuthorizer("because the related API does not define any Authorizers.")
	case !ok:
		return m.wrongAuthorizer()
	case !truthy(defined[name]):
		return m.noAuthorizer("because it wasn't defined in the API's Authorizers.")
	}
	return nil
}

func (m *methodEvent) noAuthorizer(why string) error {
	return invalidEvent(m.name, "Unable to set Authorizer [%s] on API method [%s] for path [%s] %s", str(m.auth["Authorizer"]), m.method, m.path, why)
}

func (m *methodEvent) wrongAuthorizer() error {
	return invalidEvent(m.name, "Unable to set Authorizer [%s] on API method [%s] for path [%s]. "+
		"The method authorizer must be a string with a corresponding dict entry in the api authorizer.", str(m.auth["Authorizer"]), m.method, m.path)
}

func (m *methodEvent) checkNone(apiAuth map[string]any) error {
	if truthy(apiAuth["DefaultAuthorizer"]) {
		return nil
	}
	return invalidEvent(m.name, "Unable to set Authorizer on API method [%s] for path [%s] because 'NONE' "+
		"is only a valid value when a DefaultAuthorizer on the API is specified.", m.method, m.path)
}

func (m *methodEvent) checkScopes() error {
	scopes := m.auth["AuthorizationScopes"]
	if !truthy(scopes) {
		return nil
	}
	if err := expectInEvent(m.name, "Auth.AuthorizationScopes", scopes, list); err != nil {
		return err
	}
	if !truthy(m.auth["Authorizer"]) {
		return invalidEvent(m.name, "AuthorizationScopes works only when Authorizer is set")
	}
	return nil
}

// setAuthorizer names the event's authorizer in its method. Scopes of the event come before those of the authorizer.
func (m *methodEvent) setAuthorizer(d *openapi.Document, apiAuth map[string]any) error {
	authorizer, ok := m.auth["Authorizer"].(string)
	if !ok || authorizer == "" {
		return nil
	}
	var scopes any
	if authorizers, _ := apiAuth["Authorizers"].(map[string]any); authorizer != openapi.None && authorizers[authorizer] != nil {
		definition, ok := authorizers[authorizer].(map[string]any)
		if !ok {
			return &openapi.Error{Message: "Type of authorizer '" + authorizer + "' must be a dictionary"}
		}
		scopes = definition["AuthorizationScopes"]
		if own := m.auth["AuthorizationScopes"]; own != nil {
			scopes = own
		}
	}
	return d.SetAuthorizer(m.path, m.method, authorizer, m.t.tree(scopes))
}

func (m *methodEvent) addPolicy(d *openapi.Document) error {
	policy := m.auth["ResourcePolicy"]
	if !truthy(policy) {
		return nil
	}
	if !is[map[string]any](policy) {
		return invalidResource(m.name, "Property 'Auth.ResourcePolicy' should be a map.")
	}
	tree := m.t.tree(policy).(*openapi.Dict)
	if err := d.AddPolicy(tree, m.path, m.stage); err != nil {
		return err
	}
	if statements := tree.Get("CustomStatements"); openapi.Truth(statements) {
		return d.AddStatements(statements)
	}
	return nil
}

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
