package store_test

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/store"
)

// queue is a store whose writer is busy with one closure until the queue is released, so that all that is written
// meanwhile waits behind it. It works in a synctest bubble, which knows when everybody waits.
type queue struct {
	*store.Store
	folder  string
	busy    chan struct{}
	results []chan error
}

func newQueue(t *testing.T) *queue {
	folder := t.TempDir()
	q := &queue{Store: openStore(t, folder), folder: folder, busy: make(chan struct{})}
	q.write(t.Context(), func(function.Tx) error {
		<-q.busy
		return nil
	})
	return q
}

// write puts a closure into the queue and returns its place in the results.
func (q *queue) write(ctx context.Context, closure func(tx function.Tx) error) int {
	result := make(chan error, 1)
	q.results = append(q.results, result)
	go func() {
		err := errors.New("write did not return")
		defer func() { result <- err }()
		err = q.WriteFunctions(ctx, closure)
	}()
	synctest.Wait()
	return len(q.results) - 1
}

// release lets the queue go on, and returns the results by place.
func (q *queue) release() (results []error) {
	close(q.busy)
	for _, result := range q.results {
		results = append(results, <-result)
	}
	return results
}

func (q *queue) has(t *testing.T, n int) bool {
	t.Helper()
	err := q.ReadFunctions(t.Context(), func(r function.Reader) error {
		_, err := r.Function(numbered(n).ID)
		return err
	})
	if err != nil && !fault.Is(err, fault.NotFound, "function") {
		t.Error(err)
	}
	return err == nil
}

// commits counts the commits in the write-ahead log. Each of its frames is a page behind a header of 24 bytes; the
// header of a commit's last frame holds the database's size, that of any other a zero (sqlite.org/fileformat2.html,
// "The Write-Ahead Log"). The log is shorter than the thousand pages after which SQLite begins it anew.
func (q *queue) commits(t *testing.T) (count int) {
	t.Helper()
	const head, frameHead, page = 32, 24, 4096
	log, err := os.ReadFile(filepath.Join(q.folder, "sluice.db-wal"))
	if err != nil {
		t.Fatal(err)
	}
	for at := head; at+frameHead <= len(log); at += frameHead + page {
		if binary.BigEndian.Uint32(log[at+4:]) != 0 {
			count++
		}
	}
	return count
}
