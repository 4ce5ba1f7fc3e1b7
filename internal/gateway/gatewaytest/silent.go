package gatewaytest

import (
	"context"
	"net/http"

	"sluice/internal/api/wire/sigv4"
	"sluice/internal/function"
	"sluice/internal/gateway/address"
	"sluice/internal/gateway/ingress"
	"sluice/internal/policy"
)

// Silent answers at once and remembers nothing, so that a benchmark measures the front.
type Silent struct{}

// Config is what a front needs, of nobody.
func (s Silent) Config() *ingress.Config {
	return &ingress.Config{Functions: s, Permissions: s, Address: address.Server{Port: "4566"}, Verifier: &sigv4.Verifier{}}
}

// Invoke implements ingress.Functions.
func (Silent) Invoke(context.Context, *function.Invocation) (function.Answer, error) {
	return function.Answer{Outcome: Answering(`{"statusCode":200,"body":"{}"}`)}, nil
}

// Allows implements ingress.Permissions.
func (Silent) Allows(context.Context, function.ID, string, policy.Request) (bool, error) {
	return true, nil
}

// Nobody takes an answer and sends it nowhere.
type Nobody struct{ header http.Header }

// NewNobody returns a writer for one answer.
func NewNobody() *Nobody { return &Nobody{http.Header{}} }

// Header implements http.ResponseWriter.
func (n *Nobody) Header() http.Header { return n.header }

// WriteHeader implements http.ResponseWriter.
func (*Nobody) WriteHeader(int) {}

// Write implements http.ResponseWriter.
func (*Nobody) Write(content []byte) (int, error) { return len(content), nil }
