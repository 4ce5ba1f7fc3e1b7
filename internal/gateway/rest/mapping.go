package rest

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"

	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/payload"
	"sluice/internal/restapi"
	"sluice/internal/velocity"
)

// endpoint is what an integration answered.
type endpoint struct {
	selected string // what patterns are matched with: a function's error message, or a status; empty: the function did not fail
	header   http.Header
	body     string
}

// mapped asks an integration whose requests and answers are mapped.
func (v *visit) mapped(ask func(body string) (*endpoint, *refusal)) (*executeapi.Answer, *refusal) {
	v.route.ready()
	body, refused := v.mapRequest()
	if refused != nil {
		return nil, refused
	}
	from, refused := ask(body)
	if refused != nil {
		return nil, refused
	}
	return v.mapResponse(from)
}

// mapRequest makes the integration's body: by the template of the request's content type, or of the body as it is, if the
// method lets it through.
func (v *visit) mapRequest() (string, *refusal) {
	i := v.route.method.Integration
	body := v.converted(i.ContentHandling)
	kind := mediaType(v.R.Header.Get("Content-Type"))
	if kind == "" {
		kind = "application/json"
	}
	t := v.route.templates[kind]
	if t == nil {
		if i.Passthrough == restapi.PassNever || i.Passthrough == restapi.PassWhenNoTemplates && len(v.route.templates) > 0 {
			return "", badMediaType
		}
		return body, nil
	}
	return v.render(t, body)
}

// converted is the request's body as text: of bytes, in base64 if the integration wants text.
func (v *visit) converted(handling string) string {
	binary := v.shown.binary.matches(v.R.Header.Get("Content-Type"))
	switch {
	case binary && handling == restapi.ToText:
		return base64.StdEncoding.EncodeToString(v.Body)
	case !binary && handling == restapi.ToBinary:
		return decoded(string(v.Body))
	}
	return string(v.Body)
}

// decoded is a text in base64 as bytes; what is not in base64 stays.
func decoded(text string) string {
	if plain, err := base64.StdEncoding.DecodeString(strings.Trim(text, `"`)); err == nil {
		return string(plain)
	}
	return text
}

// render runs a template on a body.
func (v *visit) render(t *mappingTemplate, body string) (string, *refusal) {
	err := t.err
	if err == nil {
		var text string
		if text, err = t.Render(v.variables(body)); err == nil {
			return text, nil
		}
	}
	v.Logger.WarnContext(v.R.Context(), "a mapping template failed", "request", v.ID, "api", v.To.ID, "path", v.route.resource.Path, "error", err)
	return "", notConfigured
}

// variables are what a template knows.
func (v *visit) variables(body string) map[string]any {
	path := make(map[string]string, len(v.parameters))
	for name := range v.parameters {
		path[name], _ = v.pathParameter(name)
	}
	headers := payload.ProxyHeaders(v.R, v.place())
	return map[string]any{
		"input":          velocity.NewInput(body, path, lastValues(payload.QueryValues(v.R.URL.RawQuery)), lastValues(headers)),
		"util":           velocity.NewTools(),
		"context":        v.context(),
		"stageVariables": velocity.NewMap(v.shown.variables),
	}
}

func lastValues(all map[string][]string) map[string]string {
	kept := make(map[string]string, len(all))
	for name, values := range all {
		kept[name], _ = last(values)
	}
	return kept
}

// mapResponse makes the answer of what the integration said, by the response whose pattern matches it.
func (v *visit) mapResponse(from *endpoint) (*executeapi.Answer, *refusal) {
	chosen := v.route.choose(from.selected)
	if chosen == nil {
		return nil, notConfigured
	}
	body, ok := v.convertAnswer(from, chosen.ContentHandling)
	if !ok {
		return nil, notConfigured
	}
	a := &executeapi.Answer{Status: statusOf(chosen.Status), Header: headerOf("Content-Type", "application/json"), Body: []byte(body)}
	e := &expressions{visit: v, header: from.header, body: from.body}
	for to, expression := range chosen.Parameters {
		name, ok := strings.CutPrefix(to, "method.response.header.")
		name = payload.SentAs(name)
		if value, known := e.value(expression); ok && name != "" && known && sendable(name, value) {
			a.Header.Set(name, value)
		}
	}
	if refused := v.transform(a, chosen, body); refused != nil {
		return nil, refused
	}
	return a, nil
}

// convertAnswer turns an answer in base64 into bytes, or bytes into base64: as the response says, or else as the client accepts
// (AWS's page "Content type conversions in API Gateway"). false: what is to become bytes is not in base64.
func (v *visit) convertAnswer(from *endpoint, handling string) (body string, ok bool) {
	binary := v.shown.binary.matches(from.header.Get("Content-Type"))
	wanted := handling == restapi.ToBinary || handling == "" && v.shown.binary.matches(v.R.Header.Get("Accept"))
	switch {
	case binary && !wanted:
		return base64.StdEncoding.EncodeToString([]byte(from.body)), true
	case binary || !wanted:
		return from.body, true
	}
	plain, err := base64.StdEncoding.DecodeString(strings.Trim(from.body, `"`))
	return string(plain), err == nil
}

// transform runs a response's template, if there is one. It may also change status and headers, as the request's template may
// (recording test_integration_mock_with_response_override_in_request_template).
func (v *visit) transform(a *executeapi.Answer, chosen *response, body string) *refusal {
	if kind, t := chosen.template(v.R.Header.Get("Accept")); t != nil {
		text, refused := v.render(t, body)
		if refused != nil {
			return refused
		}
		a.Body = []byte(text)
		if a.Header.Get("Content-Type") == "application/json" {
			a.Header.Set("Content-Type", kind)
		}
	}
	v.override(a)
	return nil
}

// override makes what templates said of the answer's status and headers so.
func (v *visit) override(a *executeapi.Answer) {
	override, _ := v.context().Get("responseOverride").(*velocity.Map)
	if override == nil {
		return
	}
	if status, ok := override.Get("status").(int64); ok && status >= 200 && status <= 599 {
		a.Status = int(status)
	}
	headers, _ := override.Get("header").(*velocity.Map)
	if headers == nil {
		return
	}
	for _, name := range headers.Keys() {
		if value, ok := executeapi.Word(headers.Get(name)); ok && sendable(name, value) {
			a.Header.Set(name, value)
		}
	}
}

// template picks a response's template: by what the client accepts, else JSON's, else the first by name.
func (r *response) template(accept string) (kind string, t *mappingTemplate) {
	names := make(map[string]string, len(r.templates))
	for name := range r.templates {
		names[name] = name
	}
	kind, _, ok := templateFor(names, strings.ToLower(accept))
	if !ok {
		return "", nil
	}
	return kind, r.templates[kind]
}

// choose picks the response whose pattern matches, else the default; nil if there is neither. A function that did not fail
// gets the default, and a pattern for 200 only where there is none (recorded: test_lambda_selection_patterns).
func (m *served) choose(selected string) *response {
	without := slices.IndexFunc(m.responses, func(r *response) bool { return r.pattern == nil })
	if selected == "" {
		if without >= 0 {
			return m.responses[without]
		}
		selected = "200"
	}
	for _, r := range m.responses {
		if r.pattern != nil && r.pattern.MatchString(selected) {
			return r
		}
	}
	if without < 0 {
		return nil
	}
	return m.responses[without]
}
