package gateway

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/google/uuid"

	"sluice/internal/api/wire/sigv4"
	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/policy"
)

// URLs finds what a function URL is set to; see functionurl.Service.Find.
type URLs interface {
	Find(ctx context.Context, urlID string) (c *functionurl.Config, known bool, err error)
}

// Functions runs functions; see function.Service.
type Functions interface {
	Invoke(ctx context.Context, inv *function.Invocation) (function.Answer, error)
}

// Permissions knows the resource policies of functions; see permission.Service.
type Permissions interface {
	Allows(ctx context.Context, id function.ID, qualifier string, r policy.Request) (bool, error)
}

// Config is what a Gateway needs. All but RESTAPIs, HTTPAPIs, Tokens, Events, Meter, APIMeter, AccessLog, Anyone and BodyTime is required.
type Config struct {
	URLs     URLs
	RESTAPIs RESTAPIs // nil: there are none
	HTTPAPIs HTTPAPIs // nil: there are none
	// Tokens knows what callers' tokens say; nil: routes that ask for one answer nobody.
	Tokens      Tokens
	Functions   Functions
	Events      Events // nil: no integration can ask for an event invocation
	Permissions Permissions
	Meter       Meter
	APIMeter    APIMeter
	// AccessLog takes the lines of stages that log their requests; nil: nobody reads them.
	AccessLog AccessLog
	Address   Address
	Keys      sigv4.Keys // who may sign requests
	// Anyone, if set, lets every well-formed signature in; unknown keys act as this identity.
	Anyone *sigv4.Identity
	// BodyTime is how long a client may take to send a body; zero means no limit.
	BodyTime time.Duration
	// Logger hears of what is the server's own fault.
	Logger *slog.Logger
}

// Gateway serves function URLs and the stages of APIs. It is an http.Handler for requests that are Meant.
type Gateway struct {
	config   Config
	verifier sigv4.Verifier
}

// New returns a Gateway. It starts nothing.
func New(c Config) *Gateway {
	return &Gateway{config: c, verifier: sigv4.Verifier{Keys: c.Keys, Anyone: c.Anyone}}
}

// ServeHTTP answers one request.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if toURL(r) {
		g.serveURL(w, r)
		return
	}
	g.serveAPI(w, r)
}

func (g *Gateway) serveURL(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	v := &visit{Gateway: g, intake: g.newIntake(w, r), to: findDestination(r), id: uuid.NewString(), trace: traceOf(r, began)}
	defer v.measure(began)
	header := w.Header()
	header["X-Amzn-Requestid"] = []string{v.id}
	header["X-Amzn-Trace-Id"] = []string{v.trace}
	if refused := v.serve(); refused != nil {
		v.refuse(refused)
	}
}
