package server

import (
	"context"
	"path/filepath"
	"sync/atomic"

	"sluice/internal/alarm"
	"sluice/internal/metric"
	"sluice/internal/metricfile"
	"sluice/internal/rollout"
)

// buildMetrics takes up the metrics that were kept, and begins to publish what the meter measures.
func (s *Server) buildMetrics(ctx context.Context, cfg Config, meter *metric.Meter) (*metric.Service, error) {
	journal, err := metricfile.Open(filepath.Join(cfg.Data, "metrics"), cfg.Logger)
	if err != nil {
		return nil, err
	}
	s.closer.add("the metrics' journal", func(context.Context) error { return journal.Close() })
	service := metric.NewService(metric.Config{Scale: cfg.Scale, Journal: journal, Meter: meter, Logger: cfg.Logger})
	if err := service.Start(ctx); err != nil {
		return nil, err
	}
	s.closer.add("the metrics", func(context.Context) error { return service.Close() })
	return service, nil
}

// buildAlarms completes the configuration and watches the alarms that are stored.
func (s *Server) buildAlarms(ctx context.Context, cfg Config, alarms alarm.ServiceConfig) (*alarm.Service, error) {
	alarms.Scale, alarms.Logger = cfg.Scale, cfg.Logger
	service := alarm.NewService(alarms)
	if err := service.Start(ctx); err != nil {
		return nil, err
	}
	s.closer.add("the alarms", func(context.Context) error { service.Close(); return nil })
	return service, nil
}

// bell tells the deployments of alarms. Alarms are watched before the deployments go on, which ask for them; so there is
// a time in which nobody hears it. It ends before any deployment goes on, and each looks for itself when it does.
type bell struct {
	rollouts atomic.Pointer[rollout.Service]
}

func (b *bell) ring(c alarm.Change) {
	if listening := b.rollouts.Load(); listening != nil {
		listening.AlarmChanged(c.Alarm.Scope, c.Alarm.Name)
	}
}
