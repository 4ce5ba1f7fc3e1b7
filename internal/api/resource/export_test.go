package resource

import (
	"context"

	"sluice/internal/api/wire"
)

// Call lets tests look at what orders have made.
func (p *Provider) Call(ctx context.Context, from wire.Origin, service, operation string, in map[string]any) (map[string]any, error) {
	return p.config.Call(ctx, from, service, operation, in)
}
