package ingress

import (
	"context"
	"log/slog"
	"time"

	"sluice/internal/api/wire/sigv4"
	"sluice/internal/function"
	"sluice/internal/gateway/address"
	"sluice/internal/policy"
)

// Functions runs functions; see function.Service.
type Functions interface {
	Invoke(ctx context.Context, inv *function.Invocation) (function.Answer, error)
}

// Permissions knows the resource policies of functions; see permission.Service.
type Permissions interface {
	Allows(ctx context.Context, id function.ID, qualifier string, r policy.Request) (bool, error)
}

// Config is what every front needs. All but BodyTime is required.
type Config struct {
	Functions   Functions
	Permissions Permissions
	Address     address.Server
	Verifier    *sigv4.Verifier // of requests' signatures
	// BodyTime is how long a client may take to send a body; zero means no limit.
	BodyTime time.Duration
	// Logger hears of what is the server's own fault.
	Logger *slog.Logger
}
