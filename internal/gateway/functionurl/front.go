package functionurl

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/gateway/address"
	"sluice/internal/gateway/ingress"
)

// URLs finds what a function URL is set to; see functionurl.Service.Find.
type URLs interface {
	Find(ctx context.Context, urlID string) (c *functionurl.Config, known bool, err error)
}

// Config is what a Front needs. All but Meter is required.
type Config struct {
	*ingress.Config
	URLs  URLs
	Meter Meter // nil: nobody is told
}

// Front serves function URLs. It is an http.Handler for requests that go to one; see address.ToURL.
type Front struct{ config Config }

// New returns a Front. It starts nothing.
func New(c Config) *Front { return &Front{c} }

// ServeHTTP answers one request.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	v := &visit{
		Config: &f.config, Exchange: ingress.NewExchange(w, r, function.MaxPayload, f.config.BodyTime),
		to: address.FindURL(r), id: uuid.NewString(), trace: ingress.Trace(r, began),
	}
	defer v.measure(began)
	header := w.Header()
	header["X-Amzn-Requestid"] = []string{v.id}
	header["X-Amzn-Trace-Id"] = []string{v.trace}
	if refused := v.serve(); refused != nil {
		v.refuse(refused)
	}
}
