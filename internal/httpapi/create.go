package httpapi

import (
	"context"
	"maps"
	"strings"

	"sluice/internal/executeapi"
	"sluice/internal/function"
)

// Creation asks for an API.
type Creation struct {
	Name, Description, Version   string
	IPAddressType                string // empty: ipv4
	DisableEndpoint              bool
	KeySelection, RouteSelection string // empty: AWS's
	CORS                         *CORS
	Tags                         map[string]string
	// Quick is what makes an API that works at once; nil: none.
	Quick *Quick
	// Definition is what an imported document says; nil is an empty one.
	Definition *Definition
}

// Quick asks for a route, an integration and a stage without a name that deploys each change.
type Quick struct {
	Key         string // of the route; empty: DefaultKey
	Target      string // as Integration.URI
	Credentials string // as Integration.Credentials
}

// Create makes an API.
// Errors: fault.Invalid "request" and "unserved".
func (s *Service) Create(ctx context.Context, scope function.Scope, c Creation) (*API, error) {
	a, err := c.api(scope)
	if err != nil {
		return nil, err
	}
	err = s.write(ctx, a.ID, func(tx Tx) error {
		if c.Quick == nil {
			return tx.PutHTTPAPI(a)
		}
		at := now()
		stage := &Stage{API: a.ID, Name: DefaultStage, AutoDeploy: true, Managed: true, Created: at, Updated: at}
		if err := tx.PutHTTPStage(stage); err != nil {
			return err
		}
		return putDeployed(tx, a)
	})
	return a, err
}

func (c *Creation) api(scope function.Scope) (*API, error) {
	a := &API{
		ID: ID{Scope: scope, API: executeapi.NewID(executeapi.LongID)}, Name: c.Name, Description: c.Description, Version: c.Version, Created: now(),
		IPAddressType: c.IPAddressType, DisableEndpoint: c.DisableEndpoint, KeySelection: c.KeySelection, RouteSelection: c.RouteSelection,
		Tags: maps.Clone(c.Tags),
	}
	if c.Definition != nil {
		a.Definition = *c.Definition
	}
	if c.CORS != nil {
		a.CORS = c.CORS
	}
	a.complete()
	if err := a.check(); err != nil {
		return nil, err
	}
	if c.Quick == nil {
		return a, nil
	}
	return a, a.quicken(*c.Quick)
}

// complete fills in what AWS shows if nobody says otherwise.
func (a *API) complete() {
	for _, each := range []struct {
		to    *string
		usual string
	}{{&a.IPAddressType, "ipv4"}, {&a.KeySelection, KeySelection}, {&a.RouteSelection, RouteSelection}} {
		if *each.to == "" {
			*each.to = each.usual
		}
	}
}

func (a *API) check() error {
	switch {
	case a.Name == "":
		return bad("API name must not be empty.")
	case len(a.Name) > maxName:
		return bad("API name is too long: at most %d characters are possible.", maxName)
	case a.RouteSelection != RouteSelection:
		return bad("Invalid routeSelectionExpression %q: HTTP APIs have %s", a.RouteSelection, RouteSelection)
	}
	if err := a.CORS.check(); err != nil {
		return err
	}
	return executeapi.CheckTags(a.Tags)
}

// quicken adds what a target asks for.
func (a *API) quicken(q Quick) error {
	if q.Key == "" {
		q.Key = DefaultKey
	}
	kind := LambdaProxy
	if strings.HasPrefix(q.Target, "http://") || strings.HasPrefix(q.Target, "https://") {
		kind = "HTTP_PROXY"
	}
	i, err := a.CreateIntegration(Integration{Type: kind, URI: q.Target, Credentials: q.Credentials, Format: Format2, Managed: true})
	if err != nil {
		return err
	}
	_, err = a.CreateRoute(Route{Key: q.Key, Target: targetPrefix + i.ID, Managed: true})
	return err
}

// Get returns an API.
// Errors: fault.NotFound "HTTP API".
func (s *Service) Get(ctx context.Context, id ID) (*API, error) {
	return read(ctx, s, func(r Reader) (*API, error) {
		a, err := r.HTTPAPI(id)
		return a, missing(err, noAPI(id))
	})
}

// List lists APIs by ID.
func (s *Service) List(ctx context.Context, scope function.Scope) ([]*API, error) {
	return read(ctx, s, func(r Reader) ([]*API, error) { return r.HTTPAPIs(scope) })
}

// Delete deletes an API with its deployments and stages.
// Errors: fault.NotFound "HTTP API".
func (s *Service) Delete(ctx context.Context, id ID) error {
	return s.write(ctx, id, func(tx Tx) error { return missing(tx.DeleteHTTPAPI(id), noAPI(id)) })
}
