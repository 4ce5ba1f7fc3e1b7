package async_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/async"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/metric"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var scope = function.Scope{Account: "000000000000", Region: "us-east-1"}

func id(name string) function.ID { return function.ID{Scope: scope, Name: name} }

// stage is a Service in fake time, with the functions f and sink. Each has a version 1 and an alias live.
type stage struct {
	t       *testing.T
	folder  string
	records *store.Store
	cfg     async.ServiceConfig
	*async.Service
	functions *functions
	metrics   *metrics
	log       bytes.Buffer
	start     time.Time
}

// onStage runs a test in fake time.
func onStage(t *testing.T, change func(*async.ServiceConfig), test func(*testing.T, *stage)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &stage{t: t, folder: t.TempDir(), functions: &functions{play: map[string]play{}}, metrics: &metrics{values: map[measured][]float64{}}, start: time.Now()}
		s.functions.stage = s
		s.records = s.open()
		for _, name := range []string{"f", "sink"} {
			s.create(name)
		}
		s.cfg = async.ServiceConfig{
			Store: s.records, Functions: s.functions, Record: record, Metrics: s.metrics,
			Logger: slog.New(slog.NewTextHandler(&s.log, nil)),
		}
		if change != nil {
			change(&s.cfg)
		}
		s.rise()
		test(t, s)
		s.Close()
		if err := s.records.Close(); err != nil {
			t.Error(err)
		}
	})
}

func (s *stage) open() *store.Store {
	s.t.Helper()
	records, err := store.Open(context.Background(), store.Config{Folder: prepared.Folder(s.t, s.folder)})
	if err != nil {
		s.t.Fatal(err)
	}
	return records
}

