package server

import (
	"context"
	"net/http"
	"path/filepath"

	"sluice/internal/account"
	"sluice/internal/alarm"
	"sluice/internal/api/lambda"
	"sluice/internal/api/resource"
	"sluice/internal/api/resource/signal"
	"sluice/internal/api/wire"
	"sluice/internal/async"
	"sluice/internal/blob"
	"sluice/internal/bucket"
	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/gateway"
	"sluice/internal/gateway/address"
	"sluice/internal/host"
	"sluice/internal/httpapi"
	"sluice/internal/layer"
	"sluice/internal/logfile"
	"sluice/internal/logs"
	"sluice/internal/metric"
	"sluice/internal/metricfile"
	"sluice/internal/parameter"
	"sluice/internal/permission"
	"sluice/internal/proxy"
	"sluice/internal/restapi"
	"sluice/internal/rollout"
	"sluice/internal/stack"
	"sluice/internal/store"
)

// rooms are what has been built so far, from the ground up.
type rooms struct {
	records     *store.Store
	keys        *account.Keyring
	accounts    *account.Service
	parameters  *parameter.Service
	blobs       *blob.Folder
	meter       *metric.Meter
	scraped     *metrics
	metrics     *metric.Service
	counted     *metric.Batcher // what is measured of events and function URLs
	logs        *logs.Service
	functions   *function.Service
	permissions *permission.Service
	layers      *layer.Service
	buckets     *bucket.Service
	invoker     *invoker
	events      *async.Service
	bell        bell
	alarms      *alarm.Service
	rollouts    *rollout.Service
	urls        *functionurl.Service
	restAPIs    *restapi.Service
	httpAPIs    *httpapi.Service
	address     address.Server
	authority   *proxy.Authority
	front       gateway.Config // of gateway
	gateway     *gateway.Gateway
	signals     *signal.Addresses
	resources   *resource.Provider
	nested      nested
	stacks      *stack.Service
	api         *wire.Server
}

// build makes the rooms in their order, and notes how each is closed.
func (s *Server) build(ctx context.Context, cfg Config) (http.Handler, error) {
	r := &rooms{meter: metric.NewMeter(cfg.Scale)}
	r.scraped = newMetrics(r.meter)
	for _, step := range []func(context.Context, Config, *rooms) error{
		s.openRecords, s.openMetrics, s.openLogs, s.openIdentities, s.openParameters, s.openBuckets, s.openAuthority, s.openFunctions, s.openRESTAPIs, s.openHTTPAPIs, s.openURLs, s.openEvents, s.openGateway, s.openAlarms, s.openRollouts, s.openResources, s.openStacks,
	} {
		if err := step(ctx, cfg, r); err != nil {
			return nil, err
		}
	}
	downloads := lambda.NewDownloads(r.blobs, s.key.Secret, cfg.Logger)
	r.api = wire.NewServer(
		wire.Config{Keys: keys{r.keys}, Logger: cfg.Logger, Anyone: anyone(cfg), BodyTime: bodyTime},
		s.services(r, downloads)...,
	)
	if err := s.startStacks(ctx, r); err != nil {
		return nil, err
	}
	return s.throughProxy(cfg, r, route(r.api, storage(cfg, r), downloads, r.gateway, r.signals, r.scraped)), nil
}

func (s *Server) openRecords(ctx context.Context, cfg Config, r *rooms) (err error) {
	if r.records, err = store.Open(ctx, store.Config{Folder: cfg.Data, Logger: cfg.Logger}); err != nil {
		return err
	}
	s.closer.add("the records", func(context.Context) error { return r.records.Close() })
	if s.key, err = loadKey(filepath.Join(cfg.Data, credentialsFile)); err != nil {
		return err
	}
	r.keys = account.NewKeyring(cfg.Account, s.key)
	r.blobs, err = blob.OpenFolder(filepath.Join(cfg.Data, "blobs"))
	return err
}

