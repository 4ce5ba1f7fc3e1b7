package async_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"sluice/internal/async"
	"sluice/internal/function"
	"sluice/internal/store"
)

// instant is a function that takes no time, and counts.
type instant struct {
	ran  atomic.Int64
	last chan struct{} // closed when all have run
	all  int64
}

func (*instant) Invocable(context.Context, function.ID, string) error { return nil }

func (i *instant) Invoke(context.Context, *function.Invocation) (function.Answer, error) {
	if i.ran.Add(1) == i.all {
		close(i.last)
	}
	return function.Answer{Outcome: &function.Outcome{}}, nil
}

// BenchmarkSubmit is how long it takes until an event is acknowledged, which means that it is on disk, with so many
// callers for each core at once; and how many events a second came all the way to their end meanwhile and after.
func BenchmarkSubmit(b *testing.B) {
	for _, callers := range []int{1, 8, 32} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			i := &instant{all: int64(b.N), last: make(chan struct{})}
			s := benchService(b, i)
			payload := bytes.Repeat([]byte("1"), 200)
			b.SetParallelism(callers)
			b.ResetTimer()
			began := time.Now()
			b.RunParallel(func(loop *testing.PB) {
				for loop.Next() {
					if err := s.Submit(b.Context(), async.Invocation{Function: id("f"), RequestID: "r", Payload: payload}); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.StopTimer()
			<-i.last
			b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "ended/s")
		})
	}
}

func benchService(b *testing.B, functions async.Functions) *async.Service {
	b.Helper()
	records, err := store.Open(b.Context(), store.Config{Folder: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	err = records.WriteFunctions(b.Context(), func(tx function.Tx) error {
		return tx.PutFunction(&function.Function{ID: id("f"), Latest: function.Version{Function: id("f")}})
	})
	s := async.NewService(async.ServiceConfig{Store: records, Functions: functions, Record: record, EachAtOnce: 16})
	if err := errors.Join(err, s.Start(b.Context())); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		s.Close()
		if err := records.Close(); err != nil {
			b.Error(err)
		}
	})
	return s
}
