package async

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"sluice/internal/clock"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/metric"
)

// Metrics takes what is measured of events. *metric.Batcher implements it.
type Metrics interface {
	Count(id function.ID, qualifier string, m metric.Measure, value float64)
}

// Functions runs functions. internal/server implements it with function.Service.
type Functions interface {
	// Invocable reports why an invocation could not begin: fault.NotFound "function".
	Invocable(ctx context.Context, id function.ID, qualifier string) error
	// Invoke runs a call. When ctx ends it returns ctx's error and leaves the call alone. An error says that the function
	// did not run.
	Invoke(ctx context.Context, inv *function.Invocation) (function.Answer, error)
}

// ServiceConfig says what a Service works with.
type ServiceConfig struct {
	Store     Store
	Functions Functions
	// Record writes the document that tells a destination of an event's end.
	Record func(*Completion) ([]byte, error)
	// Metrics gets what becomes of events. Nil means that nobody does.
	Metrics Metrics
	Scale   clock.Scale
	// AtOnce is how many events run at once, of all functions; 0 means 256.
	AtOnce int
	// EachAtOnce is how many of one function do; 0 means no limit of its own. More than the function can have processes
	// would only crowd out those who wait for an answer.
	EachAtOnce int
	// Logger hears of events that were given up. Nil means nobody.
	Logger *slog.Logger
}

const defaultAtOnce = 256

// closeGrace is how long Close lets calls go on before it leaves them alone. One that ends later runs again after the next
// start.
const closeGrace = time.Second

// Service keeps events until they have ended, and runs them. Its methods may be called by many goroutines at once.
type Service struct {
	cfg        ServiceConfig
	dispatcher *dispatcher
	up         time.Time    // when it was started
	last       atomic.Int64 // the newest event's number

	breaking context.Context // ends when running calls are left alone
	leave    context.CancelFunc
	running  sync.WaitGroup
	closed   sync.Once
}

// NewService returns a Service. It starts nothing.
func NewService(cfg ServiceConfig) *Service {
	cfg.AtOnce = cmp.Or(cfg.AtOnce, defaultAtOnce)
	cfg.EachAtOnce = cmp.Or(cfg.EachAtOnce, cfg.AtOnce)
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	s := &Service{cfg: cfg}
	s.dispatcher = newDispatcher(cfg.AtOnce, cfg.EachAtOnce, s.run)
	s.breaking, s.leave = context.WithCancel(context.Background())
	return s
}

// pageSize is how many events Start reads at once.
const pageSize = 1000

// Start takes up the events that wait, and begins to run them. It must be called before Submit, and Close after it.
func (s *Service) Start(ctx context.Context) error {
	s.up = now()
	for {
		var page []Pending
		err := s.cfg.Store.ReadEvents(ctx, func(r Reader) (err error) {
			page, err = r.PendingEvents(s.last.Load(), pageSize)
			return err
		})
		if err != nil {
			return err
		}
		for _, p := range page {
			s.last.Store(p.Number)
			s.dispatcher.later(p.Function, p.Number, p.Since.Add(s.cfg.Scale.Here(p.Wait)))
		}
		if len(page) < pageSize {
			break
		}
	}
	s.running.Go(s.dispatcher.watch)
	return nil
}

// Close begins no more tries, lets those that run end for a moment, and leaves the others alone: their events are run
// again after the next start. It returns when nothing of the Service runs any more. It may be called again.
func (s *Service) Close() {
	s.closed.Do(func() {
		grace := time.AfterFunc(closeGrace, s.leave)
		s.dispatcher.close()
		grace.Stop()
		s.leave()
		s.running.Wait()
	})
}

// Submit accepts an event. It returns when the event is on disk; from then on nothing but the end of its function or of
// its time keeps it from being run.
// Errors: fault.NotFound "function", for a missing version or alias too; fault.TooLarge "event".
func (s *Service) Submit(ctx context.Context, inv Invocation) error {
	if size := len(inv.Payload); size > MaxPayload {
		return tooLarge(size)
	}
	if err := s.cfg.Functions.Invocable(ctx, inv.Function, inv.Qualifier); err != nil {
		return err
	}
	e := s.event(inv)
	err := s.cfg.Store.WriteEvents(ctx, func(tx Tx) error { return tx.AddEvent(e) })
	if fault.Is(err, fault.NotFound, "function") { // it was deleted meanwhile
		return function.NotFound(inv.Function, inv.Qualifier)
	}
	if err != nil {
		return err
	}
	s.accepted(e)
	return nil
}

// event makes a new event of an invocation.
func (s *Service) event(inv Invocation) *Event {
	at := now()
	return &Event{Invocation: inv, Number: s.last.Add(1), Received: at, Since: at}
}

// accepted has an event run that is on disk.
func (s *Service) accepted(e *Event) {
	s.count(e.Invocation, metric.EventReceived, 1)
	s.dispatcher.add(e.Function, e.Number)
}

// count notes a value that was measured of a function's events.
func (s *Service) count(of Invocation, m metric.Measure, value float64) {
	if s.cfg.Metrics != nil {
		s.cfg.Metrics.Count(of.Function, of.Qualifier, m, value)
	}
}

func tooLarge(size int) error {
	return fault.Errorf(fault.TooLarge, "event", "%d byte payload is too large for the Event invocation type (limit %d bytes)", size, MaxPayload)
}

// now is the time as records keep it: to the microsecond.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }
