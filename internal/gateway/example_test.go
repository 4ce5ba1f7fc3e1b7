package gateway_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"

	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/gateway"
	"sluice/internal/gateway/address"
	"sluice/internal/policy"
)

// greeter is a function with a URL that everybody may call. In a server these are rooms of their own.
type greeter struct{ url functionurl.Config }

func (g *greeter) Find(_ context.Context, urlID string) (*functionurl.Config, bool, error) {
	return &g.url, urlID == g.url.ID, nil
}

func (g *greeter) Allows(context.Context, function.ID, string, policy.Request) (bool, error) {
	return true, nil
}

func (g *greeter) Invoke(_ context.Context, inv *function.Invocation) (function.Answer, error) {
	var event struct {
		RawPath string            `json:"rawPath"`
		Query   map[string]string `json:"queryStringParameters"`
	}
	if err := json.Unmarshal(inv.Call.Payload, &event); err != nil {
		return function.Answer{}, err
	}
	answer := fmt.Sprintf(`{"statusCode": 201, "headers": {"X-Path": %q}, "body": "Hello %s"}`, event.RawPath, event.Query["name"])
	return function.Answer{Outcome: &function.Outcome{Payload: []byte(answer)}}, nil
}

// A request becomes an event of payload format 2.0, and the function's answer becomes the request's. A client that can't
// resolve the URL's host takes the path form.
func Example() {
	shop := function.ID{Scope: function.Scope{Account: "000000000000", Region: "us-east-1"}, Name: "shop"}
	g := &greeter{functionurl.Config{Function: shop, ID: strings.Repeat("a", functionurl.IDLength), Auth: functionurl.AuthNone}}
	own := address.Server{Port: "4566"}
	front := gateway.New(gateway.Config{
		URLs: g, Functions: g, Permissions: g, Address: own, Logger: slog.New(slog.DiscardHandler),
	})
	home := own.URL(&g.url)
	fmt.Println(home)
	for _, target := range []string{home + "orders?name=Ann", "http://localhost:4566" + address.URLPath + g.url.ID + "/orders?name=Bo"} {
		request := httptest.NewRequest(http.MethodGet, target, nil)
		answer := httptest.NewRecorder()
		if address.Meant(request) {
			front.ServeHTTP(answer, request)
		}
		fmt.Println(answer.Code, answer.Header().Get("X-Path"), answer.Body)
	}
	// Output:
	// http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.lambda-url.us-east-1.localhost:4566/
	// 201 /orders Hello Ann
	// 201 /orders Hello Bo
}
