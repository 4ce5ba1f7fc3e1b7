package metric_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"sluice/internal/clock"
	"sluice/internal/function"
	"sluice/internal/metric"
)

var calculator = function.ID{Scope: scope, Name: "calculator"}

func call(version function.Number, at time.Time, took time.Duration) function.Sample {
	return function.Sample{Function: calculator, Qualifier: "LIVE", Executed: version, Began: at, Ended: at.Add(took), Duration: took, Concurrent: 1}
}

func failed(s function.Sample) function.Sample    { s.Failed = true; return s }
func throttled(s function.Sample) function.Sample { s.Throttled = true; s.Concurrent = 0; return s }

// metered is a Service with a Meter that has recorded some samples.
func metered(scale clock.Scale, samples ...function.Sample) (*metric.Service, *metric.Meter) {
	m := metric.NewMeter(scale)
	for _, s := range samples {
		m.Record(s)
	}
	return metric.NewService(metric.Config{Scale: scale, Meter: m}), m
}

func TestTotals(t *testing.T) {
	at := recent()
	crowded := failed(call(1, at, 30*time.Millisecond))
	crowded.Concurrent = 7
	_, m := metered(1, call(1, at, 10*time.Millisecond), crowded, throttled(call(1, at, 0)))
	want := metric.Counts{
		Invocations: 2, Errors: 1, Throttles: 1, Concurrent: 7,
		DurationSum: 40 * time.Millisecond, DurationMin: 10 * time.Millisecond, DurationMax: 30 * time.Millisecond,
	}
	readings := m.Readings()
	if len(readings) != 1 || readings[0].Total != want {
		t.Errorf("readings %+v, want one with %+v", readings, want)
	}
	key := metric.Key{Function: calculator, Qualifier: "LIVE", Executed: 1}
	if got := m.Reading(key); got.Total != want || got.Durations.Count() != 1 { // not the failed one
		t.Errorf("Reading = %+v with %d durations", got, got.Durations.Count())
	}
	key.Executed = 2
	if got := m.Reading(key); got.Total != (metric.Counts{}) || got.Key != key {
		t.Errorf("a version that nobody called has %+v", got)
	}
}

func TestDurationsLeaveOutFirstAndFailedCalls(t *testing.T) {
	at := recent()
	first := call(1, at, time.Second)
	first.First = true
	_, m := metered(1, first, failed(call(1, at, time.Millisecond)), call(1, at, 20*time.Millisecond))
	got := m.Reading(metric.Key{Function: calculator, Qualifier: "LIVE", Executed: 1})
	if median := got.Durations.Quantile(0.5).Round(time.Millisecond); got.Durations.Count() != 1 || median != 20*time.Millisecond || got.Total.Invocations != 3 {
		t.Errorf("%d durations around %v, of %d calls", got.Durations.Count(), median, got.Total.Invocations)
	}
}

func TestWhatWasMeasuredLately(t *testing.T) {
	at := time.Now().Add(-time.Hour)
	key := metric.Key{Function: calculator, Qualifier: "LIVE", Executed: 1}
	s, m := metered(1)
	for minute := range 30 {
		m.Record(call(1, at.Add(time.Duration(minute)*time.Minute), 10*time.Millisecond))
		m.Record(failed(call(1, at.Add(time.Duration(minute)*time.Minute), 10*time.Millisecond)))
		points(t, s, metric.Query{ID: lambda("Invocations"), Statistic: metric.Sum, Period: time.Hour, From: at, To: at.Add(time.Hour)}) // publishes
		calls, errors, durations := m.Recent(key)
		if want := int64(min(minute+1, 10)); minute%5 == 4 && (errors > want || errors < min(want, 5) || calls != 2*errors || durations.Count() != errors) {
			t.Errorf("after %d minutes %d calls, %d of them failed, with %d durations", minute+1, calls, errors, durations.Count())
		}
	}
	if calls, errors, durations := m.Recent(metric.Key{Function: calculator, Qualifier: "none"}); calls+errors+durations.Count() != 0 {
		t.Error("nobody's calls are counted")
	}
}

func TestVersionsAreCountedApart(t *testing.T) {
	at := recent()
	_, m := metered(1, call(2, at, 1), call(1, at, 1), call(2, at, 1))
	readings := m.Readings()
	if len(readings) != 2 || readings[0].Executed != 1 || readings[1].Total.Invocations != 2 {
		t.Errorf("readings %+v", readings)
	}
}

// lambda names a metric of the calculator under dimensions given as name and value in turn.
func lambda(metricName string, dimensions ...string) metric.ID {
	id := metric.ID{Scope: scope, Namespace: "AWS/Lambda", Name: metricName}
	for i := 0; i < len(dimensions); i += 2 {
		id.Dimensions = append(id.Dimensions, metric.Dimension{Name: dimensions[i], Value: dimensions[i+1]})
	}
	return id
}

