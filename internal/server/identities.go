package server

import (
	"context"

	"sluice/internal/account"
)

// openIdentities makes the roles that callers may act as.
func (s *Server) openIdentities(_ context.Context, _ Config, r *rooms) error {
	r.accounts = account.NewService(r.records)
	return nil
}
