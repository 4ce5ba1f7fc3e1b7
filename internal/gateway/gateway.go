package gateway

import (
	"log/slog"
	"net/http"
	"time"

	"sluice/internal/api/wire/sigv4"
	"sluice/internal/gateway/address"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/functionurl"
	"sluice/internal/gateway/httpapi"
	"sluice/internal/gateway/ingress"
	"sluice/internal/gateway/rest"
)

// Config is what a Gateway needs. All but RESTAPIs, HTTPAPIs, Tokens, Events, Meter, APIMeter, AccessLog, Anyone and BodyTime is required.
type Config struct {
	URLs     functionurl.URLs
	RESTAPIs rest.APIs    // nil: there are none
	HTTPAPIs httpapi.APIs // nil: there are none
	// Tokens knows what callers' tokens say; nil: routes that ask for one answer nobody.
	Tokens      httpapi.Tokens
	Functions   ingress.Functions
	Events      rest.Events // nil: no integration can ask for an event invocation
	Permissions ingress.Permissions
	Meter       functionurl.Meter
	APIMeter    executeapi.Meter
	// AccessLog takes the lines of stages that log their requests; nil: nobody reads them.
	AccessLog executeapi.AccessLog
	Address   address.Server
	Keys      sigv4.Keys // who may sign requests
	// Anyone, if set, lets every well-formed signature in; unknown keys act as this identity.
	Anyone *sigv4.Identity
	// BodyTime is how long a client may take to send a body; zero means no limit.
	BodyTime time.Duration
	// Logger hears of what is the server's own fault.
	Logger *slog.Logger
}

// Gateway serves function URLs and the stages of APIs. It is an http.Handler for requests that are Meant; see address.Meant.
type Gateway struct {
	urls *functionurl.Front
	apis *executeapi.Config
	http *httpapi.Front
	rest *rest.Front
}

// New returns a Gateway. It starts nothing.
func New(c Config) *Gateway {
	all := &ingress.Config{
		Functions: c.Functions, Permissions: c.Permissions, Address: c.Address, Verifier: &sigv4.Verifier{Keys: c.Keys, Anyone: c.Anyone},
		BodyTime: c.BodyTime, Logger: c.Logger,
	}
	return &Gateway{
		urls: functionurl.New(functionurl.Config{Config: all, URLs: c.URLs, Meter: c.Meter}),
		apis: &executeapi.Config{Config: all, Meter: c.APIMeter, AccessLog: c.AccessLog},
		http: httpapi.New(httpapi.Config{APIs: c.HTTPAPIs, Tokens: c.Tokens}),
		rest: rest.New(rest.Config{APIs: c.RESTAPIs, Events: c.Events}),
	}
}

// ServeHTTP answers one request. An API that is no HTTP API is a REST API, or none.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if address.ToURL(r) {
		g.urls.ServeHTTP(w, r)
		return
	}
	if v := executeapi.Begin(g.apis, w, r); !g.http.Serve(v) {
		g.rest.Serve(v)
	}
}
