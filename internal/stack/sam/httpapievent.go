package sam

import (
	"errors"
	"maps"
	"regexp"
	"strings"

	"sluice/internal/stack/sam/openapi"
)

// httpAPIEvent is a route of an HTTP API that invokes the function.
var httpAPIEvent = eventKind{
	properties: []property{
		{name: "Path", is: text},
		{name: "Method", is: text},
		{name: "ApiId", is: text},
		{name: "Stage", is: text},
		{name: "Auth", is: object},
		{name: "TimeoutInMillis", is: integer},
		{name: "RouteSettings", is: object},
		{name: "PayloadFormatVersion", is: text},
	},
	link: func(t *transform, e *event) error {
		id, _ := apiID(e.properties["ApiId"]).(string)
		properties, _ := at(t.given[id], "Properties").(map[string]any)
		e.linked = &linkedAPI{id: id, properties: properties}
		return nil
	},
	expand: expandHTTPAPIEvent,
}

func expandHTTPAPIEvent(t *transform, e *event) ([]*resource, error) {
	m := methodEventOf(t, e.source, e.name, e.linked.(*linkedAPI))
	permission, err := m.routePermission(e)
	if err != nil {
		return nil, t.wrong(err)
	}
	var made []*resource
	if permission != nil {
		made = append(made, permission)
	}
	return made, t.wrong(m.addRoute(e))
}

// routePermission lets all stages of the API invoke the function for the route. It is needless if the function has the
// default route.
func (m *methodEvent) routePermission(e *event) (*resource, error) {
	id := m.api.id.(string)
	path := permissionPath(m.path)
	if body := m.t.apis.bodies[id]; body != nil || truthy(m.api.properties["DefinitionBody"]) {
		d, err := openapi.OpenHTTP(body)
		var wrong *openapi.Error
		if errors.As(err, &wrong) {
			return nil, invalidResource(id, "%s", invalidTemplate("%s", wrong.Message).text)
		}
		if path != defaultPath {
			if has, err := d.Invokes(defaultPath, anyMethod, e.target.id); has || err != nil {
				return nil, err
			}
		}
	}
	if path == defaultPath {
		path = ""
	}
	path = openapi.WildcardsHTTP(path)
	route := permissionMethod(m.method) + path
	if m.method == "any" && path == "/"+defaultPath {
		route = defaultPath
	}
	source := methodARN("${AWS::Partition}", route, e.properties["ApiId"])
	return e.permission(e.id, "", gatewayPrincipal, map[string]any{"SourceArn": source}), nil
}

var pathVariable = regexp.MustCompile(`{(.*?)}`)

// addRoute adds the route with its settings to the API's definition.
func (m *methodEvent) addRoute(e *event) error {
	id := m.api.id.(string)
	body := m.t.apis.bodies[id]
	if body == nil {
		return nil
	}
	d, err := openapi.OpenHTTP(body)
	if err != nil {
		return err
	}
	if m.t.apis.managed[id] {
		if there, err := d.HasIntegration(m.path, m.method); err != nil {
			return err
		} else if there {
			return invalidEvent(m.name, "API method '%s' defined multiple times for path '%s'.", m.method, m.path)
		}
	}
	condition, _ := e.target.attributes["Condition"].(string)
	if err := d.AddFunction(m.path, m.method, m.t.integrationURI(e, "${AWS::Partition}", false), condition); err != nil {
		return err
	}
	if len(m.auth) > 0 {
		if err := m.addRouteAuth(d, id); err != nil {
			return err
		}
	}
	if err := m.addRouteOptions(d); err != nil {
		return err
	}
	m.t.apis.bodies[id] = d.Body()
	return nil
}

func (m *methodEvent) addRouteOptions(d *openapi.HTTPDocument) error {
	if timeout := m.properties["TimeoutInMillis"]; truthy(timeout) {
		if err := d.SetTimeout(m.path, m.method, m.t.tree(timeout)); err != nil {
			return err
		}
	}
	var names []string
	for _, match := range pathVariable.FindAllStringSubmatch(m.path, -1) {
		names = append(names, match[1])
	}
	if err := d.AddPathParameters(m.path, m.method, names); err != nil {
		return err
	}
	if version := m.properties["PayloadFormatVersion"]; truthy(version) {
		return d.SetPayloadFormat(m.path, m.method, m.t.tree(version))
	}
	return nil
}

