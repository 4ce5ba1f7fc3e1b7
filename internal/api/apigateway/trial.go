package apigateway

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"sluice/internal/restapi"
)

// match finds the values that a path, with its escapes, gives the variables of a resource's path; false if it is another's.
func match(resource, path string) (variables map[string]string, ok bool) {
	variables = map[string]string{}
	wanted, given := strings.Split(strings.Trim(resource, "/"), "/"), strings.Split(strings.Trim(path, "/"), "/")
	for i, part := range wanted {
		if i >= len(given) {
			return nil, false
		}
		name, is := strings.CutPrefix(part, "{")
		name = strings.TrimSuffix(name, "}")
		rest, greedy := strings.CutSuffix(name, "+")
		switch {
		case is && greedy:
			variables[rest] = strings.Join(given[i:], "/")
			return variables, true
		case is:
			variables[name] = given[i]
		case part != given[i]:
			return nil, false
		}
	}
	return variables, len(given) == len(wanted)
}

// settle makes the trial's resource one that its path leads to: AWS tries the method of the resource whatever the path is, and a
// path of another has no variables (recording test_invoke_test_method).
func (t *Trial) settle() {
	if t.Path == "" {
		t.Path = t.Resource.Path
	}
	path, _, _ := strings.Cut(t.Path, "?")
	path = "/" + strings.TrimLeft(path, "/")
	var ok bool
	if t.variables, ok = match(t.Resource.Path, path); ok {
		return
	}
	elsewhere := *t.Resource
	elsewhere.Path, elsewhere.Methods = path, maps.Clone(t.Resource.Methods)
	d := &t.View.Deployment.Definition
	d.Resources = map[string]*restapi.Resource{elsewhere.ID: &elsewhere}
	t.Resource = &elsewhere
}

// log tells of a trial as AWS does, of its request and its answer (recording test_invoke_test_method). What AWS tells of the call to a
// function is missing.
func (t *Trial) log(o *Outcome, id string, now time.Time) string {
	var log strings.Builder
	fmt.Fprintf(&log, "Execution log for request %s\n", id)
	at := now.UTC().Format("Mon Jan 02 15:04:05 UTC 2006")
	line := func(format string, args ...any) { fmt.Fprintf(&log, at+" : "+format+"\n", args...) }
	path, query, _ := strings.Cut(t.Path, "?")
	line("Starting execution for request: %s", id)
	line("HTTP Method: %s, Resource Path: %s", t.Method, path)
	line("Method request path: %s", table(t.variables))
	line("Method request query string: %s", table(single(parsedQuery(query))))
	line("Method request headers: %s", table(single(t.Headers)))
	line("Method request body before transformations: %s", t.Body)
	if o.Headers["X-Amzn-Errortype"] == nil {
		line("Method response body after transformations: %s", o.Body)
		line("Method response headers: %s", table(single(o.Headers)))
		line("Successfully completed execution")
	}
	line("Method completed with status: %d", o.Status)
	return log.String()
}

func parsedQuery(query string) map[string][]string {
	values, _ := url.ParseQuery(query) // what can't be read is left out
	return values
}

// single keeps the last value of each name.
func single(all map[string][]string) map[string]string {
	one := map[string]string{}
	for name, values := range all {
		if len(values) > 0 {
			one[name] = values[len(values)-1]
		}
	}
	return one
}

// table writes names and values as AWS's logs do.
func table(all map[string]string) string {
	pairs := make([]string, 0, len(all))
	for _, name := range slices.Sorted(maps.Keys(all)) {
		pairs = append(pairs, name+"="+all[name])
	}
	return "{" + strings.Join(pairs, ", ") + "}"
}

// ofTransport are the headers of an answer that API Gateway adds on the way to a client, which a trial does not have.
var ofTransport = []string{"Content-Length", "Date", "X-Amz-Apigw-Id", "X-Amzn-Requestid"}

// arrived takes from an answer what it has for its transport, and returns the request's ID.
func (o *Outcome) arrived() (id string) {
	id = http.Header(o.Headers).Get("X-Amzn-Requestid")
	for _, name := range ofTransport {
		delete(o.Headers, name)
	}
	return id
}
