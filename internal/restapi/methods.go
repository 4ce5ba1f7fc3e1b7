package restapi

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// httpMethods are those that a resource may have, in the order in which AWS lists them.
var httpMethods = []string{"GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", AnyMethod}

// Method returns a resource's method.
func (d *Definition) Method(resource, httpMethod string) (*Method, error) {
	r := d.Resources[resource]
	if r == nil {
		return nil, noResource()
	}
	m := r.Methods[httpMethod]
	if m == nil {
		return nil, absent("Method")
	}
	return m, nil
}

// PutMethod adds a method to a resource.
func (d *Definition) PutMethod(resource string, m Method) (*Method, error) {
	r := d.Resources[resource]
	if r == nil {
		return nil, noResource()
	}
	if !slices.Contains(httpMethods, m.HTTPMethod) {
		return nil, bad("Invalid HttpMethod specified. Valid options are %s", strings.Join(httpMethods, ","))
	}
	if r.Methods[m.HTTPMethod] != nil {
		return nil, taken("Method already exists for this resource")
	}
	m.Authorization = strings.ToUpper(m.Authorization)
	if err := d.checkMethod(&m); err != nil {
		return nil, err
	}
	if r.Methods == nil {
		r.Methods = map[string]*Method{}
	}
	r.Methods[m.HTTPMethod] = &m
	return &m, nil
}

var requestParameter = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^method\.request\.(header|path|querystring|multivalueheader|multivaluequerystring)\.[^.\s]\S*$`)
})

func (d *Definition) checkMethod(m *Method) error {
	seen := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(m.Parameters)) {
		if !requestParameter().MatchString(name) {
			return badExpression(name)
		}
		last := name[strings.LastIndex(name, ".")+1:]
		if seen[last] {
			return bad("Parameter names must be unique across querystring, header and path")
		}
		seen[last] = true
	}
	if err := d.checkAuthorization(m); err != nil {
		return err
	}
	if m.ValidatorID != "" && d.Validators[m.ValidatorID] == nil {
		return bad("Invalid Request Validator identifier specified")
	}
	return d.checkModels(m.Models)
}

func badExpression(expression string) error {
	return bad("Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: %s]", expression)
}

func (d *Definition) checkAuthorization(m *Method) error {
	switch m.Authorization {
	case AuthNone, AuthIAM, AuthJWT:
		if m.Authorization != AuthJWT {
			m.AuthorizerID = ""
		}
		return nil
	case AuthCustom, AuthCognito:
		if d.Authorizers[m.AuthorizerID] == nil {
			return bad("Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.")
		}
		return nil
	default:
		return bad("Invalid Authorization Type specified. Valid options are NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS")
	}
}

func (d *Definition) checkModels(models map[string]string) error {
	for _, kind := range slices.Sorted(maps.Keys(models)) {
		if name := models[kind]; d.Models[name] == nil && name != emptyModel {
			return bad("Invalid model identifier specified: %s", name)
		}
	}
	return nil
}

// UpdateMethod changes a method. An authorizer is dropped where the kind of authorization has no use for one.
func (d *Definition) UpdateMethod(resource, httpMethod string, patches []Patch) (*Method, error) {
	m, err := d.Method(resource, httpMethod)
	if err != nil {
		return nil, err
	}
	err = apply(patches, badPath,
		text("/authorizationType", replaced, &m.Authorization), text("/authorizerId", replaced, &m.AuthorizerID),
		flag("/apiKeyRequired", replaced, &m.KeyRequired), text("/operationName", replaced, &m.OperationName),
		text("/requestValidatorId", replaced, &m.ValidatorID),
		flags("/requestParameters", any3, &m.Parameters), entries("/requestModels", any3, &m.Models),
		field{"/authorizationScopes", addedOff, func(p *Patch, _ string) error {
			m.Scopes = slices.DeleteFunc(m.Scopes, func(s string) bool { return s == p.text() })
			if p.Op == "add" {
				m.Scopes = append(m.Scopes, p.text())
			}
			return nil
		}})
	if err != nil {
		return nil, err
	}
	return m, d.checkMethod(m)
}

// DeleteMethod deletes a method with its integration.
func (d *Definition) DeleteMethod(resource, httpMethod string) error {
	if _, err := d.Method(resource, httpMethod); err != nil {
		return err
	}
	delete(d.Resources[resource].Methods, httpMethod)
	return nil
}

// MethodResponse returns what a method promises of a status.
func (d *Definition) MethodResponse(resource, httpMethod, status string) (*MethodResponse, error) {
	m, err := d.Method(resource, httpMethod)
	if err != nil {
		return nil, err
	}
	if m.Responses[status] == nil {
		return nil, noStatus()
	}
	return m.Responses[status], nil
}

// PutMethodResponse adds a status to what a method promises.
func (d *Definition) PutMethodResponse(resource, httpMethod string, r MethodResponse) (*MethodResponse, error) {
	m, err := d.Method(resource, httpMethod)
	if err != nil {
		return nil, err
	}
	if m.Responses[r.Status] != nil {
		return nil, taken("Response already exists for this resource")
	}
	if err := d.checkMethodResponse(&r); err != nil {
		return nil, err
	}
	if m.Responses == nil {
		m.Responses = map[string]*MethodResponse{}
	}
	m.Responses[r.Status] = &r
	return &r, nil
}

func (d *Definition) checkMethodResponse(r *MethodResponse) error {
	for _, name := range slices.Sorted(maps.Keys(r.Parameters)) {
		if header, ok := strings.CutPrefix(name, "method.response.header."); !ok || header == "" {
			return badExpression(name)
		}
	}
	return d.checkModels(r.Models)
}

// UpdateMethodResponse changes what a method promises of a status.
func (d *Definition) UpdateMethodResponse(resource, httpMethod, status string, patches []Patch) (*MethodResponse, error) {
	r, err := d.MethodResponse(resource, httpMethod, status)
	if err != nil {
		return nil, err
	}
	parameters, models := flags("/responseParameters", any3, &r.Parameters), entries("/responseModels", any3, &r.Models)
	err = apply(patches, badPath,
		existing(parameters, func(name string) bool { return has(r.Parameters, name) }, noParameter),
		existing(models, func(kind string) bool { return has(r.Models, kind) }, noContentType))
	if err != nil {
		return nil, err
	}
	return r, d.checkMethodResponse(r)
}

// DeleteMethodResponse takes a status from what a method promises.
func (d *Definition) DeleteMethodResponse(resource, httpMethod, status string) error {
	if _, err := d.MethodResponse(resource, httpMethod, status); err != nil {
		return err
	}
	m, _ := d.Method(resource, httpMethod)
	delete(m.Responses, status)
	return nil
}
