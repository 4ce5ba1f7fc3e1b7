package gateway

import (
	"sluice/internal/functionurl"
	"sluice/internal/gateway/route"
	"sluice/internal/httpapi"
)

// httpStage is a stage of an HTTP API as requests are served from it, made once of each httpapi.Shown. Nothing in
// it changes but what authorizers said lately.
type httpStage struct {
	*httpapi.Shown
	variables map[string]string // nil if there are none
	cors      *functionurl.CORS // nil: the API leaves it to its functions
	routes    route.Tree[*httpRoute]
	rest      *httpRoute // takes what no other does; nil if there is none
	verdicts  decisions[verdict]
	log       *accessFormat
}

// httpRoute is a route with what its requests need.
type httpRoute struct {
	*httpapi.Route
	path        string               // of the route, with variables in braces; empty for the default route
	integration *httpapi.Integration // nil if there is none
	target      target               // the function that it calls
	reachable   bool                 // whether there is one
	authorizer  *httpapi.Authorizer  // nil if the route needs none
}

// compileHTTPStage makes a stage of what is shown; see httpapi.Shown.Front.
func compileHTTPStage(shown *httpapi.Shown) any {
	d := shown.Deployment
	s := &httpStage{Shown: shown, cors: compileCORS(d.CORS)}
	if len(shown.Stage.Variables) > 0 {
		s.variables = shown.Stage.Variables
	}
	if log := shown.Stage.AccessLog; log != nil && log.Destination != "" && log.Format != "" {
		s.log = &accessFormat{log.Destination, log.Format}
	}
	for _, each := range d.Routes {
		method, path := httpapi.SplitKey(each.Key)
		r := &httpRoute{Route: each, path: path, integration: d.Integrations[each.Integration()], authorizer: d.Authorizers[each.AuthorizerID]}
		if r.integration != nil {
			r.target, r.reachable = s.function(r.integration.URI)
		}
		if each.Key == httpapi.DefaultKey {
			s.rest = r
		} else {
			s.routes.Add(method, path, r)
		}
	}
	return s
}

// function finds what a URI leads to, under the stage's variables.
func (s *httpStage) function(uri string) (target, bool) {
	name, ok := httpapi.FunctionOf(uri, s.variables)
	if !ok {
		return target{}, false
	}
	return parseTarget(name, s.API.Scope)
}

// compileCORS takes an API's configuration for that of a function URL: AWS describes both alike.
func compileCORS(c *httpapi.CORS) *functionurl.CORS {
	if c == nil {
		return nil
	}
	out := &functionurl.CORS{Credentials: c.Credentials, Headers: c.Headers, Methods: c.Methods, Origins: c.Origins, Expose: c.Expose}
	if c.MaxAge != nil {
		out.MaxAge = new(int(*c.MaxAge))
	}
	return out
}
