package httpapi_test

import (
	"context"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/httpapi"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var scope = function.Scope{Account: "123456789012", Region: "eu-west-1"}

const target = "arn:aws:lambda:eu-west-1:123456789012:function:f"

// records are a store whose reads can be made to fail.
type records struct {
	httpapi.Store
	broken error
}

func (r *records) ReadHTTPAPIs(ctx context.Context, read func(httpapi.Reader) error) error {
	if r.broken != nil {
		return r.broken
	}
	return r.Store.ReadHTTPAPIs(ctx, read)
}

func newService(t *testing.T) (*httpapi.Service, *records) {
	t.Helper()
	opened, err := store.Open(context.Background(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := opened.Close(); err != nil {
			t.Error(err)
		}
	})
	r := &records{Store: opened}
	return httpapi.NewService(r), r
}

// newAPI makes an API with a route to f, GET /.
func newAPI(t *testing.T, s *httpapi.Service) httpapi.ID {
	t.Helper()
	a := must(t)(s.Create(t.Context(), scope, httpapi.Creation{Name: "a"}))
	addRoute(t, s, a.ID, "GET /")
	return a.ID
}

func addRoute(t *testing.T, s *httpapi.Service, id httpapi.ID, key string) *httpapi.Route {
	t.Helper()
	r, err := httpapi.Edit(t.Context(), s, id, func(d *httpapi.Definition) (*httpapi.Route, error) {
		i, err := d.CreateIntegration(proxy())
		if err != nil {
			return nil, err
		}
		return d.CreateRoute(httpapi.Route{Key: key, Target: "integrations/" + i.ID})
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func proxy() httpapi.Integration {
	return httpapi.Integration{Type: httpapi.LambdaProxy, URI: target, Format: httpapi.Format2}
}

// must returns a function that fails the test unless an API was returned.
func must(t *testing.T) func(*httpapi.API, error) *httpapi.API {
	return func(a *httpapi.API, err error) *httpapi.API {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
}

// shown are the keys of the routes that a stage shows, separated by commas; "nothing" if it shows nothing.
func shown(t *testing.T, s *httpapi.Service, id httpapi.ID, stage string) string {
	t.Helper()
	v, err := s.Find(t.Context(), id.API)
	if err != nil {
		t.Fatal(err)
	}
	if v == nil || v.Stages[stage] == nil {
		return "no stage"
	}
	if v.Stages[stage].Deployment == nil {
		return "nothing"
	}
	var keys []string
	for _, r := range v.Stages[stage].Deployment.SortedRoutes() {
		keys = append(keys, r.Key)
	}
	return sorted(keys)
}

func wantRefused(t *testing.T, err error, kind fault.Kind, part string) {
	t.Helper()
	if !fault.Is(err, kind, "") || !strings.Contains(err.Error(), part) {
		t.Errorf("%v, want %s with %q", err, kind, part)
	}
}

func arnOf(id httpapi.ID) string { return "arn:aws:apigateway:" + id.Region + "::/apis/" + id.API }
