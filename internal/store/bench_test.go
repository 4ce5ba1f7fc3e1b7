package store_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"sluice/internal/function"
	"sluice/internal/store"
	"sluice/internal/store/storetest"
)

// The figures to reach, on a disk that syncs in 0.15 ms: 3 000 writes/s by one writer, 15 000/s by 64; a read in
// 40 µs; opening in 15 ms.

func BenchmarkWriteSequential(b *testing.B) {
	s := openStore(b, b.TempDir())
	n := 0
	for b.Loop() {
		n++
		putFunction(b, s, n)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
}

func BenchmarkWrite64Writers(b *testing.B) {
	s := openStore(b, b.TempDir())
	var n atomic.Int64
	b.SetParallelism(64) // for each processor
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			putFunction(b, s, int(n.Add(1)))
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
}

func BenchmarkReadFunction(b *testing.B) {
	s := openStore(b, b.TempDir())
	putFunction(b, s, 1)
	id := storetest.NewFunction("bench-1").ID
	b.ReportAllocs()
	for b.Loop() {
		err := s.ReadFunctions(b.Context(), func(r function.Reader) error {
			_, err := r.Function(id)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenNew(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		folder := b.TempDir()
		b.StartTimer()
		reopen(b, folder)
	}
}

func BenchmarkOpenExisting(b *testing.B) {
	folder := b.TempDir()
	reopen(b, folder)
	for b.Loop() {
		reopen(b, folder)
	}
}

func reopen(b *testing.B, folder string) {
	s, err := store.Open(b.Context(), store.Config{Folder: folder})
	if err != nil {
		b.Fatal(err)
	}
	b.StopTimer()
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	b.StartTimer()
}

func putFunction(b *testing.B, s function.Store, n int) {
	f := storetest.NewFunction(fmt.Sprintf("bench-%d", n%1000))
	f.Created = time.UnixMicro(int64(n)).UTC()
	if err := s.WriteFunctions(b.Context(), func(t function.Tx) error { return t.PutFunction(f) }); err != nil {
		b.Error(err)
	}
}
