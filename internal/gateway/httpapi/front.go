package httpapi

import (
	"context"
	"net/url"

	"sluice/internal/gateway/address"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/httpapi"
)

// APIs finds HTTP APIs, and counts their requests; see httpapi.Service.
type APIs interface {
	Find(ctx context.Context, apiID string) (*httpapi.View, error)
	Admit(shown *httpapi.Shown, routeKey string) bool
}

// Tokens reads JSON Web Tokens; see internal/gateway/token.
type Tokens interface {
	// Claims returns what a token says that an issuer has signed and that is valid now. An error is the token's fault, or
	// the issuer could not be asked.
	Claims(ctx context.Context, issuer, token string) (map[string]any, error)
}

// Config is what a Front needs.
type Config struct {
	APIs APIs // nil: there are none
	// Tokens knows what callers' tokens say; nil: routes that ask for one answer nobody.
	Tokens Tokens
}

// Front serves the stages of HTTP APIs.
type Front struct{ config Config }

// New returns a Front. It starts nothing.
func New(c Config) *Front { return &Front{c} }

// Serve answers a request to an HTTP API; false if it goes to no such API.
func (f *Front) Serve(v *executeapi.Visit) bool {
	if f.config.APIs == nil {
		return false
	}
	view, err := f.config.APIs.Find(v.R.Context(), v.To.ID)
	if err == nil && view == nil {
		return false
	}
	v.W.Header()["Apigw-Requestid"] = []string{v.Extended}
	if err != nil {
		v.LogFailure("an API could not be looked up", err)
		v.Send(broken(err.Error()).answer())
		return true
	}
	h := &visit{Visit: v, front: f, view: view}
	if !h.choose() {
		v.Send(notFound.answer())
		return true
	}
	answer, refused := h.serve()
	if refused != nil {
		h.why, answer = refused, refused.answer()
	}
	h.admitOrigin(answer)
	v.Send(answer)
	h.tell()
	return true
}

// choose finds the stage: the one that the path begins with, or else the one without a name. One that shows nothing yet is like none.
func (v *visit) choose() bool {
	if v.To.Region != "" && v.To.Region != v.view.API.Region {
		return false
	}
	name, below := address.CutStage(v.To.Path)
	plain, err := url.PathUnescape(name)
	shown := v.view.Stages[plain]
	v.path = below
	if shown == nil || err != nil || plain == httpapi.DefaultStage {
		shown, v.path = v.view.Stages[httpapi.DefaultStage], v.To.Path
	}
	if shown == nil || shown.Deployment == nil {
		return false
	}
	v.stage = shown.Front(compileStage).(*stage)
	return true
}