// openMetrics takes up the metrics that were kept, and begins to publish what the meter measures.
func (s *Server) openMetrics(ctx context.Context, cfg Config, r *rooms) error {
	journal, err := metricfile.Open(filepath.Join(cfg.Data, "metrics"), cfg.Logger)
	if err != nil {
		return err
	}
	s.closer.add("the metrics' journal", func(context.Context) error { return journal.Close() })
	r.metrics = metric.NewService(metric.Config{Scale: cfg.Scale, Journal: journal, Meter: r.meter, Logger: cfg.Logger})
	if err := r.metrics.Start(ctx); err != nil {
		return err
	}
	s.closer.add("the metrics", func(context.Context) error { return r.metrics.Close() })
	r.counted = metric.NewBatcher(r.metrics, cfg.Scale, cfg.Logger)
	r.counted.Start()
	s.closer.add("the metrics of events and function URLs", func(context.Context) error { r.counted.Close(); return nil })
	return nil
}

// openLogs opens the files of log events and what is known of their groups.
func (s *Server) openLogs(ctx context.Context, cfg Config, r *rooms) error {
	files, err := logfile.Open(filepath.Join(cfg.Data, "logs"), cfg.Logger)
	if err != nil {
		return err
	}
	s.closer.add("the log files", func(context.Context) error { return files.Close() })
	r.logs = logs.NewService(logs.Config{Store: r.records, Files: files, Metrics: r.metrics, Scale: cfg.Scale, Logger: cfg.Logger})
	if err := r.logs.Start(ctx); err != nil {
		return err
	}
	s.closer.add("the logs", func(context.Context) error { r.logs.Close(); return nil })
	return nil
}

// openFunctions makes the functions' processes possible, and starts those that are provisioned.
func (s *Server) openFunctions(ctx context.Context, cfg Config, r *rooms) error {
	r.invoker = &invoker{}
	s.closer.add("the server's own calls", func(context.Context) error { r.invoker.close(); return nil })
	runner, err := host.New(host.Config{
		Dir: filepath.Join(cfg.Data, "host"), Packages: r.blobs, Logs: r.logs, Limit: cfg.MaxProcesses,
		Environ: environment(r.keys, s.url, proxyFolder(cfg.Data)), Logger: cfg.Logger,
		Sandbox: host.SandboxMode(cfg.Sandbox), Private: []string{cfg.Data}, Share: cfg.Share, Shown: proxy.Files(proxyFolder(cfg.Data)),
	})
	if err != nil {
		return err
	}
	s.closer.add("the functions' processes", runner.Close)
	kept := packages{r.blobs, runner}
	r.functions = function.NewService(r.records, kept, runner, r.meter)
	r.functions.OnLost(func(ctx context.Context, id function.ID, err error) {
		cfg.Logger.ErrorContext(ctx, "a change of a function could not be followed; its processes start anew", "function", id.ARN(), "error", err)
	})
	r.layers = layer.NewService(r.records, kept)
	r.invoker.functions = r.functions
	return r.functions.Start(ctx)
}

// openAlarms watches the alarms that are stored.
func (s *Server) openAlarms(ctx context.Context, cfg Config, r *rooms) error {
	r.alarms = alarm.NewService(alarm.ServiceConfig{
		Store: r.records, Metrics: r.metrics, Actions: actions{r.events}, Changed: r.bell.ring, Late: r.scraped.alarmLate,
		Scale: cfg.Scale, Logger: cfg.Logger,
	})
	if err := r.alarms.Start(ctx); err != nil {
		return err
	}
	s.closer.add("the alarms", func(context.Context) error { r.alarms.Close(); return nil })
	return nil
}

// openRollouts goes on with the deployments that were under way.
func (s *Server) openRollouts(ctx context.Context, cfg Config, r *rooms) error {
	r.rollouts = rollout.NewService(rollout.ServiceConfig{
		Store: r.records, Traffic: r.functions, Hooks: hooks{r.invoker}, Alarms: r.alarms, Measures: measures{r.meter},
		Late: r.scraped.shiftLate, Scale: cfg.Scale, Logger: cfg.Logger, Owner: s.url,
	})
	r.bell.rollouts.Store(r.rollouts)
	if err := r.rollouts.Start(ctx); err != nil {
		return err
	}
	s.closer.add("the deployments", func(context.Context) error { r.rollouts.Close(); return nil })
	return nil
}
