package httpapi

import (
	"net/url"
	"regexp"
	"sync"

	"sluice/internal/executeapi"
)

const maxTTL = 3600

// CreateAuthorizer adds an authorizer.
func (d *Definition) CreateAuthorizer(z Authorizer) (*Authorizer, error) {
	if len(d.Authorizers) >= maxAuthorizers {
		return nil, tooMany("Authorizers", maxAuthorizers)
	}
	z.ID = executeapi.NewID(executeapi.ShortID)
	if err := d.checkAuthorizer(&z); err != nil {
		return nil, err
	}
	put(&d.Authorizers, z.ID, &z)
	return &z, nil
}

// identitySource is what identifies a caller.
var identitySource = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\$(?:request\.(?:header|querystring)\.\S+|context\.[A-Za-z0-9_.]+|stageVariables\.[A-Za-z0-9_]+)$`)
})

func (d *Definition) checkAuthorizer(z *Authorizer) error {
	if z.Name == "" {
		return bad("Authorizer name cannot be empty")
	}
	for _, other := range d.Authorizers {
		if other.ID != z.ID && other.Name == z.Name {
			return taken("Authorizer name must be unique. Authorizer %s already exists in this API.", z.Name)
		}
	}
	for _, source := range z.Identity {
		if !identitySource().MatchString(source) {
			return bad("Invalid identity source specified: %s", source)
		}
	}
	switch z.Type {
	case RequestAuthorizer:
		return z.checkRequest()
	case JWTAuthorizer:
		return z.checkJWT()
	}
	return bad("Invalid authorizer type specified: %s", z.Type)
}

func (z *Authorizer) checkRequest() error {
	switch {
	case !checkFunction(z.URI):
		return bad("Invalid Authorizer URI: %s. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.", z.URI)
	case z.Format == "":
		return bad("AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer")
	case z.Format != Format1 && z.Format != Format2:
		return bad("Invalid authorizer payload format version specified: %s. It has to be 1.0 or 2.0", z.Format)
	case z.Simple && z.Format != Format2:
		return bad("Simple responses need the authorizer payload format version 2.0")
	case z.TTL != nil && (*z.TTL < 0 || *z.TTL > maxTTL):
		return bad("Authorizer result TTL must be between 0 and %d seconds", maxTTL)
	case z.TTL != nil && *z.TTL > 0 && len(z.Identity) == 0:
		return bad("An authorizer whose decisions are remembered needs an identity source")
	}
	return nil
}

func (z *Authorizer) checkJWT() error {
	issuer, err := url.Parse(z.Issuer)
	switch {
	case err != nil || issuer.Scheme != "https" && issuer.Scheme != "http" || issuer.Host == "":
		return bad("Invalid issuer: %s. Issuer must be a valid URL", z.Issuer)
	case len(z.Audience) == 0:
		return bad("Audience is required for authorizers of type JWT")
	case len(z.Identity) != 1:
		return bad("An authorizer of type JWT needs one identity source, such as $request.header.Authorization")
	}
	return nil
}

// Authorizer returns an authorizer.
func (d *Definition) Authorizer(id string) (*Authorizer, error) {
	return one(d.Authorizers, id, "Authorizer")
}

// SortedAuthorizers lists the authorizers by ID.
func (d *Definition) SortedAuthorizers() []*Authorizer { return sorted(d.Authorizers) }

// UpdateAuthorizer changes an authorizer.
func (d *Definition) UpdateAuthorizer(id string, change func(*Authorizer)) (*Authorizer, error) {
	z, err := d.Authorizer(id)
	if err != nil {
		return nil, err
	}
	change(z)
	return z, d.checkAuthorizer(z)
}

// DeleteAuthorizer deletes an authorizer that no route uses.
func (d *Definition) DeleteAuthorizer(id string) error {
	if _, err := d.Authorizer(id); err != nil {
		return err
	}
	for _, r := range d.SortedRoutes() {
		if r.AuthorizerID == id {
			return taken("Cannot delete authorizer '%s', is referenced in route: %s", id, r.Key)
		}
	}
	delete(d.Authorizers, id)
	return nil
}