func TestDimensionSets(t *testing.T) {
	at := recent()
	direct := call(function.Latest, at, time.Millisecond)
	direct.Qualifier = ""
	numbered := call(3, at, time.Millisecond)
	numbered.Qualifier = "3"
	s, _ := metered(1, call(1, at, time.Millisecond), call(2, at, time.Millisecond), call(2, at, time.Millisecond), direct, numbered)
	for _, tt := range []struct {
		want       float64
		dimensions []string
	}{
		{5, nil},
		{5, []string{"FunctionName", "calculator"}},
		{3, []string{"FunctionName", "calculator", "Resource", "calculator:LIVE"}},
		{1, []string{"FunctionName", "calculator", "Resource", "calculator:LIVE", "ExecutedVersion", "1"}},
		{2, []string{"FunctionName", "calculator", "Resource", "calculator:LIVE", "ExecutedVersion", "2"}},
		{1, []string{"FunctionName", "calculator", "Resource", "calculator"}},
		{1, []string{"FunctionName", "calculator", "Resource", "calculator:3"}},
	} {
		if got := single(t, s, lambda("Invocations", tt.dimensions...), metric.Sum, at, time.Minute); got.Value != tt.want || got.Unit != "Count" {
			t.Errorf("%v: %+v, want %v", tt.dimensions, got, tt.want)
		}
	}
	ids, _, err := s.List(t.Context(), metric.Filter{Scope: scope, Name: "Duration"})
	if err != nil || len(ids) != 7 {
		t.Errorf("Duration is published as %v (%v), want the seven above", ids, err)
	}
}

func TestWhatInvocationsMeasure(t *testing.T) {
	at := recent()
	busy := call(1, at, 20*time.Millisecond)
	busy.Concurrent = 4
	s, _ := metered(1, failed(call(1, at, 10*time.Millisecond)), busy, call(1, at, 30*time.Millisecond), throttled(call(1, at, 0)))
	for _, tt := range []struct {
		name      string
		statistic metric.Statistic
		want      float64
		samples   float64
	}{
		{"Invocations", metric.Sum, 3, 3},
		{"Errors", metric.Sum, 1, 3},
		{"Errors", metric.Average, 1.0 / 3, 3},
		{"Throttles", metric.Sum, 1, 4},
		{"Duration", metric.Average, 20, 3},
		{"Duration", metric.Minimum, 10, 3},
		{"Duration", "p100", 30, 3},
		{"ConcurrentExecutions", metric.Maximum, 4, 1},
	} {
		got := single(t, s, lambda(tt.name, "FunctionName", "calculator"), tt.statistic, at, time.Minute)
		if got.Value != tt.want || got.Samples != tt.samples {
			t.Errorf("%s of %s: %v of %v samples, want %v of %v", tt.statistic, tt.name, got.Value, got.Samples, tt.want, tt.samples)
		}
	}
}

