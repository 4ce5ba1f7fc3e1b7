package rest

import (
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sluice/internal/function"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/route"
	"sluice/internal/restapi"
	"sluice/internal/velocity"
)

// stage is a stage as requests are served from it, made once of each View.
type stage struct {
	main, canary *snapshot        // canary may be nil
	split        *function.Choice // between them
}

// choose picks the stage's deployment or its canary for the next request: as exactly as an alias splits its requests.
func (s *stage) choose() *snapshot {
	if s.canary != nil && s.split.Additional() {
		return s.canary
	}
	return s.main
}

// snapshot is a deployment with the variables of the stage that shows it. Nothing in it changes but what
// authorizers said lately.
type snapshot struct {
	deployment string // its ID
	canary     bool
	settings   *restapi.Settings
	variables  map[string]string // nil if there are none
	responses  map[string]*restapi.GatewayResponse
	binary     mediaTypes
	routes     route.Tree[*served]
	api        restapi.ID
	definition *restapi.Definition
	decisions  executeapi.Decisions[decision]
	log        *executeapi.AccessFormat
}

// compileStage makes a stage of a View; see restapi.View.Front.
func compileStage(view *restapi.View) any {
	s := &stage{main: compileSnapshot(view, view.Deployment, view.Stage.Variables)}
	if view.Canary != nil && view.Stage.Canary != nil {
		variables := maps.Clone(view.Stage.Variables)
		if variables == nil {
			variables = map[string]string{}
		}
		maps.Copy(variables, view.Stage.Canary.Variables)
		s.canary = compileSnapshot(view, view.Canary, variables)
		s.canary.canary = true
		s.split = function.NewChoice(function.Weight(view.Stage.Canary.Percent/100), rand.Uint64())
	}
	return s
}

func compileSnapshot(view *restapi.View, d *restapi.Deployment, variables map[string]string) *snapshot {
	s := &snapshot{
		deployment: d.ID, settings: &d.Settings, responses: d.Responses, binary: d.BinaryMediaTypes, api: view.API, definition: &d.Definition,
	}
	if log := view.Stage.AccessLog; log != nil {
		s.log = executeapi.NewAccessFormat(log.Destination, log.Format)
	}
	if len(variables) > 0 {
		s.variables = variables
	}
	authorizers := make(map[string]*authorizer, len(d.Authorizers))
	for id, a := range d.Authorizers {
		authorizers[id] = s.compileAuthorizer(a)
	}
	for _, resource := range d.Resources {
		for _, method := range resource.Methods {
			s.routes.Add(method.HTTPMethod, resource.Path, &served{resource: resource, method: method, of: s, authorizer: authorizers[method.AuthorizerID]})
		}
	}
	return s
}

// target finds the function that a URI leads to, under the snapshot's variables; the zero Target if it leads to none.
func (s *snapshot) target(uri string) executeapi.Target {
	name, ok := restapi.FunctionOf(uri, s.variables)
	if !ok {
		return executeapi.Target{}
	}
	return executeapi.ParseTarget(name, s.api.Scope)
}

// served is a method with what its requests need. What its integration needs is made when the first request comes to it.
type served struct {
	resource   *restapi.Resource
	method     *restapi.Method
	of         *snapshot
	authorizer *authorizer // nil if there is none that Sluice serves

	once      sync.Once
	target    executeapi.Target // the function that the integration calls
	templates map[string]*mappingTemplate
	responses []*response // by status
	schemas   map[string]*bodySchema
}

// mappingTemplate is a parsed template, or why it is none.
type mappingTemplate struct {
	*velocity.Template
	err error
}

// response is an integration response.
type response struct {
	*restapi.IntegrationResponse
	pattern   *regexp.Regexp // nil: the default response
	templates map[string]*mappingTemplate
}

// ready makes what the method's requests need.
func (m *served) ready() *served {
	m.once.Do(func() {
		i := m.method.Integration
		m.target = m.of.target(i.URI)
		m.templates = parseTemplates(i.Templates)
		for _, status := range slices.Sorted(maps.Keys(i.Responses)) {
			m.responses = append(m.responses, compileResponse(i.Responses[status]))
		}
		m.schemas = compileSchemas(m.of.definition, m.method)
	})
	return m
}

// compileResponse reads a response's pattern, which has to match all of a text. One that is no regular expression matches only
// itself.
func compileResponse(r *restapi.IntegrationResponse) *response {
	c := &response{IntegrationResponse: r, templates: parseTemplates(r.Templates)}
	if r.Selection == nil || *r.Selection == "" {
		return c
	}
	pattern, err := regexp.Compile(`(?s)^(?:` + *r.Selection + `)$`)
	if err != nil {
		pattern = regexp.MustCompile(`^` + regexp.QuoteMeta(*r.Selection) + `$`)
	}
	c.pattern = pattern
	return c
}

func parseTemplates(texts map[string]string) map[string]*mappingTemplate {
	all := make(map[string]*mappingTemplate, len(texts))
	for kind, text := range texts {
		t, err := velocity.Parse(text)
		all[strings.ToLower(kind)] = &mappingTemplate{t, err}
	}
	return all
}
