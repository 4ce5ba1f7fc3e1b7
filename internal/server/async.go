package server

import (
	"cmp"
	"context"

	"sluice/internal/api/lambda"
	"sluice/internal/async"
	"sluice/internal/function"
	"sluice/internal/host"
)

// openEvents goes on with the events that were accepted and have not ended.
func (s *Server) openEvents(ctx context.Context, cfg Config, r *rooms) error {
	r.events = async.NewService(async.ServiceConfig{
		Store: r.records, Functions: events{r.invoker}, Record: lambda.EventRecord, Metrics: r.counted, Scale: cfg.Scale,
		EachAtOnce: cmp.Or(cfg.MaxProcesses, host.DefaultLimit()), // as many as the host lets a version have
		Logger:     cfg.Logger,
	})
	if err := r.events.Start(ctx); err != nil {
		return err
	}
	s.closer.add("the events", func(context.Context) error { r.events.Close(); return nil })
	return nil
}

// events runs functions for events. It implements async.Functions.
type events struct{ *invoker }

func (e events) Invocable(ctx context.Context, id function.ID, qualifier string) error {
	return e.functions.Invocable(ctx, id, qualifier)
}

func (e events) Invoke(ctx context.Context, inv *function.Invocation) (function.Answer, error) {
	return e.invoke(ctx, inv)
}
