package httpapi

import (
	"sluice/internal/functionurl"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/route"
	"sluice/internal/httpapi"
)

// stage is a stage of an HTTP API as requests are served from it, made once of each httpapi.Shown. Nothing in
// it changes but what authorizers said lately.
type stage struct {
	*httpapi.Shown
	variables map[string]string // nil if there are none
	cors      *functionurl.CORS // nil: the API leaves it to its functions
	routes    route.Tree[*served]
	rest      *served // takes what no other does; nil if there is none
	verdicts  executeapi.Decisions[verdict]
	log       *executeapi.AccessFormat
}

// served is a route with what its requests need.
type served struct {
	*httpapi.Route
	path        string               // of the route, with variables in braces; empty for the default route
	integration *httpapi.Integration // nil if there is none
	target      executeapi.Target    // the function that it calls
	mappings    []httpapi.Mapping    // of requests to it
	authorizer  *authorizer          // nil if the route needs none
}

// compileStage makes a stage of what is shown; see httpapi.Shown.Front.
func compileStage(shown *httpapi.Shown) any {
	d := shown.Deployment
	s := &stage{Shown: shown, cors: compileCORS(d.CORS)}
	if len(shown.Stage.Variables) > 0 {
		s.variables = shown.Stage.Variables
	}
	if log := shown.Stage.AccessLog; log != nil {
		s.log = executeapi.NewAccessFormat(log.Destination, log.Format)
	}
	authorizers := make(map[string]*authorizer, len(d.Authorizers))
	for id, z := range d.Authorizers {
		authorizers[id] = s.compileAuthorizer(z)
	}
	for _, each := range d.Routes {
		method, path := httpapi.SplitKey(each.Key)
		r := &served{Route: each, path: path, integration: d.Integrations[each.Integration()], authorizer: authorizers[each.AuthorizerID]}
		if r.integration != nil {
			r.target, r.mappings = s.target(r.integration.URI), r.integration.Mappings()
		}
		if each.Key == httpapi.DefaultKey {
			s.rest = r
		} else {
			s.routes.Add(method, path, r)
		}
	}
	return s
}

// target finds the function that a URI leads to, under the stage's variables; the zero Target if it leads to none.
func (s *stage) target(uri string) executeapi.Target {
	name, ok := httpapi.FunctionOf(uri, s.variables)
	if !ok {
		return executeapi.Target{}
	}
	return executeapi.ParseTarget(name, s.API.Scope)
}