// rise starts a Service on the records.
func (s *stage) rise() {
	s.t.Helper()
	s.Service = async.NewService(s.cfg)
	if err := s.Start(context.Background()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) write(change func(function.Tx) error) {
	s.t.Helper()
	if err := s.records.WriteFunctions(context.Background(), change); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) create(name string) {
	s.t.Helper()
	s.write(func(tx function.Tx) error {
		f := &function.Function{ID: id(name), Latest: function.Version{Function: id(name)}}
		version := &function.Version{Function: id(name), Number: 1}
		alias := &function.Alias{Function: id(name), Name: "live", Version: 1}
		return errors.Join(tx.PutFunction(f), tx.PutVersion(version), tx.PutAlias(alias))
	})
}

// submit accepts an event of the function f.
func (s *stage) submit(payload string) {
	s.t.Helper()
	s.submitTo("", payload)
}

func (s *stage) submitTo(qualifier, payload string) {
	s.t.Helper()
	err := s.Submit(context.Background(), async.Invocation{
		Function: id("f"), Qualifier: qualifier, RequestID: "request-" + payload, TraceID: "trace", Payload: []byte(payload),
	})
	if err != nil {
		s.t.Fatal(err)
	}
	synctest.Wait()
}

// configure says how the events of f are treated.
func (s *stage) configure(change async.ConfigChange) {
	s.t.Helper()
	if _, err := s.PutConfig(context.Background(), id("f"), "", change); err != nil {
		s.t.Fatal(err)
	}
}

// toSink tells the function sink of both ends.
func toSink() *async.Destinations {
	sink := &async.Destination{ARN: new(id("sink").ARN())}
	return &async.Destinations{OnSuccess: sink, OnFailure: sink}
}

// pass lets time pass and all happen that is due.
func pass(d time.Duration) {
	time.Sleep(d) // of the bubble
	synctest.Wait()
}

// left is how many events are stored.
func (s *stage) left() (n int) {
	s.t.Helper()
	err := s.records.ReadEvents(context.Background(), func(r async.Reader) error {
		pending, err := r.PendingEvents(0, 0)
		n = len(pending)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// want compares what the functions were called with until now.
func (s *stage) want(calls ...string) {
	s.t.Helper()
	s.functions.mu.Lock()
	defer s.functions.mu.Unlock()
	if !slices.Equal(s.functions.calls, calls) {
		s.t.Errorf("the calls were\n%q, want\n%q", s.functions.calls, calls)
	}
}

// play is what a function does.
type play func(ctx context.Context) (function.Answer, error)

func succeed(context.Context) (function.Answer, error) {
	return function.Answer{Outcome: &function.Outcome{Payload: []byte(`"done"`)}, Executed: 1}, nil
}

func fail(context.Context) (function.Answer, error) {
	return function.Answer{Outcome: &function.Outcome{Payload: []byte(`"failed"`), Failed: true}}, nil
}

func throttle(context.Context) (function.Answer, error) {
	return function.Answer{}, fault.Errorf(fault.Throttled, "concurrency", "Rate Exceeded.")
}

// hang runs until nobody waits for it any more.
func hang(ctx context.Context) (function.Answer, error) {
	<-ctx.Done()
	return function.Answer{}, ctx.Err()
}

// after takes time first.
func after(d time.Duration, then play) play {
	return func(ctx context.Context) (function.Answer, error) {
		time.Sleep(d) // of the bubble
		return then(ctx)
	}
}

// inTurn is another play at each call; the last one stays.
func inTurn(plays ...play) play {
	var mu sync.Mutex
	return func(ctx context.Context) (function.Answer, error) {
		mu.Lock()
		p := plays[0]
		if len(plays) > 1 {
			plays = plays[1:]
		}
		mu.Unlock()
		return p(ctx)
	}
}

// functions plays functions, and notes when they were called with what. A function without a play succeeds.
type functions struct {
	stage   *stage
	lenient bool // request ids are not looked at
	mu      sync.Mutex
	play    map[string]play // guarded by mu
	calls   []string        // guarded by mu
}

func (f *functions) set(name string, p play) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.play[name] = p
}

func (f *functions) Invocable(ctx context.Context, id function.ID, qualifier string) error {
	return f.stage.records.ReadFunctions(ctx, func(r function.Reader) error {
		if _, err := r.Function(id); err != nil {
			return function.NotFound(id, qualifier)
		}
		return nil
	})
}

func (f *functions) Invoke(ctx context.Context, inv *function.Invocation) (function.Answer, error) {
	f.mu.Lock()
	call := fmt.Sprintf("%s %s(%s)", time.Since(f.stage.start), inv.Function.Name, inv.Call.Payload)
	if inv.Qualifier != "" {
		call = fmt.Sprintf("%s %s:%s(%s)", time.Since(f.stage.start), inv.Function.Name, inv.Qualifier, inv.Call.Payload)
	}
	f.calls = append(f.calls, call)
	p := f.play[inv.Function.Name]
	f.mu.Unlock()
	if want := "request-" + string(inv.Call.Payload); inv.Function.Name == "f" && !f.lenient && (inv.Call.RequestID != want || inv.Call.TraceID != "trace") {
		f.stage.t.Errorf("%s has the request id %s and the trace %s", call, inv.Call.RequestID, inv.Call.TraceID)
	}
	if p == nil {
		p = succeed
	}
	return p(ctx)
}

// record writes in brief what a destination is told.
func record(c *async.Completion) ([]byte, error) {
	text := fmt.Sprintf("%s after %d", c.Condition, c.Runs)
	if c.Answer != nil {
		text += " with " + string(c.Answer.Payload)
	}
	return []byte(text), nil
}

// metrics notes what was measured, in order.
type metrics struct {
	mu     sync.Mutex
	values map[measured][]float64 // guarded by mu
}

// measured is what was measured of which function.
type measured struct {
	function, qualifier string
	measure             metric.Measure
}

func (m *metrics) Count(id function.ID, qualifier string, what metric.Measure, value float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := measured{id.Name, qualifier, what}
	m.values[key] = append(m.values[key], value)
}

// wantMeasured compares what was measured of f, called without a qualifier.
func (s *stage) wantMeasured(what metric.Measure, want ...float64) {
	s.t.Helper()
	s.wantMeasuredOf("f", "", what, want...)
}

func (s *stage) wantMeasuredOf(name, qualifier string, what metric.Measure, want ...float64) {
	s.t.Helper()
	s.metrics.mu.Lock()
	defer s.metrics.mu.Unlock()
	if got := s.metrics.values[measured{name, qualifier, what}]; !slices.Equal(got, want) {
		s.t.Errorf("measured %v of %s:%s, measure %d; want %v", got, name, qualifier, what, want)
	}
}
