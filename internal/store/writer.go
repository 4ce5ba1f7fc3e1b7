package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
)

// batchLimit bounds how many closures share a commit, and with it how long the first of them waits.
const batchLimit = 256

// writer is the goroutine that owns the writing connection, and the queue before it.
type writer struct {
	conn   *conn
	logger *slog.Logger
	queue  chan *writing
	done   chan struct{} // closed when the goroutine has ended

	mu      sync.RWMutex // held for reading while something is put into the queue
	stopped bool         // guarded by mu
}

// writing is a closure that wants its turn. The closure runs in its caller's goroutine, so that a runtime.Goexit in it
// (a test's Fatal) ends the caller and not the writer.
type writing struct {
	ctx     context.Context
	turn    chan *tx   // the writer offers a transaction; the caller takes it, or ctx ends first
	outcome chan error // the caller tells how the closure ended
	answer  chan error // the writer tells how the transaction ended
}

func startWriter(ctx context.Context, database *sql.DB, logger *slog.Logger) (*writer, error) {
	connection, err := newConn(ctx, database)
	if err != nil {
		return nil, err
	}
	w := &writer{conn: connection, logger: logger, queue: make(chan *writing, batchLimit), done: make(chan struct{})}
	go w.run()
	return w, nil
}

// stop lets what is in the queue be written, and closes the connection. It returns false if it was called before.
func (w *writer) stop() bool {
	w.mu.Lock()
	first := !w.stopped
	w.stopped = true
	if first {
		close(w.queue)
	}
	w.mu.Unlock()
	<-w.done
	return first
}

func (w *writer) write(ctx context.Context, closure func(*tx) error) error {
	waiting := &writing{ctx, make(chan *tx), make(chan error, 1), make(chan error, 1)}
	if err := w.accept(waiting); err != nil {
		return err
	}
	select {
	case t := <-waiting.turn:
		attempt(t, closure, waiting.outcome)
		return <-waiting.answer
	case err := <-waiting.answer: // there is no transaction to have a turn in
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *writer) accept(waiting *writing) error {
	if err := waiting.ctx.Err(); err != nil {
		return err
	}
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.stopped {
		return errClosed()
	}
	select {
	case w.queue <- waiting:
		return nil
	case <-waiting.ctx.Done():
		return waiting.ctx.Err()
	}
}

// attempt runs a closure and tells its outcome, whatever way the closure ends.
func attempt(t *tx, closure func(*tx) error, outcome chan<- error) {
	err := errors.New("closure did not return")
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("closure panicked: %v\n%s", reason, debug.Stack())
		}
		outcome <- err
	}()
	err = closure(t)
}

func (w *writer) run() {
	defer close(w.done)
	for first := range w.queue {
		w.commit(w.batch(first))
	}
	if err := w.conn.close(); err != nil {
		w.logger.Error("close the store's writing connection", "error", err)
	}
}

// batch returns a writing and those that wait behind it.
func (w *writer) batch(first *writing) []*writing {
	batch := []*writing{first}
	for len(batch) < batchLimit {
		select {
		case next, ok := <-w.queue:
			if !ok {
				return batch
			}
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// commit runs a batch in one transaction and answers all of it.
func (w *writer) commit(batch []*writing) {
	pending, err := w.transact(batch)
	if err != nil {
		err = fmt.Errorf("write: %w", err)
	}
	for _, each := range pending {
		each.answer <- err
	}
}

// transact gives each of a batch its turn and commits. It returns those who wait to hear how that ended.
func (w *writer) transact(batch []*writing) (pending []*writing, err error) {
	if _, err := w.conn.exec(beginWrite); err != nil {
		return batch, err
	}
	for i, each := range batch {
		ran, err := w.turn(each)
		if err != nil {
			w.rollback()
			return append(pending, batch[i:]...), err
		}
		if ran {
			pending = append(pending, each)
		}
	}
	if _, err = w.conn.exec("COMMIT"); err != nil {
		w.rollback()
	}
	return pending, err
}

// turn runs a closure within a savepoint, and answers it at once if it failed or its caller has left. An error means
// that the whole transaction is lost.
func (w *writer) turn(each *writing) (ran bool, err error) {
	if _, err := w.conn.exec("SAVEPOINT turn"); err != nil {
		return false, err
	}
	t := &tx{conn: w.conn}
	select {
	case each.turn <- t:
	case <-each.ctx.Done():
		_, err := w.conn.exec("RELEASE SAVEPOINT turn")
		return false, err
	}
	failure := t.end(<-each.outcome)
	if failure != nil {
		if _, err := w.conn.exec("ROLLBACK TO SAVEPOINT turn"); err != nil {
			return false, errors.Join(failure, err)
		}
	}
	if _, err := w.conn.exec("RELEASE SAVEPOINT turn"); err != nil {
		return false, errors.Join(failure, err)
	}
	if failure != nil {
		each.answer <- failure
	}
	return failure == nil, nil
}

// rollback ends a transaction that failed. SQLite ends some by itself (disk full, I/O error) and then reports that
// there is none, which is as good.
func (w *writer) rollback() {
	if _, err := w.conn.exec("ROLLBACK"); err != nil {
		w.logger.Debug("roll back", "error", err)
	}
}
