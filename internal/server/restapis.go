package server

import (
	"context"

	"sluice/internal/restapi"
)

// openRESTAPIs takes up the stages of REST APIs that are stored.
func (s *Server) openRESTAPIs(ctx context.Context, _ Config, r *rooms) error {
	r.restAPIs = restapi.NewService(r.records)
	return r.restAPIs.Start(ctx)
}
