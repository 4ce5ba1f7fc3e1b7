package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"sluice/internal/account"
	"sluice/internal/alarm"
	"sluice/internal/api/cloudwatch"
	"sluice/internal/api/codedeploy"
	"sluice/internal/api/lambda"
	logsapi "sluice/internal/api/logs"
	"sluice/internal/api/sluice"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/blob"
	"sluice/internal/dashboard"
	"sluice/internal/function"
	"sluice/internal/host"
	"sluice/internal/metric"
	"sluice/internal/rollout"
	"sluice/internal/store"
)

// Limits of what a client may do to a connection.
const (
	headerTime = 10 * time.Second // to send a request's head
	bodyTime   = 60 * time.Second // to send its body
	idleTime   = 3 * time.Minute  // between two requests
)

// Server is a running server.
type Server struct {
	url    string
	key    account.Key
	http   *http.Server
	closer closer
	failed chan error
	served chan struct{}
}

// Start starts a server and returns when it accepts requests. Deployments that were under way when the last server on
// the folder ended go on.
func Start(ctx context.Context, cfg Config) (*Server, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Server{failed: make(chan error, 1), served: make(chan struct{})}
	listener, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w: choose another address with --listen", cfg.Listen, err)
	}
	s.url = reachable(listener.Addr())
	handler, err := s.build(ctx, cfg)
	if err == nil {
		err = writeAddress(cfg.Data, s.url)
	}
	if err != nil {
		return nil, errors.Join(err, s.closer.close(ctx), listener.Close())
	}
	s.http = &http.Server{Handler: handler, ReadHeaderTimeout: headerTime, IdleTimeout: idleTime}
	go s.serve(listener)
	return s, nil
}

func (s *Server) serve(listener net.Listener) {
	defer close(s.served)
	if err := s.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		s.failed <- fmt.Errorf("serve: %w", err)
	}
}

// build makes the rooms, from the ground up, and notes how each is closed.
func (s *Server) build(ctx context.Context, cfg Config) (http.Handler, error) {
	records, err := store.Open(ctx, store.Config{Folder: cfg.Data, Logger: cfg.Logger})
	if err != nil {
		return nil, err
	}
	s.closer.add("the records", func(context.Context) error { return records.Close() })
	if s.key, err = loadKey(filepath.Join(cfg.Data, credentialsFile)); err != nil {
		return nil, err
	}
	ring := account.NewKeyring(cfg.Account, s.key)
	blobs, err := blob.OpenFolder(filepath.Join(cfg.Data, "blobs"))
	if err != nil {
		return nil, err
	}
	meter := metric.NewMeter(cfg.Scale)
	metered, err := s.buildMetrics(ctx, cfg, meter)
	if err != nil {
		return nil, err
	}
	events, err := s.buildLogs(ctx, cfg, records, metered)
	if err != nil {
		return nil, err
	}
	runner, err := s.buildHost(cfg, ring, blobs, events)
	if err != nil {
		return nil, err
	}
	metrics := newMetrics(meter)
	functions := function.NewService(records, packages{blobs, runner}, runner, meter)
	bell := &bell{}
	alarms, err := s.buildAlarms(ctx, cfg, alarm.ServiceConfig{
		Store: records, Metrics: metered, Actions: actions{functions}, Changed: bell.ring, Late: metrics.heard,
	})
	if err != nil {
		return nil, err
	}
	rollouts, err := s.buildRollouts(ctx, cfg, bell, rollout.ServiceConfig{
		Store: records, Traffic: functions, Hooks: hooks{functions}, Alarms: alarms, Measures: measures{meter},
		Late: func(late time.Duration) { metrics.late.Observe(late.Seconds()) },
	})
	if err != nil {
		return nil, err
	}
	downloads := lambda.NewDownloads(blobs, s.key.Secret, cfg.Logger)
	api := wire.NewServer(
		wire.Config{Keys: keys{ring}, Logger: cfg.Logger, Anyone: anyone(cfg), BodyTime: bodyTime},
		lambda.New(functions, downloads), codedeploy.New(rollouts), sluice.New(rollouts), logsapi.New(logsapi.Config{Logs: events}),
		cloudwatch.New(cloudwatch.Config{Metrics: metered, Alarms: alarms, Dashboards: dashboard.NewService(records)}),
	)
	return route(api, downloads, metrics), nil
}

// buildRollouts completes the configuration and goes on with the deployments that were under way.
func (s *Server) buildRollouts(ctx context.Context, cfg Config, bell *bell, rollouts rollout.ServiceConfig) (*rollout.Service, error) {
	rollouts.Scale, rollouts.Logger, rollouts.Owner = cfg.Scale, cfg.Logger, s.url
	service := rollout.NewService(rollouts)
	bell.rollouts.Store(service)
	if err := service.Start(ctx); err != nil {
		return nil, err
	}
	s.closer.add("the deployments", func(context.Context) error { service.Close(); return nil })
	return service, nil
}

func (s *Server) buildHost(cfg Config, ring *account.Keyring, blobs *blob.Folder, events host.Logs) (*host.Host, error) {
	runner, err := host.New(host.Config{
		Dir: filepath.Join(cfg.Data, "host"), Packages: blobs, Logs: events, Limit: cfg.MaxProcesses,
		Environ: environment(ring, s.url), Logger: cfg.Logger,
	})
	if err != nil {
		return nil, err
	}
	s.closer.add("the functions' processes", runner.Close)
	return runner, nil
}

// anyone is who callers are whose keys are not known, if they are let in.
func anyone(cfg Config) *sigv4.Identity {
	if !cfg.AcceptAnyCredentials {
		return nil
	}
	return &sigv4.Identity{Account: cfg.Account, ARN: "arn:aws:iam::" + cfg.Account + ":root"}
}

// route sends Sluice's own paths to their handlers and everything else to the API.
func route(api, downloads http.Handler, metrics *metrics) http.Handler {
	own := http.NewServeMux()
	own.HandleFunc("GET /_sluice/health", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"status":"ok"}` + "\n"))
	})
	own.Handle("GET /_sluice/metrics", metrics.handler())
	own.Handle("GET "+lambda.DownloadPath, downloads)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/_sluice/") && !strings.HasPrefix(r.URL.Path, sluice.Prefix) {
			if r.ContentLength != 0 { // none of these takes a body, and net/http would wait for it
				w.Header().Set("Connection", "close")
				_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(time.Second))
			}
			own.ServeHTTP(w, r)
			return
		}
		api.ServeHTTP(w, r)
	})
}

// URL is where the server listens, such as http://127.0.0.1:4566.
func (s *Server) URL() string { return s.url }

// Key is the key pair that the server knows.
func (s *Server) Key() account.Key { return s.key }

// Failed tells of the error that ended the server by itself, if one does.
func (s *Server) Failed() <-chan error { return s.failed }

// Close stops the server and waits: no request is taken any more, those that run end, and then the rooms are closed,
// the last opened first. When ctx ends, what still runs is cut off.
func (s *Server) Close(ctx context.Context) error {
	err := s.http.Shutdown(ctx)
	if err != nil { // ctx has ended
		err = s.http.Close()
	}
	<-s.served
	return errors.Join(err, s.closer.close(ctx))
}
