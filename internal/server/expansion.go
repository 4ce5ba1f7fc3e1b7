package server

import (
	"context"
	"time"

	"sluice/internal/api/cloudformation"
	"sluice/internal/stack"
	"sluice/internal/stack/transform"
)

// expansion applies the transforms of templates to what lies in buckets.
type expansion struct{ documents documents }

// expand implements stack.Expand.
func (x expansion) expand(ctx context.Context, source stack.Source) (map[string]any, error) {
	return transform.Expand(source, transform.Options{
		Fetch: func(location string) (string, error) {
			return cloudformation.ReadTemplate(ctx, x.documents, source.Scope, location, "")
		},
		Now: time.Now(),
	})
}
