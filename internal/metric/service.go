package metric

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"sluice/internal/clock"
	"sluice/internal/fault"
)

// Config says what a Service works with. The zero Config keeps metrics in memory, at the pace of the wall clock.
type Config struct {
	Scale clock.Scale
	// Journal keeps data over a restart. Nil means that metrics end with the process.
	Journal Journal
	// Meter is where invocations are recorded; the Service publishes what it measured. Nil means none.
	Meter *Meter
	// Most is how many metrics there may be; 0 means MaxMetrics.
	Most int
	// Logger hears of what the Meter measured and the Journal could not take. Nil means nobody.
	Logger *slog.Logger
}

const (
	// storeEvery is how long what the Meter measured may wait for its way into the journal: nobody was told that it is
	// stored.
	storeEvery = time.Second
	// sweepEvery is how often metrics and invocations that nobody measures any more are looked for.
	sweepEvery = 10 * time.Minute
	// manyMetrics is how many there may be before folded samples lose their distribution, so that memory stays bounded.
	manyMetrics = 2000
)

// Service keeps metrics and answers questions about them. Its methods may be called by many goroutines at once.
type Service struct {
	config  Config
	grid    grid
	shelves *shelves
	room    room

	publishing sync.Mutex // so that a query waits for a publication that is under way
	unstored   []Datum    // published, but not in the journal; guarded by publishing

	closing chan struct{}
	close   sync.Once
	running sync.WaitGroup
}

// NewService makes a Service. It starts nothing.
func NewService(config Config) *Service {
	if config.Most == 0 {
		config.Most = MaxMetrics
	}
	if config.Logger == nil {
		config.Logger = slog.New(slog.DiscardHandler)
	}
	return &Service{config: config, grid: newGrid(config.Scale), shelves: newShelves(), closing: make(chan struct{})}
}

// Start takes up what the journal has, and begins to publish and store what the Meter measures and to forget what is
// too old. A Service without a Journal answers without it too. Close must be called after it.
func (s *Service) Start(context.Context) error {
	if s.config.Journal != nil {
		if err := s.config.Journal.Replay(s.replay); err != nil {
			return err
		}
	}
	s.running.Go(s.run)
	return nil
}

// Close publishes and stores what the Meter has measured until now, and returns when nothing of the Service runs any
// more. It may be called again, and without Start.
func (s *Service) Close() error {
	var err error
	s.close.Do(func() {
		close(s.closing)
		s.running.Wait()
		err = s.store()
	})
	return err
}

func (s *Service) run() {
	storing, sweeping := time.NewTicker(storeEvery), time.NewTicker(sweepEvery)
	defer storing.Stop()
	defer sweeping.Stop()
	for {
		select {
		case <-s.closing:
			return
		case <-storing.C:
			if err := s.store(); err != nil {
				s.config.Logger.Error("store metrics of invocations", "error", err)
			}
		case <-sweeping.C:
			s.sweep(time.Now())
		}
	}
}

// sweep forgets what is too old.
func (s *Service) sweep(now time.Time) {
	spreads := s.spreads()
	s.shelves.sweep(func(each *series) bool {
		each.mu.Lock()
		defer each.mu.Unlock()
		return each.expire(s.grid, now.UnixNano(), spreads)
	})
	if s.config.Meter != nil {
		s.config.Meter.forget(now.Add(-idleTime))
	}
}

// Put stores data and returns when they are in the journal; a query that is made later sees them. All are stored, or
// none. Errors: fault.Invalid (see Datum.Check), fault.Throttled "metric" if there are too many metrics for new ones (see
// MaxMetrics), and those of the journal.
func (s *Service) Put(_ context.Context, data []Datum) error {
	now := time.Now()
	for i := range data {
		if err := data[i].Check(now); err != nil {
			return err
		}
	}
	if err := s.makeRoom(data, now); err != nil {
		return err
	}
	if s.config.Journal != nil {
		if err := s.config.Journal.Append(data); err != nil {
			return err
		}
	}
	s.apply(data)
	return nil
}

// apply counts data.
func (s *Service) apply(data []Datum) {
	now, spreads := time.Now().UnixNano(), s.spreads()
	for i := range data {
		s.shelves.use(&data[i].ID, func(each *series) { each.add(s.grid, now, &data[i], spreads) })
	}
}

// spreads says whether folded samples keep their distribution.
func (s *Service) spreads() bool { return s.shelves.count.Load() <= manyMetrics }

// Points answers a query: a point for each period that has samples, oldest first. A period without samples has none, nor
// has one whose samples don't say the statistic (the percentile of a Summary). What the Meter recorded before the call
// is in it. Errors: fault.Invalid "statistic", "period" and "time".
func (s *Service) Points(_ context.Context, q Query) ([]Point, error) {
	ask, err := newQuestion(q)
	if err != nil {
		return nil, err
	}
	if q.Namespace == invocationNamespace {
		s.publish()
	}
	found := s.shelves.find(&q.ID)
	if found == nil {
		return nil, nil
	}
	a := &answers{question: ask, tallies: map[place]*tally{}}
	found.mu.Lock()
	found.expire(s.grid, time.Now().UnixNano(), s.spreads())
	a.read(s.grid, found)
	found.mu.Unlock()
	return a.points(), nil
}

// publish counts what the Meter has measured.
func (s *Service) publish() {
	if s.config.Meter == nil {
		return
	}
	s.publishing.Lock()
	defer s.publishing.Unlock()
	data := s.config.Meter.take()
	s.apply(data)
	if s.config.Journal != nil {
		s.unstored = append(s.unstored, data...)
	}
}

// store publishes, and appends to the journal what was published since the last time.
func (s *Service) store() error {
	s.publish()
	s.publishing.Lock()
	data := s.unstored
	s.unstored = nil
	s.publishing.Unlock()
	if len(data) == 0 {
		return nil
	}
	if err := s.config.Journal.Append(data); err != nil {
		return fault.Errorf(fault.Internal, "metric", "%d data of invocations: %w", len(data), err)
	}
	return nil
}
