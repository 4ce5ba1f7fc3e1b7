package logfile

import (
	"errors"
	"log/slog"
	"os"
	"sync"
	"time"

	"sluice/internal/function"
	"sluice/internal/logs"
)

// Files is a folder of log streams. Its methods may be called by many goroutines at once.
type Files struct {
	dir    string
	opened time.Time
	logger *slog.Logger

	mu      sync.Mutex
	groups  map[logs.GroupID]*group
	scopes  map[function.Scope]bool // whose folder was listed
	dirty   []*Stream               // streams with events that are not in their files yet
	closed  bool
	listing sync.Mutex // held while folders are listed, taken before mu

	wake    chan struct{}
	closing chan struct{}
	writer  sync.WaitGroup
}

var _ logs.Files = (*Files)(nil)

const (
	// writeEvery is how long an event may wait in memory.
	writeEvery = 100 * time.Millisecond
	// writeAt is how many bytes a stream gathers before the appender itself writes them.
	writeAt = 64 << 10
)

// ErrClosed says that Close was called before.
var ErrClosed = errors.New("the log files are closed")

// Open opens the folder, which is made if it does not exist. logger hears of events that could not be written; nil means
// nobody. Close must be called.
func Open(dir string, logger *slog.Logger) (*Files, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	f := &Files{
		dir: dir, opened: time.Now(), logger: logger, groups: map[logs.GroupID]*group{}, scopes: map[function.Scope]bool{},
		wake: make(chan struct{}, 1), closing: make(chan struct{}),
	}
	f.writer.Go(f.write)
	return f, nil
}

// Stream implements logs.Files. Several may append to one stream; each closes what it opened.
func (f *Files) Stream(account, region, group, stream string) (logs.Appender, error) {
	id := logs.StreamID{Group: logs.GroupID{Scope: function.Scope{Account: account, Region: region}, Name: group}, Name: stream}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil, ErrClosed
	}
	return f.acquire(id), nil
}

// Flush returns when all events that were appended before are in their files.
func (f *Files) Flush() error {
	f.mu.Lock()
	dirty := f.dirty
	f.dirty = nil
	for _, s := range dirty {
		s.dirty = false
		s.users++
	}
	f.mu.Unlock()
	var errs error
	for _, s := range dirty {
		errs = errors.Join(errs, s.flush())
		f.release(s)
	}
	return errs
}

// Close writes what is left. Streams that are still open drop what is appended to them from now on.
func (f *Files) Close() error {
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return nil
	}
	f.closed = true
	f.mu.Unlock()
	close(f.closing)
	f.writer.Wait()
	return f.Flush()
}

// write flushes a while after something was appended, until Close.
func (f *Files) write() {
	timer := time.NewTimer(writeEvery)
	timer.Stop()
	for {
		select {
		case <-f.closing:
			return
		case <-f.wake:
			timer.Reset(writeEvery)
		case <-timer.C:
			f.flushAll()
		}
	}
}

// flushAll writes what is pending. What can't be written is lost, but no reason not to read the rest.
func (f *Files) flushAll() {
	if err := f.Flush(); err != nil {
		f.logger.Error("write log events", "error", err)
	}
}

// note remembers a stream whose events have to be written. It reports whether anybody will.
func (f *Files) note(s *Stream) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return false
	}
	if !s.dirty {
		s.dirty = true
		f.dirty = append(f.dirty, s)
	}
	select {
	case f.wake <- struct{}{}:
	default:
	}
	return true
}
