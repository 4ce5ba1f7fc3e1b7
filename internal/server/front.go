package server

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"sluice/internal/async"
	"sluice/internal/function"
	"sluice/internal/gateway"
	"sluice/internal/gateway/executeapi"
	"sluice/internal/gateway/token"
	"sluice/internal/logs"
	"sluice/internal/metric"
)

// openGateway builds the front of function URLs and APIs at the server's own port.
func (s *Server) openGateway(_ context.Context, cfg Config, r *rooms) error {
	access := &accessLogs{logs: r.logs, logger: cfg.Logger, open: map[[2]string]logs.Appender{}}
	s.closer.add("the access logs", func(context.Context) error { return access.close() })
	r.front = gateway.Config{
		URLs: r.urls, RESTAPIs: r.restAPIs, HTTPAPIs: r.httpAPIs, Tokens: token.NewIssuers(), Functions: r.functions, Events: submitter{r.events}, Permissions: r.permissions,
		Meter: urlMeter{r.counted}, APIMeter: apiMeter{r.counted}, AccessLog: access.write,
		Address: r.address, Keys: keys{r.keys}, Anyone: anyone(cfg), BodyTime: bodyTime, Logger: cfg.Logger,
	}
	r.gateway = gateway.New(r.front)
	return nil
}

// apiMeter counts requests to stages. It implements executeapi.Meter.
type apiMeter struct{ counted *metric.Batcher }

func (m apiMeter) RecordAPI(s executeapi.Sample) {
	of := s.Name
	if s.HTTP {
		of = s.API
	}
	m.counted.Serve(&metric.Request{
		Scope: s.Scope, API: of, Stage: s.Stage, HTTP: s.HTTP, Status: s.Status, Ended: s.Ended,
		Latency: s.Latency, Integration: s.Integration, Sent: s.Sent,
	})
}

// submitter takes event invocations. It implements rest.Events.
type submitter struct{ events *async.Service }

func (s submitter) Submit(ctx context.Context, inv *function.Invocation) error {
	return s.events.Submit(ctx, async.Invocation{
		Function: inv.Function, Qualifier: inv.Qualifier, RequestID: inv.Call.RequestID, TraceID: inv.Call.TraceID, Payload: inv.Call.Payload,
	})
}

// maxAccessLogs is how many streams of access logs are kept open.
const maxAccessLogs = 100

// accessLogs writes the lines of stages that log their requests.
type accessLogs struct {
	logs   *logs.Service
	logger *slog.Logger

	mu   sync.Mutex
	open map[[2]string]logs.Appender // guarded by mu: by group and stream
}

// write appends a line to a stream of the group with an ARN, which begins with the group.
func (a *accessLogs) write(group, stream, line string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	to := a.open[[2]string{group, stream}]
	if to == nil {
		parts := strings.SplitN(group, ":", 8) // arn:aws:logs:REGION:ACCOUNT:log-group:NAME
		if len(parts) < 7 {
			return
		}
		opened, err := a.logs.Stream(parts[4], parts[3], parts[6], stream)
		if err != nil {
			a.logger.Warn("an access log could not be written", "group", group, "error", err)
			return
		}
		if len(a.open) >= maxAccessLogs {
			if err := a.closeAll(); err != nil {
				a.logger.Warn("an access log could not be closed", "error", err)
			}
		}
		a.open[[2]string{group, stream}], to = opened, opened
	}
	to.Append(time.Now(), []byte(line))
}

func (a *accessLogs) closeAll() (first error) {
	for id, each := range a.open {
		if err := each.Close(); err != nil && first == nil {
			first = err
		}
		delete(a.open, id)
	}
	return first
}

// close ends the streams; no request runs any more.
func (a *accessLogs) close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.closeAll()
}
