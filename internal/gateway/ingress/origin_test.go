package ingress_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"sluice/internal/functionurl"
	"sluice/internal/gateway/ingress"
)

const origin = "https://a.example"

func TestOriginsAreAdmitted(t *testing.T) {
	configured := &functionurl.CORS{Origins: []string{origin}, Methods: []string{"PUT"}, Headers: []string{"x-a"}, Expose: []string{"Date"}, MaxAge: new(60)}
	preflight := []string{"Origin", origin, "Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "x-a"}
	for _, tt := range []struct {
		name, method string
		cors         *functionurl.CORS
		header       []string
		preflight    bool
		want         string // without Access-Control-
	}{
		{"a request", "GET", configured, preflight[:2], false, "Allow-Origin=https://a.example Expose-Headers=Date"},
		{"a question before a request", "OPTIONS", configured, preflight, true,
			"Allow-Headers=x-a Allow-Methods=PUT Allow-Origin=https://a.example Max-Age=60"},
		{"a request that looks like a question", "GET", configured, preflight, false, "Allow-Origin=https://a.example Expose-Headers=Date"},
		{"a question without a method", "OPTIONS", configured, preflight[:2], false, "Allow-Origin=https://a.example Expose-Headers=Date"},
		{"a question without an origin", "OPTIONS", configured, preflight[2:], false, ""},
		{"another origin", "GET", configured, []string{"Origin", "https://b.example"}, false, ""},
		{"no origin", "GET", configured, nil, false, ""},
		{"nothing is configured", "OPTIONS", nil, preflight, false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest(tt.method, "/", nil)
			for i := 0; i+1 < len(tt.header); i += 2 {
				r.Header.Set(tt.header[i], tt.header[i+1])
			}
			if got := ingress.Preflights(tt.cors, r); got != tt.preflight {
				t.Errorf("a browser's question: %v", got)
			}
			header := http.Header{}
			ingress.AdmitOrigin(tt.cors, r, header)
			var said []string
			for _, name := range slices.Sorted(maps.Keys(header)) {
				if strings.HasPrefix(name, "Access-Control-") {
					said = append(said, fmt.Sprintf("%s=%s", strings.TrimPrefix(name, "Access-Control-"), strings.Join(header[name], ";")))
				}
			}
			if got := strings.Join(said, " "); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}
