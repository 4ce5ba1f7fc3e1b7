package httpapi

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/payload"
	"sluice/internal/httpapi"
)

// mapped is the request as the integration's mappings change it, and its path as it is sent on. Without mappings it is the request itself.
func (v *visit) mapped() (r *http.Request, path string) {
	mappings := v.route.mappings
	if len(mappings) == 0 {
		return v.R, v.To.Path
	}
	r, path = v.R.Clone(v.R.Context()), v.To.Path
	query := payload.QueryValues(v.R.URL.RawQuery)
	if query == nil {
		query = map[string][]string{}
	}
	for i := range mappings {
		m := &mappings[i]
		value, ok := v.filled(m.Value)
		switch {
		case !ok && m.Verb != "remove":
		case m.Place == "path":
			path = value
		case m.Place == "header":
			change(m, value, r.Header, http.CanonicalHeaderKey(m.Name))
		case m.Place == "querystring":
			change(m, value, query, m.Name)
		}
	}
	r.URL.RawQuery = url.Values(query).Encode()
	return r, path
}

// change makes one change of the values of a name.
func change(m *httpapi.Mapping, value string, values map[string][]string, name string) {
	switch m.Verb {
	case "append":
		values[name] = append(slices.Clone(values[name]), value)
	case "overwrite":
		values[name] = []string{value}
	case "remove":
		delete(values, name)
	}
}

// filled is a mapping's value; false if it names one thing alone that is not there.
func (v *visit) filled(text string) (string, bool) {
	if strings.HasPrefix(text, "$") && !strings.HasPrefix(text, "${") {
		return v.value(text)
	}
	return names.Fill(text, "", v.value), true
}

// remapped is an answer as the integration's mappings of its status change it.
func (v *visit) remapped(a *executeapi.Answer) *executeapi.Answer {
	given := executeapi.Answer{Header: a.Header.Clone(), Body: a.Body}
	value := func(expression string) (string, bool) {
		part, ok := strings.CutPrefix(strings.TrimPrefix(expression, "$"), "response.")
		if !ok {
			return v.value(expression)
		}
		if name, ok := strings.CutPrefix(part, "header."); ok {
			values := given.Header.Values(name)
			return strings.Join(values, ","), len(values) > 0
		}
		body, path, _ := strings.Cut(part, ".")
		if body != "body" {
			return "", false
		}
		return executeapi.OfBody(string(given.Body), path)
	}
	for _, m := range v.route.integration.AnswerMappings(a.Status) {
		text := names.Fill(m.Value, "", value)
		switch {
		case m.Place == "statuscode":
			if status, err := strconv.Atoi(text); err == nil && status >= 200 && status <= 599 {
				a.Status = status
			}
		case m.Verb == "remove" || payload.IsHeader(m.Name, text):
			change(&m, text, a.Header, http.CanonicalHeaderKey(m.Name))
		}
	}
	return a
}
