package httpapi

import (
	"context"
	"maps"
)

// Update changes an API: change gets it as it is. quick changes the route and the integration that were made with it; nil leaves
// them.
// Errors: fault.NotFound "HTTP API"; fault.Invalid "request" and "unserved".
func (s *Service) Update(ctx context.Context, id ID, quick *Quick, change func(*API)) (changed *API, err error) {
	err = s.write(ctx, id, func(tx Tx) error {
		a, err := tx.HTTPAPI(id)
		if err != nil {
			return missing(err, noAPI(id))
		}
		change(a)
		a.complete()
		if err := a.check(); err != nil {
			return err
		}
		if quick != nil {
			if err := a.requicken(*quick); err != nil {
				return err
			}
		}
		changed = a
		return putDeployed(tx, a)
	})
	return changed, err
}

// requicken changes what was made with the API by a target.
func (a *API) requicken(q Quick) error {
	for _, i := range a.Integrations {
		if !i.Managed {
			continue
		}
		err := a.changeQuick(i, q)
		if err != nil {
			return err
		}
		return nil
	}
	return bad("The target, the route key and the credentials can only be changed of an API that was created with a target.")
}

func (a *API) changeQuick(i *Integration, q Quick) error {
	if q.Target != "" || q.Credentials != "" {
		_, err := a.UpdateIntegration(i.ID, func(i *Integration) {
			if q.Target != "" {
				i.URI = q.Target
			}
			if q.Credentials != "" {
				i.Credentials = q.Credentials
			}
		})
		if err != nil {
			return err
		}
	}
	for _, r := range a.Routes {
		if r.Managed && q.Key != "" && r.Key != q.Key {
			_, err := a.UpdateRoute(r.ID, func(r *Route) { r.Key = q.Key })
			return err
		}
	}
	return nil
}

// Replace replaces an API's definition by an imported one, and its name, description and version by those of the document.
// Identifiers of routes that stay, of their integrations and of authorizers stay as well. Tags are added to the API's.
// Errors: fault.NotFound "HTTP API"; fault.Invalid "request".
func (s *Service) Replace(ctx context.Context, id ID, c Creation) (changed *API, err error) {
	err = s.write(ctx, id, func(tx Tx) error {
		a, err := tx.HTTPAPI(id)
		if err != nil {
			return missing(err, noAPI(id))
		}
		a.Name, a.Description, a.Version = c.Name, c.Description, c.Version
		before := a.Definition
		a.Definition = *c.Definition
		a.reidentify(&before)
		if a.Tags == nil {
			a.Tags = map[string]string{}
		}
		maps.Copy(a.Tags, c.Tags)
		if err := a.check(); err != nil {
			return err
		}
		changed = a
		return putDeployed(tx, a)
	})
	return changed, err
}

// reidentify gives routes and authorizers the identifiers that they had before.
func (d *Definition) reidentify(before *Definition) {
	authorizers := map[string]*Authorizer{}
	renamed := map[string]string{}
	for id, z := range d.Authorizers {
		for _, old := range before.Authorizers {
			if old.Name == z.Name {
				z.ID = old.ID
			}
		}
		renamed[id] = z.ID
		authorizers[z.ID] = z
	}
	routes := map[string]*Route{}
	for _, r := range d.Routes {
		for _, old := range before.Routes {
			if old.Key == r.Key {
				r.ID = old.ID
			}
		}
		if r.AuthorizerID != "" {
			r.AuthorizerID = renamed[r.AuthorizerID]
		}
		routes[r.ID] = r
	}
	d.Authorizers, d.Routes = authorizers, routes
}

// DeleteCORS takes an API's CORS configuration away.
// Errors: fault.NotFound "HTTP API".
func (s *Service) DeleteCORS(ctx context.Context, id ID) error {
	_, err := Edit(ctx, s, id, func(d *Definition) (struct{}, error) {
		d.CORS = nil
		return struct{}{}, nil
	})
	return err
}
