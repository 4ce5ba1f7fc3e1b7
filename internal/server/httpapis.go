package server

import (
	"context"
	"strings"

	"sluice/internal/httpapi"
)

// openHTTPAPIs takes up the HTTP APIs that are stored.
func (s *Server) openHTTPAPIs(ctx context.Context, _ Config, r *rooms) error {
	r.httpAPIs = httpapi.NewService(r.records)
	return r.httpAPIs.Start(ctx)
}

// endpoint returns where an HTTP API is reached.
func endpoint(r *rooms) func(httpapi.ID) string {
	return func(id httpapi.ID) string { return strings.TrimSuffix(r.address.Stage(id.API, id.Region, ""), "/") }
}
