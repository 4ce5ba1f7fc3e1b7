package metricfile

import (
	"errors"
	"fmt"
	"math"
	"os"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/function"
	"sluice/internal/metric"
)

var start = time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)

func datum(name string, value float64) metric.Datum {
	return metric.Datum{
		ID:   metric.ID{Scope: function.Scope{Account: "000000000000", Region: "us-east-1"}, Namespace: "app", Name: name},
		Time: start, Values: []float64{value}, Fine: true,
	}
}

func open(t testing.TB, dir string) *Journal {
	t.Helper()
	j, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	return j
}

// replay returns copies of all data.
func replay(t testing.TB, j *Journal) (all []metric.Datum) {
	t.Helper()
	err := j.Replay(func(data []metric.Datum) {
		for _, d := range data {
			d.Values, d.Counts = append([]float64(nil), d.Values...), append([]float64(nil), d.Counts...)
			all = append(all, d)
		}
	})
	if err != nil {
		t.Fatalf("Replay: %v", err)
	}
	return all
}

// texts spells data out as name=value.
func texts(data []metric.Datum) (all []string) {
	for _, d := range data {
		all = append(all, fmt.Sprintf("%s=%v", d.Name, d.Values[0]))
	}
	return all
}

func appendTo(t testing.TB, j *Journal, data ...metric.Datum) {
	t.Helper()
	if err := j.Append(data); err != nil {
		t.Fatalf("Append: %v", err)
	}
}

// TestWhatIsReplayedIsWhatWasAppended draws data of all kinds and wants the same back from a journal opened again.
func TestWhatIsReplayedIsWhatWasAppended(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(dir, "")
		if err != nil {
			rt.Fatal(err)
		}
		j := open(t, dir)
		var want []metric.Datum
		for _, data := range rapid.SliceOfN(rapid.SliceOfN(rapid.Custom(drawDatum), 1, 5), 1, 5).Draw(rt, "data") {
			appendTo(t, j, data...)
			want = append(want, data...)
		}
		_ = j.Close()
		got := replay(t, open(t, dir))
		if len(got) != len(want) {
			rt.Fatalf("%d data, want %d", len(got), len(want))
		}
		for i := range want {
			if !got[i].Time.Equal(want[i].Time) {
				rt.Fatalf("%v, want %v", got[i].Time, want[i].Time)
			}
			got[i].Time = want[i].Time
			if !reflect.DeepEqual(got[i], want[i]) {
				rt.Fatalf("got %+v, want %+v", got[i], want[i])
			}
		}
	})
}

func drawDatum(t *rapid.T) metric.Datum {
	number := rapid.OneOf(rapid.Float64(), rapid.Float64Range(-10, 10), rapid.SampledFrom([]float64{0, 1, -1, math.MaxFloat64}))
	d := datum(rapid.SampledFrom([]string{"a", "b", "ä\n"}).Draw(t, "name"), 0)
	d.Unit = rapid.SampledFrom([]string{"", "Count", "None"}).Draw(t, "unit")
	d.Time = time.Unix(0, rapid.Int64Range(0, 4e18).Draw(t, "time"))
	d.Fine = rapid.Bool().Draw(t, "fine")
	for i := range rapid.IntRange(0, 3).Draw(t, "dimensions") {
		d.Dimensions = append(d.Dimensions, metric.Dimension{Name: fmt.Sprint("d", i), Value: rapid.String().Draw(t, "value")})
	}
	kind := rapid.IntRange(0, 3).Draw(t, "kind")
	if d.Values = nil; kind < 3 {
		d.Values = rapid.SliceOfN(number, 1, 4).Draw(t, "values")
	}
	if kind == 1 {
		d.Counts = rapid.SliceOfN(number, len(d.Values), len(d.Values)).Draw(t, "counts")
	}
	if kind > 1 {
		d.Summary = &metric.Summary{Count: 1, Sum: number.Draw(t, "sum"), Min: number.Draw(t, "min"), Max: 3}
	}
	return d
}

func TestAJournalGoesOn(t *testing.T) {
	dir := t.TempDir()
	for i := range 5 {
		j := open(t, dir)
		if got := replay(t, j); len(got) != 2*i {
			t.Fatalf("at start %d: %v", i, texts(got))
		}
		appendTo(t, j, datum("m", float64(i)), datum(fmt.Sprint("m", i), 0))
		_ = j.Close()
	}
	files, err := (&folder{dir: dir}).segments()
	if err != nil || len(files) != 1 {
		t.Errorf("segments %v, %v; want one", files, err)
	}
}

func TestWithoutReplayASegmentOfItsOwnIsBegun(t *testing.T) {
	dir := t.TempDir()
	for i := range 3 {
		j := open(t, dir)
		appendTo(t, j, datum("m", float64(i)))
		_ = j.Close()
	}
	if got := fmt.Sprint(texts(replay(t, open(t, dir)))); got != "[m=0 m=1 m=2]" {
		t.Errorf("replayed %v", got)
	}
}

