package sam

import "sluice/internal/stack/sam/openapi"

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