func TestSuccessIsAnErrorCountOfZero(t *testing.T) {
	at := recent()
	s, _ := metered(1, call(1, at, time.Millisecond))
	for _, name := range []string{"Errors", "Throttles"} {
		if got := single(t, s, lambda(name), metric.Sum, at, time.Minute); got.Value != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAThrottledCallCountsAsNothingElse(t *testing.T) {
	at := recent()
	s, _ := metered(1, throttled(call(1, at, 0)))
	ids, _, _ := s.List(t.Context(), metric.Filter{Scope: scope})
	for _, id := range ids {
		if id.Name != "Throttles" {
			t.Errorf("%s was published", id.Name)
		}
	}
	if got := single(t, s, lambda("Throttles"), metric.Sum, at, time.Minute); got.Value != 1 {
		t.Errorf("Throttles: %+v", got)
	}
}

func TestConcurrencyOfAllFunctions(t *testing.T) {
	at := recent()
	first, second := call(1, at, 1), call(1, at, 1)
	first.Concurrent, second.Concurrent, second.Function.Name = 3, 2, "other"
	s, _ := metered(1, first, second)
	if got := single(t, s, lambda("ConcurrentExecutions"), metric.Maximum, at, time.Minute); got.Value != 5 {
		t.Errorf("%+v, want 5", got)
	}
	ids, _, _ := s.List(t.Context(), metric.Filter{Scope: scope, Name: "ConcurrentExecutions"})
	if len(ids) != 3 {
		t.Errorf("published as %v, want without dimensions and for each function", ids)
	}
}

func TestACallCountsWhenItBegan(t *testing.T) {
	at := recent()
	s, _ := metered(1, call(1, at.Add(50*time.Second), 20*time.Second), call(1, at.Add(61*time.Second), time.Second))
	q := metric.Query{ID: lambda("Invocations"), Statistic: metric.Sum, Period: time.Minute, From: at, To: at.Add(2 * time.Minute)}
	if got := points(t, s, q); len(got) != 2 || got[0].Value != 1 || got[1].Value != 1 {
		t.Errorf("points %+v, want one call in each minute", got)
	}
}

// At scale 60 a call of 3 s, which takes 3 s of the cloud, began a twentieth of a second before its end.
func TestACallTakesItsTimeOfTheCloud(t *testing.T) {
	began := recent()
	service, _ := metered(60, call(1, began, 3*time.Second))
	ended := began.Add(3 * time.Second)
	points, err := service.Points(t.Context(), metric.Query{
		ID: metric.ID{Scope: scope, Namespace: "AWS/Lambda", Name: "Invocations"}, Statistic: metric.Sum,
		Period: 100 * time.Millisecond, From: ended.Add(-100 * time.Millisecond), To: ended,
	})
	if err != nil || len(points) != 1 || points[0].Value != 1 {
		t.Errorf("just before its end: %+v, %v", points, err)
	}
}

func TestASecondOfTheCloudKeepsItsCalls(t *testing.T) {
	at := recent()
	s, _ := metered(60, call(1, at, 1), call(1, at.Add(20*time.Millisecond), 1), call(1, at.Add(time.Second), 1))
	q := metric.Query{ID: lambda("Invocations"), Statistic: metric.Sum, Period: clock.Scale(60).Here(time.Second), From: at, To: at.Add(2 * time.Second)}
	var got []time.Duration
	for _, p := range points(t, s, q) {
		got = append(got, p.Time.Sub(at).Round(time.Millisecond))
	}
	if want := []time.Duration{0, 17 * time.Millisecond, time.Second}; !slices.Equal(got, want) {
		t.Errorf("points at %v, want %v", got, want)
	}
}

// TestAQuestionSeesWhatWasAnsweredBefore asks while others record, and wants each sample to be seen at once.
func TestAQuestionSeesWhatWasAnsweredBefore(t *testing.T) {
	s, m := metered(1)
	at := recent()
	var group sync.WaitGroup
	for g := range 4 {
		group.Go(func() {
			resource := fmt.Sprintf("calculator:a%d", g)
			for i := range 200 {
				sample := call(1, at.Add(time.Duration(i)*time.Second), time.Millisecond)
				sample.Qualifier = fmt.Sprint("a", g)
				m.Record(sample)
				got := single(t, s, lambda("Invocations", "FunctionName", "calculator", "Resource", resource), metric.Sum, at, time.Hour)
				if got.Value != float64(i+1) {
					t.Errorf("after %d calls of %s: %v", i+1, resource, got.Value)
					return
				}
			}
		})
	}
	group.Wait()
}

func TestNoCallIsLostAmongGoroutines(t *testing.T) {
	s, m := metered(1)
	at := recent()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for i := range 1000 {
				m.Record(call(function.Number(i%3), at.Add(time.Duration(i)*time.Second), time.Duration(i)))
			}
		})
	}
	group.Wait()
	var sum int64
	for _, reading := range m.Readings() {
		sum += reading.Total.Invocations
	}
	if got := single(t, s, lambda("Invocations"), metric.Sum, at, time.Hour); sum != 8000 || got.Value != 8000 {
		t.Errorf("%d invocations in total and %v published, want 8000", sum, got.Value)
	}
}

func TestRecordAllocatesNothing(t *testing.T) {
	_, m := metered(1)
	sample := call(1, time.Now(), 3*time.Millisecond)
	m.Record(sample)
	if n := testing.AllocsPerRun(1000, func() { m.Record(sample) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkRecord(b *testing.B) {
	_, m := metered(1)
	sample := call(1, time.Now(), time.Millisecond)
	b.ReportAllocs()
	for b.Loop() {
		m.Record(sample)
	}
}

func BenchmarkRecordAmongFunctions(b *testing.B) {
	_, m := metered(1)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		sample := call(1, time.Now(), time.Millisecond)
		sample.Function.Name = fmt.Sprintf("%p", &sample)
		for pb.Next() {
			m.Record(sample)
		}
	})
}

func ExampleMeter() {
	meter := metric.NewMeter(1)
	service := metric.NewService(metric.Config{Meter: meter})
	began := time.Now()
	meter.Record(function.Sample{Function: calculator, Qualifier: "LIVE", Executed: 1, Began: began, Duration: 12 * time.Millisecond, Concurrent: 1})
	minute := began.Truncate(time.Minute)
	points, _ := service.Points(context.Background(), metric.Query{
		ID:        metric.ID{Scope: scope, Namespace: "AWS/Lambda", Name: "Duration", Dimensions: []metric.Dimension{{Name: "FunctionName", Value: "calculator"}}},
		Statistic: metric.Average, Period: time.Minute, From: minute, To: minute.Add(time.Minute),
	})
	fmt.Println(points[0].Value, points[0].Unit)
	// Output: 12 Milliseconds
}
