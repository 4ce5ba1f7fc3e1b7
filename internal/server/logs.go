package server

import (
	"context"
	"path/filepath"

	"sluice/internal/logfile"
	"sluice/internal/logs"
)

// buildLogs opens the files of log events and what is known of their groups. metrics takes what metric filters make.
func (s *Server) buildLogs(ctx context.Context, cfg Config, records logs.Store, metrics logs.Metrics) (*logs.Service, error) {
	files, err := logfile.Open(filepath.Join(cfg.Data, "logs"), cfg.Logger)
	if err != nil {
		return nil, err
	}
	s.closer.add("the log files", func(context.Context) error { return files.Close() })
	service := logs.NewService(logs.Config{Store: records, Files: files, Metrics: metrics, Scale: cfg.Scale, Logger: cfg.Logger})
	if err := service.Start(ctx); err != nil {
		return nil, err
	}
	s.closer.add("the logs", func(context.Context) error { service.Close(); return nil })
	return service, nil
}
