package server

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/google/uuid"

	"sluice/internal/api/resource"
	"sluice/internal/api/resource/signal"
	"sluice/internal/api/wire"
	"sluice/internal/async"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/signalfile"
)

// openResources makes ready what stacks make their resources with. The calls work once the API is built, so stacks are
// started after that.
func (s *Server) openResources(_ context.Context, cfg Config, r *rooms) error {
	kept, err := signalfile.Open(filepath.Join(cfg.Data, "signals"))
	if err != nil {
		return err
	}
	r.signals = signal.New(s.url, s.key.Secret, kept)
	r.resources = resource.New(resource.Config{
		Call: func(ctx context.Context, from wire.Origin, service, operation string, members map[string]any) (map[string]any, error) {
			return r.api.Call(ctx, from, service, operation, members)
		},
		Buckets: r.buckets, Signals: r.signals, Invoke: requests{r.events}.send, Stacks: &r.nested, Template: documents{r.buckets}.template, Objects: documents{r.buckets},
		Scale: cfg.Scale, Logger: cfg.Logger,
	})
	return nil
}

// requests hands what stacks want of custom resources to their functions.
type requests struct{ events *async.Service }

// send accepts an event for a function that is named by its ARN.
func (q requests) send(ctx context.Context, _ wire.Origin, arn string, event []byte) error {
	id, qualifier, err := parseFunction(arn)
	if err != nil {
		return err
	}
	return q.events.Submit(ctx, async.Invocation{Function: id, Qualifier: qualifier, RequestID: uuid.NewString(), Payload: event})
}

// parseFunction reads the ARN of a function, a version or an alias.
func parseFunction(arn string) (id function.ID, qualifier string, err error) {
	parts := strings.SplitN(arn, ":", 8)
	if len(parts) < 7 || parts[2] != "lambda" || parts[5] != "function" {
		return id, "", fault.Errorf(fault.Invalid, "function", "%s is no function's ARN", arn)
	}
	id = function.ID{Scope: function.Scope{Region: parts[3], Account: parts[4]}, Name: parts[6]}
	if len(parts) == 8 {
		qualifier = parts[7]
	}
	return id, qualifier, nil
}

// nested are the stacks in stacks. The service that keeps them is set once there is one.
type nested struct{ resource.Stacks }
