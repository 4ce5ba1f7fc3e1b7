package httpapi_test

import (
	"fmt"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/httpapi"
)

func TestUpdatesOfParts(t *testing.T) {
	d, route := definition(t)
	t.Run("an integration", func(t *testing.T) {
		i, err := d.UpdateIntegration(route.Integration(), func(i *httpapi.Integration) { i.Timeout = 100 })
		if err != nil || i.Timeout != 100 || i.URI != target || d.Integrations[i.ID].Timeout != 100 {
			t.Errorf("%+v, %v", i, err)
		}
	})
	t.Run("an integration that then can't be", func(t *testing.T) {
		_, err := d.UpdateIntegration(route.Integration(), func(i *httpapi.Integration) { i.Format = "x" })
		wantRefused(t, err, fault.Invalid, "Invalid payload format version specified: x. It has to be 1.0 or 2.0")
	})
	t.Run("no such integration", func(t *testing.T) {
		_, err := d.UpdateIntegration("none", nil)
		wantRefused(t, err, fault.NotFound, "Invalid Integration identifier specified")
	})
	t.Run("a route", func(t *testing.T) {
		r, err := d.UpdateRoute(route.ID, func(r *httpapi.Route) { r.Key, r.OperationName = "PUT /pets", "put" })
		if err != nil || r.Key != "PUT /pets" || r.OperationName != "put" || r.Target != route.Target {
			t.Errorf("%+v, %v", r, err)
		}
	})
	t.Run("a route to its own key", func(t *testing.T) {
		if _, err := d.UpdateRoute(route.ID, func(r *httpapi.Route) { r.Key = "PUT /pets" }); err != nil {
			t.Error(err)
		}
	})
	t.Run("no such route", func(t *testing.T) {
		_, err := d.UpdateRoute("none", nil)
		wantRefused(t, err, fault.NotFound, "Invalid Route identifier specified")
	})
	t.Run("an authorizer", func(t *testing.T) {
		z, err := d.UpdateAuthorizer("function", func(z *httpapi.Authorizer) { z.TTL, z.Identity = new(int64(3600)), []string{"$context.routeKey"} })
		if err != nil || *z.TTL != 3600 || z.URI != target {
			t.Errorf("%+v, %v", z, err)
		}
	})
	t.Run("no such authorizer", func(t *testing.T) {
		_, err := d.UpdateAuthorizer("none", nil)
		wantRefused(t, err, fault.NotFound, "Invalid Authorizer identifier specified")
	})
}

func TestPartsAreListedByID(t *testing.T) {
	d := &httpapi.Definition{}
	for i := range 9 {
		made, err := d.CreateIntegration(proxy())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.CreateRoute(httpapi.Route{Key: fmt.Sprint("GET /", i), Target: "integrations/" + made.ID}); err != nil {
			t.Fatal(err)
		}
	}
	last := ""
	for _, r := range d.SortedRoutes() {
		if r.ID <= last || d.Integrations[r.Integration()] == nil {
			t.Errorf("%+v is behind %s", r, last)
		}
		last = r.ID
	}
	last = ""
	for _, i := range d.SortedIntegrations() {
		if i.ID <= last {
			t.Errorf("%+v is behind %s", i, last)
		}
		last = i.ID
	}
}

func TestTooManyParts(t *testing.T) {
	for what, tt := range map[string]struct {
		most int
		add  func(d *httpapi.Definition, i int) error
	}{
		"Integrations": {300, func(d *httpapi.Definition, _ int) error { return failed(d.CreateIntegration(proxy())) }},
		"Authorizers": {10, func(d *httpapi.Definition, i int) error {
			return failed(d.CreateAuthorizer(httpapi.Authorizer{Name: fmt.Sprint(i), Type: httpapi.RequestAuthorizer, URI: target, Format: httpapi.Format2}))
		}},
	} {
		t.Run(what, func(t *testing.T) {
			d := &httpapi.Definition{}
			for i := range tt.most {
				if err := tt.add(d, i); err != nil {
					t.Fatal(err)
				}
			}
			err := tt.add(d, tt.most)
			if !fault.Is(err, fault.Invalid, what) || !strings.Contains(err.Error(), fmt.Sprintf("At most %d are possible", tt.most)) {
				t.Errorf("one more: %v", err)
			}
		})
	}
}
