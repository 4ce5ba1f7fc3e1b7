package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
)

// readerCount bounds how many closures read at once. Reads are short, and each connection has caches of its own.
const readerCount = 4

// readers is a pool of reading connections. They are opened when they are first needed, and the one used last is used
// next, so a quiet server has one.
type readers struct {
	database *sql.DB
	slots    chan struct{} // one for each connection in use
	closing  chan struct{} // closed when no more reads are let in

	mu   sync.Mutex
	idle []*conn // guarded by mu
}

func newReaders(database *sql.DB) *readers {
	return &readers{database: database, slots: make(chan struct{}, readerCount), closing: make(chan struct{})}
}

// close waits for the reads that run and closes their connections. It must be called once.
func (r *readers) close() error {
	close(r.closing)
	for range readerCount {
		r.slots <- struct{}{}
	}
	var failed error
	for _, c := range r.idle {
		failed = errors.Join(failed, c.close())
	}
	return failed
}

// read runs a closure on one state. A closure must not call read itself: if all did, all would wait for a connection.
func (r *readers) read(ctx context.Context, closure func(*tx) error) (err error) {
	c, err := r.take(ctx)
	if err != nil {
		return err
	}
	usable := false
	defer func() { r.give(c, usable) }()
	if _, err := c.exec(beginRead); err != nil {
		return fmt.Errorf("read: %w", err)
	}
	t := &tx{conn: c}
	defer func() { // also if the closure panics
		_, endErr := c.exec("ROLLBACK")
		usable = endErr == nil
	}()
	return t.end(closure(t))
}

// take waits for a connection.
func (r *readers) take(ctx context.Context) (*conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case <-r.closing:
		return nil, errClosed()
	default:
	}
	select {
	case r.slots <- struct{}{}:
	case <-r.closing:
		return nil, errClosed()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if c := r.pop(); c != nil {
		return c, nil
	}
	c, err := newConn(ctx, r.database)
	if err != nil {
		<-r.slots
		return nil, fmt.Errorf("read: %w", err)
	}
	return c, nil
}

func (r *readers) pop() *conn {
	r.mu.Lock()
	defer r.mu.Unlock()
	last := len(r.idle) - 1
	if last < 0 {
		return nil
	}
	c := r.idle[last]
	r.idle = r.idle[:last]
	return c
}

// give takes a connection back. One that could not end its transaction is closed; the next read opens another.
func (r *readers) give(c *conn, usable bool) {
	if usable {
		r.mu.Lock()
		r.idle = append(r.idle, c)
		r.mu.Unlock()
	} else {
		c.discard()
	}
	<-r.slots
}
