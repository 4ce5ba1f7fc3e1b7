package logs

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"sluice/internal/clock"
	"sluice/internal/metric"
)

// Metrics takes what metric filters make. internal/metric's Service implements it.
type Metrics interface {
	// Put stores all of data, whose order means nothing, or none; a second call counts them again. The data keep to
	// Datum.Check. An error is noted, and they are lost. It is called by one goroutine for each group at a time.
	Put(ctx context.Context, data []metric.Datum) error
}

// Config says what a Service works with. Store and Files are needed.
type Config struct {
	Store   Store
	Files   Files
	Metrics Metrics      // nil drops what metric filters make
	Scale   clock.Scale  // of the minute that a filter's default value is for
	Logger  *slog.Logger // hears what nobody else is told; nil means nobody
}

// Service keeps log groups, streams and events. Its methods may be called by many goroutines at once.
//
// Errors: fault.NotFound and fault.Conflict about "group", "stream", "filter" or "policy"; fault.Invalid about "name",
// "class", "retention", "tags", "events", "token", "query", "pattern", "filter" or "policy"; fault.Limit about "tags",
// "filter" or "policy"; fault.Conflict "protected group" for the deletion of one. Messages are AWS's where a recording or
// a report tells them.
type Service struct {
	cfg Config

	mu     sync.Mutex
	groups map[GroupID]*entry

	stopping chan struct{}
	stop     sync.Once
	running  sync.WaitGroup
	matching sync.WaitGroup // of all groups
}

// entry is what the service has in memory of a group: always of one that has a record, and of any while it is used.
type entry struct {
	id    GroupID
	users int // guarded by Service.mu

	changing sync.Mutex            // held while record and matcher change
	record   atomic.Pointer[Group] // nil if there is none
	matcher  atomic.Pointer[matcher]
}

// NewService makes a service. It does nothing before Start.
func NewService(cfg Config) *Service {
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	return &Service{cfg: cfg, groups: map[GroupID]*entry{}, stopping: make(chan struct{})}
}

// Start reads the records and begins to sweep expired events. Close must be called.
func (s *Service) Start(ctx context.Context) error {
	var records []*Group
	err := s.cfg.Store.ReadLogs(ctx, func(r Reader) (err error) {
		records, err = r.LogGroups()
		return err
	})
	if err != nil {
		return err
	}
	for _, record := range records {
		e := s.acquire(record.ID)
		e.record.Store(record)
		s.watch(e, record)
		s.release(e)
	}
	s.running.Go(s.sweep)
	return nil
}

// Close ends what Start and metric filters began, and waits. Events that wait to be matched are not matched any more. It
// may be called again.
func (s *Service) Close() {
	s.stop.Do(func() { close(s.stopping) })
	s.running.Wait()
	for _, e := range s.entries() {
		e.changing.Lock()
		if m := e.matcher.Swap(nil); m != nil {
			m.stop()
		}
		e.changing.Unlock()
		s.release(e)
	}
	s.matching.Wait()
}

func (s *Service) closed() bool {
	select {
	case <-s.stopping:
		return true
	default:
		return false
	}
}

// acquire returns a group's entry. As long as it is not released, there is no second one for the group.
func (s *Service) acquire(id GroupID) *entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.groups[id]
	if e == nil {
		e = &entry{id: id}
		s.groups[id] = e
	}
	e.users++
	return e
}

// release gives an entry back. Nothing is kept of a group without a record.
func (s *Service) release(e *entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e.users--; e.users == 0 && e.record.Load() == nil {
		delete(s.groups, e.id)
	}
}

// entries acquires all entries.
func (s *Service) entries() (all []*entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.groups {
		e.users++
		all = append(all, e)
	}
	return all
}

// now is the time as records and events keep it: to the millisecond.
func now() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }
