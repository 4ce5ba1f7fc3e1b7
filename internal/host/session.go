package host

import (
	"errors"
	"net"
	"sync"
	"time"
)

// session is what the Runtime API knows of one process: whether it waits for a call, has one, or failed to start.
// It belongs to the process and not to a connection: a runtime may ask for calls on one and answer on another.
//
// There are two sides. The owner, one goroutine at a time, offers a call and takes its result from results. The
// connections park when the process asks for a call, and hand in what it answers.
type session struct {
	listener net.Listener
	// results carries at most one result for each offered call.
	results chan result
	// ready is closed when the process asks for its first call, failed when it reports that it can't start.
	ready, failed chan struct{}

	mu          sync.Mutex
	asked       bool   // the process has asked for a call before
	initError   result // what came with failed
	hasFailed   bool
	parked      *conn // waits for a call
	waiting     *message
	current     string    // the request ID of the call that is offered or runs
	deadline    time.Time // of that call
	pipe        *pipe     // takes its answer piece by piece; nil if it has to come as a whole
	delivered   bool      // the process may have seen it
	carrier     *conn     // on which it was delivered, if that was in one piece
	torn        bool      // its answer comes piece by piece, and has not come to its end
	offers      uint64    // how many calls were offered
	closed      bool
	connections map[*conn]struct{}
	idle        chan struct{} // closed when closed is set and no connection is left
}

// result is how an offered call ended.
type result struct {
	kind      kind
	body      []byte
	errorType string // as a header gave it; may be empty
	at        time.Time
}

type kind uint8

const (
	answered  kind = iota // the handler returned body
	refused               // the handler failed with body
	oversized             // the answer was too large
	expired               // the call's time ran out
	exited                // the process ended
	unseen                // the process ended before it saw the call
)

// errGone says that the process ended, or closed its connection, before it saw the call.
var errGone = errors.New("the process has gone")

// newSession opens the Runtime API of a process that is yet to start.
func newSession() (*session, error) {
	listener, err := listen()
	if err != nil {
		return nil, err
	}
	return &session{
		listener: listener, results: make(chan result, 1), ready: make(chan struct{}), failed: make(chan struct{}),
		connections: map[*conn]struct{}{}, idle: make(chan struct{}),
	}, nil
}

// serve accepts connections until the session is closed.
func (s *session) serve() {
	for {
		accepted, err := s.listener.Accept()
		if err != nil {
			if errors.Is(err, net.ErrClosed) {
				return
			}
			time.Sleep(time.Millisecond) // no file descriptor is free: let others return theirs
			continue
		}
		c := newConn(s, accepted)
		if !s.admit(c) {
			_ = accepted.Close()
			continue
		}
		go c.serve()
	}
}

func (s *session) admit(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.connections[c] = struct{}{}
	return true
}

// leave forgets a connection that has ended. unread says that what was sent last was not read.
func (s *session) leave(c *conn, unread bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.parked == c {
		s.parked = nil
	}
	if s.carrier == c && unread {
		s.delivered = false
	}
	delete(s.connections, c)
	if s.closed && len(s.connections) == 0 {
		close(s.idle)
	}
}

// offer hands a call to the process: at once if it waits for one, else as soon as it asks. errGone means that the
// process has not seen it and never will.
func (s *session) offer(id string, m *message, deadline time.Time) error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return errGone
	}
	s.current, s.deadline, s.delivered, s.pipe, s.torn = id, deadline, false, m.pipe, false
	s.offers++
	c := s.parked
	if c == nil {
		s.waiting = m
		s.mu.Unlock()
		return nil
	}
	s.parked = nil
	if c.hungUp() {
		s.current = ""
		s.mu.Unlock()
		return errGone
	}
	s.deliver(c, m)
	s.mu.Unlock()
	if err := m.send(c.net, deadline); err != nil && m.body == nil && s.withdraw(id) {
		return errGone
	}
	// A large message may have been read in part. Then the process is asked no more: it has ended, which its watcher
	// reports, or the time will run out.
	return nil
}

// park is called by a connection that asks for a call. It returns the call that is waiting for this, or nil if one
// will be written later. It fails if the process asks out of turn.
func (s *session) park(c *conn) (*message, time.Time, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.torn && s.current != "" {
		s.current, s.torn = "", false
		s.results <- result{kind: refused, errorType: typeTruncated, at: time.Now()}
	}
	if s.closed || s.parked != nil || (s.current != "" && s.delivered) {
		return nil, time.Time{}, errTurn
	}
	if !s.asked {
		s.asked = true
		close(s.ready)
	}
	if m := s.waiting; m != nil {
		s.deliver(c, m)
		return m, s.deadline, nil
	}
	s.parked = c
	return nil, time.Time{}, nil
}

// deliver notes that the message is about to be sent. The caller holds the lock.
func (s *session) deliver(c *conn, m *message) {
	s.waiting, s.delivered, s.carrier = nil, true, nil
	if m.body == nil && len(m.head) <= oneRead {
		s.carrier = c
	}
}

// oneRead is the size in bytes up to which a message is read as a whole or not at all: no client reads with a smaller
// buffer, and it arrives in one piece.
const oneRead = 4 << 10

// unpark is called by a connection that sends another request although it waits for a call.
func (s *session) unpark(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.parked != c {
		return false
	}
	s.parked = nil
	return true
}

// taker reports whether the call with this request ID is the process's, and returns what takes its answer piece by
// piece, if that is wanted.
func (s *session) taker(id []byte) (*pipe, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current == "" || !s.delivered || s.current != string(id) {
		return nil, false
	}
	return s.pipe, true
}

// idleNow reports whether the process has no call.
func (s *session) idleNow() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current == ""
}

// activity returns how many calls the process was offered, and whether it is at one or at its start.
func (s *session) activity() (offers uint64, busy bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.offers, s.current != "" || !s.asked
}

// finish ends the call with this request ID. The first to end it wins; it reports whether the caller was.
func (s *session) finish(id []byte, r result) bool {
	s.mu.Lock()
	if s.current == "" || s.current != string(id) {
		s.mu.Unlock()
		return false
	}
	s.current, s.waiting = "", nil
	s.mu.Unlock()
	s.results <- r
	return true
}

// withdraw takes back a call that the process has not seen.
func (s *session) withdraw(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current != id {
		return false
	}
	s.current, s.waiting = "", nil
	return true
}

// expire ends the running call if its time has run out. A timer that fires late, during the next call, does nothing.
func (s *session) expire() {
	s.mu.Lock()
	now := time.Now()
	if s.current == "" || now.Before(s.deadline) {
		s.mu.Unlock()
		return
	}
	s.current, s.waiting = "", nil
	s.mu.Unlock()
	s.results <- result{kind: expired, at: now}
}

// fail takes the report that the process could not start. It is refused once a call was asked for.
func (s *session) fail(r result) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asked || s.hasFailed {
		return false
	}
	s.hasFailed, s.initError = true, r
	close(s.failed)
	return true
}

// startError returns what the process reported when it could not start.
func (s *session) startError() (result, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.initError, s.hasFailed
}

// drainTime is how long connections may take to read what a dead process had sent. It is needed only if a child that
// left the process's group still holds them.
const drainTime = 250 * time.Millisecond

// close follows the end of the process. It lets the connections read to their end, so that an answer sent just before
// the end counts, and then ends the call that is left.
func (s *session) close() {
	_ = s.listener.Close()
	s.mu.Lock()
	s.closed = true
	if len(s.connections) == 0 {
		close(s.idle)
	}
	s.mu.Unlock()
	timer := time.AfterFunc(drainTime, s.hangUp)
	<-s.idle
	timer.Stop()

	s.mu.Lock()
	open, seen := s.current != "", s.delivered
	s.current, s.waiting = "", nil
	s.mu.Unlock()
	switch {
	case open && seen:
		s.results <- result{kind: exited, at: time.Now()}
	case open:
		s.results <- result{kind: unseen, at: time.Now()}
	}
}

// hangUp closes all connections, and takes no more from one that waits for a slow reader.
func (s *session) hangUp() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pipe != nil {
		s.pipe.end()
	}
	for c := range s.connections {
		_ = c.net.Close()
	}
}

// broken is the type of the error that ended an answer which had begun.
func broken(r result) string {
	switch r.kind {
	case answered, unseen:
		return ""
	case refused:
		return orUnknown(r.errorType)
	case oversized:
		return typeTooLarge
	case expired:
		return typeTimeout
	case exited:
	}
	return typeTruncated
}

// begins notes that a call's answer comes piece by piece. A process that asks for another call before the answer's end
// has given it up.
func (s *session) begins(id []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.torn = s.current == string(id)
}
