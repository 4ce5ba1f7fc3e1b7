package alarm

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"sluice/internal/clock"
	"sluice/internal/function"
	"sluice/internal/metric"
)

// Metrics answers what the statistics of a metric are. metric.Service does.
type Metrics interface {
	// Points returns the points of the periods that have any, the oldest first. It may be asked the same again, by many
	// goroutines at once, and then tells what has come since, too. After an error the alarm keeps its state and is looked
	// at again soon; a query that can never be answered is for Put to refuse.
	Points(ctx context.Context, q metric.Query) ([]metric.Point, error)
}

// Runner does what alarms ask for when they change their states. internal/server implements it.
type Runner interface {
	// Run runs one action, named by its ARN. An error says why it could not be run; it is noted in the alarm's history
	// and not tried again. Many may run at once, but those of one alarm come one by one, in the order of its changes.
	Run(ctx context.Context, action string, c Change) error
}

// ServiceConfig says what a Service works with. Store and Metrics are needed.
type ServiceConfig struct {
	Store   Store
	Metrics Metrics
	// Actions runs actions. With nil none are run, and history does not speak of them.
	Actions Runner
	// Changed is told of each change of state, and of deletions, after they are stored, in the goroutine that made them:
	// its caller waits. Those of one alarm come one by one. It may call what only reads (Ringing, Describe), and nothing that changes alarms.
	// Nil is not told.
	Changed func(Change)
	// Scale says how long periods, waits and the cadence of evaluations take here.
	Scale clock.Scale
	// Logger hears of evaluations that failed. Nil discards it.
	Logger *slog.Logger
	// Late is told how long after the end of its newest period the change of a metric alarm was stored and told. Nil is
	// not told.
	Late func(time.Duration)
}

// Service keeps alarms and watches them. Its methods may be called by many goroutines at once.
type Service struct {
	cfg      ServiceConfig
	book     *book
	schedule *schedule
	errands  *errands
	waves    waves
	slots    chan struct{} // one for each evaluation that runs

	// structure is held for writing while it changes who depends on whom, and for reading while a metric alarm comes or a
	// wave goes.
	// It is taken before any busy.
	structure sync.RWMutex

	stopping context.Context // ends when the service is closed
	stop     context.CancelFunc
	running  sync.WaitGroup
}

// NewService returns a Service. It knows no alarm before Start.
func NewService(cfg ServiceConfig) *Service {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	stopping, stop := context.WithCancel(context.Background())
	s := &Service{
		cfg: cfg, book: newBook(), schedule: newSchedule(cfg.Scale), slots: make(chan struct{}, evaluationsAtOnce),
		stopping: stopping, stop: stop,
	}
	s.errands = &errands{service: s, marked: map[*entry]struct{}{}}
	return s
}

// Start takes up the stored alarms and watches them. Close must be called if it succeeds.
func (s *Service) Start(ctx context.Context) error {
	var stored []*Alarm
	err := s.cfg.Store.ReadAlarms(ctx, func(r Reader) (err error) {
		stored, err = r.Alarms()
		return err
	})
	if err != nil {
		return err
	}
	scopes := map[function.Scope]bool{}
	for _, a := range stored {
		s.takeUp(a)
		scopes[a.Scope] = true
	}
	for scope := range scopes {
		s.book.arrange(scope)
		s.catchUp(scope)
	}
	s.running.Go(s.run)
	return nil
}

// takeUp goes on with a stored alarm: its evaluations, its pending actions, and what holds them back.
func (s *Service) takeUp(a *Alarm) {
	r, err := s.prepare(a)
	if err != nil { // an older version let it in
		s.cfg.Logger.Warn("a stored alarm can't be evaluated", "alarm", a.Name, "error", err)
		r = &record{Alarm: a}
	}
	e := s.book.lock(key{a.Scope, a.Name})
	defer s.book.unlock(e)
	s.book.set(e, r)
	e.seen = a.Status.State
	s.scheduleRelease(e, r)
	if err == nil && a.Watch != nil {
		s.schedule.put(e, a.Watch.cadence())
	}
	if len(a.Pending) > 0 {
		s.errands.add(e)
	}
}

// catchUp has those composite alarms evaluated that a server before this one did not get to, or to which it did not tell
// that a child or the suppressor had changed.
func (s *Service) catchUp(scope function.Scope) {
	for _, e := range s.book.composites(scope) {
		r := e.current.Load()
		missed := r.Status.State == InsufficientData
		for _, k := range r.dependsOn() {
			child := s.book.find(k)
			missed = missed || child != nil && child.Status.Transitioned.After(r.Status.Updated)
		}
		if missed { // with the next evaluations, or with a wave that comes before
			s.waves.addAgain(e)
			s.schedule.soon(e)
		}
	}
}

// prepare checks an alarm's definition and makes it ready to be evaluated.
func (s *Service) prepare(a *Alarm) (r *record, err error) {
	r = &record{Alarm: a}
	if a.Composite != nil {
		r.rule, err = ParseRule(a.Composite.Rule)
		return r, err
	}
	if err = a.Watch.validate(); err != nil {
		return nil, err
	}
	r.math, err = a.Watch.compile(s.cfg.Scale)
	return r, err
}

// Close stops watching, and waits for the evaluations and actions that run. Actions that have not run, run after the
// next Start.
func (s *Service) Close() {
	s.errands.close()
	s.stop()
	s.running.Wait()
}
