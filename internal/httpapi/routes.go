package httpapi

import (
	"maps"
	"slices"
	"strings"

	"sluice/internal/executeapi"
)

// CreateRoute adds a route. An empty Authorization is AuthNone.
func (d *Definition) CreateRoute(r Route) (*Route, error) {
	if len(d.Routes) >= maxRoutes {
		return nil, tooMany("Routes", maxRoutes)
	}
	r.ID = executeapi.NewID(executeapi.MiddleID)
	if err := d.checkRoute(&r); err != nil {
		return nil, err
	}
	put(&d.Routes, r.ID, &r)
	return &r, nil
}

// checkRoute fills in what was not given, and refuses what can't be served.
func (d *Definition) checkRoute(r *Route) error {
	if r.Authorization == "" {
		r.Authorization = AuthNone
	}
	if err := checkKey(r.Key); err != nil {
		return err
	}
	for _, other := range d.Routes {
		if other.ID == r.ID {
			continue
		}
		if other.Key == r.Key {
			return taken("Route with key %s already exists for this API", r.Key)
		}
		if shape(other.Key) == shape(r.Key) {
			return taken("Route with key %s takes the same requests as %s, which already exists for this API", r.Key, other.Key)
		}
	}
	if r.Target != "" {
		if id, ok := strings.CutPrefix(r.Target, targetPrefix); !ok || d.Integrations[id] == nil {
			return bad("Invalid target specified for the route: %s is no integration of this API", r.Target)
		}
	}
	return d.checkAuthorization(r)
}

// authorizerTypes are those of the authorizers that the kinds of authorization need.
var authorizerTypes = map[string]string{AuthCustom: RequestAuthorizer, AuthJWT: JWTAuthorizer}

func (d *Definition) checkAuthorization(r *Route) error {
	want, needed := authorizerTypes[r.Authorization]
	switch {
	case !slices.Contains([]string{AuthNone, AuthIAM, AuthCustom, AuthJWT}, r.Authorization):
		return bad("Invalid authorization type specified: %s", r.Authorization)
	case !needed:
		r.AuthorizerID = ""
		return nil
	case d.Authorizers[r.AuthorizerID] == nil:
		return bad("Invalid authorizer ID specified. Setting the authorization type to %s requires a valid authorizer.", r.Authorization)
	case d.Authorizers[r.AuthorizerID].Type != want:
		return bad("The authorization type %s requires an authorizer of type %s; %s is of type %s", r.Authorization, want, r.AuthorizerID, d.Authorizers[r.AuthorizerID].Type)
	}
	return nil
}

// Route returns a route.
func (d *Definition) Route(id string) (*Route, error) { return one(d.Routes, id, "Route") }

// SortedRoutes lists the routes by ID.
func (d *Definition) SortedRoutes() []*Route { return sorted(d.Routes) }

func sorted[T any](parts map[string]*T) (all []*T) {
	for _, id := range slices.Sorted(maps.Keys(parts)) {
		all = append(all, parts[id])
	}
	return all
}

// UpdateRoute changes a route.
func (d *Definition) UpdateRoute(id string, change func(*Route)) (*Route, error) {
	r, err := d.Route(id)
	if err != nil {
		return nil, err
	}
	change(r)
	return r, d.checkRoute(r)
}

// DeleteRoute deletes a route. Its integration stays.
func (d *Definition) DeleteRoute(id string) error {
	_, err := d.Route(id)
	delete(d.Routes, id)
	return err
}
