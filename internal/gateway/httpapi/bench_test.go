package httpapi

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"sluice/internal/function"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/httpapi"
)

// What the front itself takes of a request to one of 300 routes, without network and function.
func BenchmarkHTTPAPI(b *testing.B) {
	f := &fixture{view: &httpapi.View{
		API: httpapi.ID{Scope: function.Scope{Account: owner, Region: "us-east-1"}, API: apiID}, Stages: map[string]*httpapi.Shown{},
	}}
	front, apis := New(Config{APIs: f}), &executeapi.Config{Config: gatewaytest.Silent{}.Config()}
	d := &httpapi.Deployment{Definition: httpapi.Definition{Routes: map[string]*httpapi.Route{}, Integrations: map[string]*httpapi.Integration{
		"i": {Type: httpapi.LambdaProxy, URI: functionARN, Format: httpapi.Format2, Timeout: httpapi.MaxTimeout},
	}}}
	for i := range 300 {
		key := fmt.Sprintf("GET /pets%d/{id}", i)
		d.Routes[key] = &httpapi.Route{Key: key, Target: "integrations/i"}
	}
	f.show(httpapi.DefaultStage, d)
	r := httptest.NewRequest(http.MethodGet, "http://"+apiHost+"/pets150/7?q=1", http.NoBody)
	b.ReportAllocs()
	for b.Loop() {
		w := httptest.NewRecorder()
		if front.Serve(executeapi.Begin(apis, w, r)); w.Code != http.StatusOK {
			b.Fatal(w.Code, w.Body)
		}
	}
}
