package store_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"

	"sluice/internal/fault"
	"sluice/internal/function"
)

func TestWaitingWritersShareACommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(t)
		before := q.commits(t)
		for n := range 100 {
			q.write(t.Context(), putNumbered(n))
		}
		if err := errors.Join(q.release()...); err != nil {
			t.Error(err)
		}
		if n := q.commits(t) - before; n != 1 {
			t.Errorf("%d commits for 100 writers, want 1", n)
		}
		for n := range 100 {
			if !q.has(t, n) {
				t.Errorf("write %d is missing", n)
			}
		}
	})
}

func TestMoreWritersThanACommitTakesAllGetTheirTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(t)
		for n := range 700 {
			q.write(t.Context(), putNumbered(n))
		}
		if err := errors.Join(q.release()...); err != nil {
			t.Error(err)
		}
		if all, err := list(t.Context(), q); err != nil || len(all) != 700 {
			t.Errorf("%d records, %v; want 700", len(all), err)
		}
	})
}

// Each row does something bad between two good writers, and all three are in one batch.
func TestOneOfABatchHarmsNoOther(t *testing.T) {
	onPurpose := errors.New("on purpose")
	for name, bad := range map[string]func(tx function.Tx) error{
		"an error":                  func(function.Tx) error { return onPurpose },
		"a panic":                   func(function.Tx) error { panic(onPurpose) },
		"the end of its goroutine":  func(function.Tx) error { runtime.Goexit(); return nil },
		"an orphan":                 func(tx function.Tx) error { return tx.PutAlias(&function.Alias{Function: numbered(3).ID}) },
		"a deletion of a neighbour": func(tx function.Tx) error { return errors.Join(tx.DeleteFunction(numbered(1).ID), onPurpose) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newQueue(t)
				before := q.commits(t)
				q.write(t.Context(), putNumbered(1))
				q.write(t.Context(), func(tx function.Tx) error {
					if err := putNumbered(2)(tx); err != nil {
						t.Error(err)
					}
					return bad(tx)
				})
				q.write(t.Context(), putNumbered(4))
				results := q.release()
				if results[1] != nil || results[2] == nil || results[3] != nil {
					t.Errorf("results %v, want an error for the second alone", results[1:])
				}
				if !q.has(t, 1) || q.has(t, 2) || q.has(t, 3) || !q.has(t, 4) {
					t.Error("want the records of the good writers, and no others")
				}
				if n := q.commits(t) - before; n != 1 {
					t.Errorf("%d commits, want one batch", n)
				}
			})
		})
	}
}

func TestAWriterThatLeavesTheQueueIsSkipped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(t)
		ctx, cancel := context.WithCancel(t.Context())
		q.write(t.Context(), putNumbered(1))
		left := q.write(ctx, putNumbered(2))
		q.write(t.Context(), putNumbered(3))
		cancel()
		synctest.Wait()
		if len(q.results[left]) != 1 {
			t.Error("the writer still waits")
		}
		results := q.release()
		if !errors.Is(results[left], context.Canceled) || results[1] != nil || results[3] != nil {
			t.Errorf("results %v, want the context's error for the second alone", results[1:])
		}
		if !q.has(t, 1) || q.has(t, 2) || !q.has(t, 3) {
			t.Error("want the records of those who stayed, and no others")
		}
	})
}

func TestWritersOfABatchSeeEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(t)
		q.write(t.Context(), putNumbered(1))
		q.write(t.Context(), func(tx function.Tx) error {
			_, err := tx.Function(numbered(1).ID)
			return err
		})
		if err := errors.Join(q.release()...); err != nil {
			t.Error(err)
		}
	})
}

func TestCloseWritesTheQueueFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(t)
		for n := range 10 {
			q.write(t.Context(), putNumbered(n))
		}
		closed := make(chan error, 1)
		go func() { closed <- q.Close() }()
		synctest.Wait()
		if len(closed) > 0 {
			t.Error("closed while writers wait")
		}
		late := q.write(t.Context(), putNumbered(100))
		results := q.release()
		if !fault.Is(results[late], fault.Unavailable, "store") {
			t.Errorf("a late writer got %v", results[late])
		}
		if err := errors.Join(append(results[:late], <-closed)...); err != nil {
			t.Error(err)
		}
		if all, err := list(t.Context(), openStore(t, q.folder)); err != nil || len(all) != 10 {
			t.Errorf("%d records, %v; want 10", len(all), err)
		}
	})
}
