package restapi

import (
	"regexp"
	"slices"

	"sluice/internal/executeapi"
)

const maxTTL = 3600

// CreateAuthorizer adds an authorizer.
func (d *Definition) CreateAuthorizer(a Authorizer) (*Authorizer, error) {
	if err := a.check(); err != nil {
		return nil, err
	}
	if err := d.checkAuthorizerName(&a); err != nil {
		return nil, err
	}
	if len(d.Authorizers) >= maxAuthorizers {
		return nil, tooMany("authorizers", maxAuthorizers)
	}
	a.ID = executeapi.NewID(executeapi.ShortID)
	if d.Authorizers == nil {
		d.Authorizers = map[string]*Authorizer{}
	}
	d.Authorizers[a.ID] = &a
	return &a, nil
}

func (d *Definition) checkAuthorizerName(a *Authorizer) error {
	for id, other := range d.Authorizers {
		if id != a.ID && other.Name == a.Name {
			return bad("Authorizer name must be unique. Authorizer %s already exists in this RestApi.", a.Name)
		}
	}
	return nil
}

func (a *Authorizer) check() error {
	if a.Name == "" {
		return bad("Authorizer name cannot be empty")
	}
	if a.TTL != nil && (*a.TTL < 0 || *a.TTL > maxTTL) {
		return bad("Authorizer result TTL must be between 0 and %d seconds", maxTTL)
	}
	if _, err := regexp.Compile(a.Expression); err != nil {
		return bad("Invalid identity validation expression specified: %s", a.Expression)
	}
	if a.Type != TokenAuthorizer && a.Type != RequestAuthorizer {
		return nil
	}
	t, err := executeapi.ParseTarget(a.URI)
	if err != nil || t.Function() == "" {
		return bad("Invalid Authorizer URI: %s. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.", a.URI)
	}
	if a.Type == TokenAuthorizer && a.Identity == "" {
		return bad("Identity source is required for authorizers of type TOKEN")
	}
	return nil
}

// Authorizer returns an authorizer.
func (d *Definition) Authorizer(id string) (*Authorizer, error) {
	if d.Authorizers[id] == nil {
		return nil, absent("Authorizer")
	}
	return d.Authorizers[id], nil
}

// UpdateAuthorizer changes an authorizer.
func (d *Definition) UpdateAuthorizer(id string, patches []Patch) (*Authorizer, error) {
	a, err := d.Authorizer(id)
	if err != nil {
		return nil, err
	}
	err = apply(patches, listed,
		text("/name", replaced, &a.Name), text("/type", replaced, &a.Type), text("/authType", replaced, &a.AuthType),
		text("/authorizerUri", replaced, &a.URI), text("/authorizerCredentials", replaced, &a.Credentials),
		text("/identitySource", replaced, &a.Identity), text("/identityValidationExpression", replaced, &a.Expression),
		field{"/authorizerResultTtlInSeconds", replaced, func(p *Patch, _ string) error {
			ttl, err := p.number()
			a.TTL = &ttl
			return err
		}},
		field{"/providerARNs", addedOff, func(p *Patch, _ string) error {
			a.Providers = slices.DeleteFunc(a.Providers, func(s string) bool { return s == p.text() })
			if p.Op == "add" {
				a.Providers = append(a.Providers, p.text())
			}
			return nil
		}})
	if err != nil {
		return nil, err
	}
	if err := d.checkAuthorizerName(a); err != nil {
		return nil, err
	}
	return a, a.check()
}

// DeleteAuthorizer deletes an authorizer that no method uses.
func (d *Definition) DeleteAuthorizer(id string) error {
	if _, err := d.Authorizer(id); err != nil {
		return err
	}
	for _, r := range d.Sorted() {
		for _, m := range r.Methods {
			if m.AuthorizerID == id {
				return taken("Cannot delete authorizer '%s', is referenced in method: %s/%s", id, r.Path, m.HTTPMethod)
			}
		}
	}
	delete(d.Authorizers, id)
	return nil
}
