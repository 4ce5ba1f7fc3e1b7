package server

import (
	"context"
	"net/url"

	"sluice/internal/functionurl"
	"sluice/internal/gateway/address"
	"sluice/internal/permission"
)

// openURLs takes up who may visit functions and the URLs that are stored, and serves them at the server's own port.
func (s *Server) openURLs(ctx context.Context, cfg Config, r *rooms) error {
	r.permissions = permission.NewService(r.records)
	r.functions.OnDelete(r.permissions.Deleted)
	r.urls = functionurl.NewService(r.records)
	if err := r.urls.Start(ctx); err != nil {
		return err
	}
	r.functions.OnDelete(r.urls.Deleted)
	listening, err := url.Parse(s.url)
	if err != nil {
		return err
	}
	r.address = address.Server{Port: listening.Port()}
	return nil
}