func TestTheDiskIsBounded(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	j.folder.most, j.folder.segment = 10_000, 2_000
	for i := range 5000 {
		appendTo(t, j, datum(fmt.Sprint("m", i%10), float64(i)+0.1))
		if i%500 == 0 {
			if size := sizeOf(t, dir); size > 10_100 {
				t.Fatalf("after %d data the journal has %d bytes", i, size)
			}
		}
	}
	_ = j.Close()
	got := replay(t, open(t, dir))
	if len(got) < 150 || got[len(got)-1].Values[0] != 4999.1 {
		t.Fatalf("%d data are left, the last one is %v", len(got), got[len(got)-1])
	}
	for i, d := range got {
		if want := 4999.1 - float64(len(got)-1-i); math.Abs(d.Values[0]-want) > 1e-6 {
			t.Fatalf("datum %d is %v, want %v: a gap", i, d.Values[0], want)
		}
	}
}

func sizeOf(t *testing.T, dir string) (total int64) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil {
			total += info.Size()
		}
	}
	return total
}

func TestManyAppendersLoseNothing(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for i := range 500 {
				appendTo(t, j, datum(fmt.Sprint("m", g), float64(i)))
			}
		})
	}
	group.Wait()
	_ = j.Close()
	next := map[string]float64{}
	for _, d := range replay(t, open(t, dir)) {
		if d.Values[0] != next[d.Name] {
			t.Fatalf("%s: %v comes where %v should", d.Name, d.Values[0], next[d.Name])
		}
		next[d.Name]++
	}
	if len(next) != 8 || next["m0"] != 500 {
		t.Errorf("replayed %v", next)
	}
}

func TestAfterAWriteFailedAnotherSegmentIsBegun(t *testing.T) {
	dir := t.TempDir()
	j := open(t, dir)
	appendTo(t, j, datum("m", 1))
	_ = j.file.Close() // so that the next write fails
	if err := j.Append([]metric.Datum{datum("m", 2)}); err == nil {
		t.Fatal("a write to a closed file succeeded")
	}
	appendTo(t, j, datum("m", 3))
	_ = j.Close()
	if got := fmt.Sprint(texts(replay(t, open(t, dir)))); got != "[m=1 m=3]" {
		t.Errorf("replayed %v", got)
	}
}

func TestAClosedJournal(t *testing.T) {
	j := open(t, t.TempDir())
	if err := errors.Join(j.Close(), j.Close()); err != nil {
		t.Fatal(err)
	}
	if err := j.Append([]metric.Datum{datum("m", 1)}); !errors.Is(err, ErrClosed) {
		t.Errorf("Append = %v", err)
	}
	if err := j.Replay(func([]metric.Datum) {}); !errors.Is(err, ErrClosed) {
		t.Errorf("Replay = %v", err)
	}
}

func BenchmarkAppend(b *testing.B) {
	dir := b.TempDir()
	j := open(b, dir)
	data := make([]metric.Datum, 100)
	for i := range data {
		data[i] = datum(fmt.Sprint("m", i), float64(i))
	}
	b.ReportAllocs()
	for b.Loop() {
		appendTo(b, j, data...)
	}
	b.ReportMetric(float64(b.N)*100/b.Elapsed().Seconds(), "data/s")
}

func BenchmarkReplay(b *testing.B) {
	dir := b.TempDir()
	j := open(b, dir)
	data := make([]metric.Datum, 1000)
	for i := range data {
		data[i] = datum(fmt.Sprint("m", i), float64(i)*1.1)
	}
	for range 300 {
		appendTo(b, j, data...)
	}
	_ = j.Close()
	for b.Loop() {
		s := metric.NewService(metric.Config{Journal: open(b, dir)})
		if err := s.Start(b.Context()); err != nil {
			b.Fatal(err)
		}
		_ = s.Close()
	}
	b.ReportMetric(float64(b.N)*300_000/b.Elapsed().Seconds(), "data/s")
}

// BenchmarkPut puts a datum a second into each of 10 000 metrics through a Service with a journal, twenty to a Put.
func BenchmarkPut(b *testing.B) {
	s := metric.NewService(metric.Config{Journal: open(b, b.TempDir())})
	began := time.Now().Add(-time.Hour)
	names := make([]string, 10_000)
	for i := range names {
		names[i] = fmt.Sprint("metric", i)
	}
	var next atomic.Int64
	b.RunParallel(func(pb *testing.PB) {
		data := make([]metric.Datum, 20)
		for pb.Next() {
			first := int(next.Add(20)) - 20
			for i := range data {
				n := first + i
				data[i] = datum(names[n%len(names)], float64(n%977))
				data[i].Time = began.Add(time.Duration(n/len(names)) * time.Second)
			}
			if err := s.Put(b.Context(), data); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)*20/b.Elapsed().Seconds(), "data/s")
}
