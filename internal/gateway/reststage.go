package gateway

import (
	"maps"
	"mime"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sluice/internal/gateway/route"
	"sluice/internal/restapi"
	"sluice/internal/velocity"
)

// restStage is a stage as requests are served from it, made once of each View.
type restStage struct {
	main, canary *restSnapshot // canary may be nil
	percent      float64       // of the requests that the canary gets
}

// restSnapshot is a deployment with the variables of the stage that shows it. Nothing in it changes but what
// authorizers said lately.
type restSnapshot struct {
	deployment string // its ID
	canary     bool
	settings   *restapi.Settings
	variables  map[string]string // nil if there are none
	responses  map[string]*restapi.GatewayResponse
	binary     mediaTypes
	routes     route.Tree[*restRoute]
	api        restapi.ID
	definition *restapi.Definition
	decisions  decisions[decision] // of authorizers
	log        *accessFormat
}

// compileStage makes a stage of a View; see restapi.View.Front.
func compileStage(view *restapi.View) any {
	s := &restStage{main: compileSnapshot(view, view.Deployment, view.Stage.Variables)}
	if view.Canary != nil && view.Stage.Canary != nil {
		variables := maps.Clone(view.Stage.Variables)
		if variables == nil {
			variables = map[string]string{}
		}
		maps.Copy(variables, view.Stage.Canary.Variables)
		s.canary, s.percent = compileSnapshot(view, view.Canary, variables), view.Stage.Canary.Percent
		s.canary.canary = true
	}
	return s
}

func compileSnapshot(view *restapi.View, d *restapi.Deployment, variables map[string]string) *restSnapshot {
	s := &restSnapshot{
		deployment: d.ID, settings: &d.Settings, responses: d.Responses, binary: d.BinaryMediaTypes, api: view.API, definition: &d.Definition,
		log: compileAccess(view.Stage.AccessLog),
	}
	if len(variables) > 0 {
		s.variables = variables
	}
	for _, resource := range d.Resources {
		for _, method := range resource.Methods {
			s.routes.Add(method.HTTPMethod, resource.Path, &restRoute{resource: resource, method: method, of: s})
		}
	}
	return s
}

// restRoute is a method with what its requests need, made when the first comes.
type restRoute struct {
	resource *restapi.Resource
	method   *restapi.Method
	of       *restSnapshot

	once      sync.Once
	target    target // the function that the integration calls
	reachable bool   // whether there is one
	templates map[string]*mappingTemplate
	responses []*restResponse // by status
	schemas   map[string]*bodySchema
}

// mappingTemplate is a parsed template, or why it is none.
type mappingTemplate struct {
	*velocity.Template
	err error
}

// restResponse is an integration response.
type restResponse struct {
	*restapi.IntegrationResponse
	pattern   *regexp.Regexp // nil: the default response
	templates map[string]*mappingTemplate
}

// ready makes what the method's requests need.
func (m *restRoute) ready() *restRoute {
	m.once.Do(func() {
		i := m.method.Integration
		if name, ok := restapi.FunctionOf(i.URI, m.of.variables); ok {
			m.target, m.reachable = parseTarget(name, m.of.api.Scope)
		}
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
func compileResponse(r *restapi.IntegrationResponse) *restResponse {
	c := &restResponse{IntegrationResponse: r, templates: parseTemplates(r.Templates)}
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

// mediaTypes are an API's binary media types.
type mediaTypes []string

// matches reports whether a content type, or the first of those that a client accepts, is one of them.
func (m mediaTypes) matches(header string) bool {
	if len(m) == 0 {
		return false
	}
	first, _, _ := strings.Cut(header, ",")
	kind := mediaType(first)
	for _, each := range m {
		if each != "*/*" && strings.HasPrefix(each, "*/") {
			continue // AWS has no such wildcard (LocalStack's test test_aws_proxy_binary_response, which ran on AWS)
		}
		if each == "*/*" || kind != "" && strings.EqualFold(each, kind) {
			return true
		}
		if group, ok := strings.CutSuffix(each, "/*"); ok && strings.HasPrefix(kind, strings.ToLower(group)+"/") {
			return true
		}
	}
	return false
}

// mediaType is a content type without its parameters, in lower case.
func mediaType(header string) string {
	kind, _, err := mime.ParseMediaType(header)
	if err != nil {
		kind, _, _ = strings.Cut(header, ";")
		kind = strings.ToLower(strings.TrimSpace(kind))
	}
	return kind
}
