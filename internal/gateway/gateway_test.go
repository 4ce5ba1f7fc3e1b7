package gateway_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	rules "sluice/internal/functionurl"
	"sluice/internal/gateway"
	"sluice/internal/gateway/gatewaytest"
	"sluice/internal/httpapi"
	"sluice/internal/restapi"
)

// nothing knows no function URL and no stage, and counts what it is asked for.
type nothing struct {
	*gatewaytest.Backend
	asked []string
}

func (n *nothing) Find(_ context.Context, id string) (*rules.Config, bool, error) {
	n.asked = append(n.asked, "URL "+id[:2])
	return nil, false, nil
}

type (
	restAPIs struct{ *nothing }
	httpAPIs struct{ *nothing }
)

func (n restAPIs) Find(_ context.Context, api, stage string) (*restapi.View, bool, error) {
	n.asked = append(n.asked, "REST "+api+" "+stage)
	return nil, false, nil
}

func (restAPIs) Admit(*restapi.View, *restapi.PlanKey, string, string) restapi.Verdict {
	return restapi.Admitted
}

func (n httpAPIs) Find(_ context.Context, api string) (*httpapi.View, error) {
	n.asked = append(n.asked, "HTTP "+api)
	if api == "http" {
		return &httpapi.View{}, nil
	}
	return nil, nil
}

func (httpAPIs) Admit(*httpapi.Shown, string) bool { return true }

func TestEachFrontGetsItsRequests(t *testing.T) {
	id := strings.Repeat("ab", rules.IDLength/2)
	for _, tt := range []struct{ name, target, asked, status string }{
		{"a function URL by its host", "http://" + id + ".lambda-url.us-east-1.localhost/a", "URL ab", "403 AccessDeniedException"},
		{"a function URL by its path", "http://localhost/_sluice/url/" + id + "/a", "URL ab", "403 AccessDeniedException"},
		{"an HTTP API", "http://http.execute-api.us-east-1.localhost/dev", "HTTP http", "404 "},
		{"an API that is none is a REST API", "http://other.execute-api.us-east-1.localhost/dev", "HTTP other, REST other dev", "403 ForbiddenException"},
		{"an API by its path", "http://localhost/_sluice/execute-api/other/dev/a", "HTTP other, REST other dev", "403 ForbiddenException"},
		{"an API by another emulator's path", "http://localhost/restapis/other/dev/_user_request_/a", "HTTP other, REST other dev", "403 ForbiddenException"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := &nothing{Backend: gatewaytest.NewBackend("")}
			front := gateway.New(gateway.Config{
				URLs: n, RESTAPIs: restAPIs{n}, HTTPAPIs: httpAPIs{n}, Functions: n, Permissions: n, Keys: n, Logger: slog.New(slog.DiscardHandler),
			})
			answer := httptest.NewRecorder()
			front.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, tt.target, nil))
			if got := strings.Join(n.asked, ", "); got != tt.asked {
				t.Errorf("%s was asked for, want %s", got, tt.asked)
			}
			if got := answer.Result().Status[:4] + answer.Header().Get("X-Amzn-Errortype"); got != tt.status {
				t.Errorf("the answer is %s, want %s", got, tt.status)
			}
		})
	}
}

func TestAGatewayWithoutAPIs(t *testing.T) {
	n := &nothing{Backend: gatewaytest.NewBackend("")}
	front := gateway.New(gateway.Config{URLs: n, Functions: n, Permissions: n, Keys: n, Logger: slog.New(slog.DiscardHandler)})
	answer := httptest.NewRecorder()
	front.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "http://any.execute-api.us-east-1.localhost/dev", nil))
	if answer.Code != http.StatusForbidden || answer.Body.String() != `{"message":"Forbidden"}` {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
}