// addRouteAuth adds the event's security to its route.
func (m *methodEvent) addRouteAuth(d *openapi.HTTPDocument, api string) error {
	apiAuth := map[string]any{}
	if value, given := m.api.properties["Auth"]; given {
		if err := expect(api, "Auth", value, object); err != nil {
			return err
		}
		apiAuth = value.(map[string]any)
	}
	if !truthy(m.auth["Authorizer"]) {
		if !truthy(apiAuth["DefaultAuthorizer"]) {
			return invalidEvent(m.name, "'Auth' section requires either an explicit 'Authorizer' set or a 'DefaultAuthorizer' configured on the HttpApi.")
		}
		m.auth["Authorizer"] = apiAuth["DefaultAuthorizer"]
	}
	if err := m.checkRouteAuthorizer(apiAuth); err != nil {
		return err
	}
	if scopes := m.auth["AuthorizationScopes"]; truthy(scopes) && !is[[]any](scopes) {
		return invalidEvent(m.name, "Unable to set Authorizer on API method [%s] for path [%s] because 'AuthorizationScopes' must be a list of strings.", m.method, m.path)
	}
	return m.setRouteAuthorizer(d, apiAuth)
}

// checkRouteAuthorizer refuses an authorizer that the API does not define.
func (m *methodEvent) checkRouteAuthorizer(apiAuth map[string]any) error {
	authorizer := m.auth["Authorizer"]
	if authorizer == openapi.None {
		return m.checkNone(apiAuth)
	}
	if authorizer == openapi.IAM && apiAuth["EnableIamAuthorizer"] == true {
		return nil
	}
	name, isText := authorizer.(string)
	authorizers, isMap := apiAuth["Authorizers"].(map[string]any)
	switch {
	case !isText || !isMap && len(apiAuth) > 0:
		return m.wrongAuthorizer()
	case len(authorizers) == 0:
		return m.noAuthorizer("because the related API does not define any Authorizers.")
	case !truthy(authorizers[name]):
		return m.noAuthorizer("because it wasn't defined in the API's Authorizers.")
	}
	return nil
}

func (m *methodEvent) setRouteAuthorizer(d *openapi.HTTPDocument, apiAuth map[string]any) error {
	name := m.auth["Authorizer"].(string)
	var scopes any = []any{}
	if name != openapi.None && name != openapi.IAM {
		authorizers, _ := apiAuth["Authorizers"].(map[string]any)
		definition, ok := authorizers[name].(map[string]any)
		if !ok {
			return &openapi.Error{Message: "Type of authorizer '" + name + "' must be a dictionary"}
		}
		for _, list := range []any{m.auth["AuthorizationScopes"], definition["AuthorizationScopes"]} {
			if truthy(list) {
				scopes = m.t.tree(list)
				break
			}
		}
	}
	return d.SetAuthorizer(m.path, m.method, name, scopes)
}

// addRouteSettings passes an event's RouteSettings on to its API, under the function's condition.
func (t *transform) addRouteSettings(event, api, path, method string, settings, condition any) error {
	route := strings.ToUpper(method) + " " + path
	if method == anyMethod {
		route = path
	}
	properties, _ := at(t.given[api], "Properties").(map[string]any)
	all := map[string]any{}
	if value, given := properties["RouteSettings"]; given {
		if err := expect(api, "RouteSettings", value, object); err != nil {
			return err
		}
		all = value.(map[string]any)
	}
	if name, ok := condition.(string); ok && name != "" {
		settings = conditional(name, settings, nil)
	}
	if err := expectInEvent(event, "RouteSettings", settings, object); err != nil {
		return err
	}
	of, _ := all[route].(map[string]any)
	if of == nil {
		of = map[string]any{}
	}
	maps.Copy(of, settings.(map[string]any))
	all[route] = of
	properties["RouteSettings"] = all
	return nil
}
