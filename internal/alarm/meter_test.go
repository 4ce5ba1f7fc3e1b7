package alarm_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"sluice/internal/alarm"
	"sluice/internal/function"
)

var start = time.Date(2026, 1, 2, 3, 4, 0, 0, time.UTC)

func sample(version function.Number, at time.Duration, took time.Duration) function.Sample {
	return function.Sample{
		Function:  function.ID{Scope: function.Scope{Account: "000000000000", Region: "us-east-1"}, Name: "f"},
		Qualifier: "LIVE", Executed: version, Ended: start.Add(at), Duration: took, Concurrent: 1,
	}
}

func TestCountsOfOneSeries(t *testing.T) {
	var m alarm.Meter
	failed := sample(1, 0, 30*time.Millisecond)
	failed.Failed = true
	failed.Concurrent = 7
	throttled := sample(1, 0, 0)
	throttled.Throttled = true
	for _, s := range []function.Sample{sample(1, 0, 10*time.Millisecond), failed, throttled} {
		m.Record(s)
	}
	want := alarm.Counts{
		Invocations: 2, Errors: 1, Throttles: 1, Concurrent: 7,
		DurationSum: 40 * time.Millisecond, DurationMin: 10 * time.Millisecond, DurationMax: 30 * time.Millisecond,
	}
	readings := m.Readings()
	if len(readings) != 1 || readings[0].Total != want {
		t.Errorf("readings %+v, want one with %+v", readings, want)
	}
}

func TestVersionsAreCountedApart(t *testing.T) {
	var m alarm.Meter
	for _, n := range []function.Number{2, 1, 2} {
		m.Record(sample(n, 0, time.Millisecond))
	}
	readings := m.Readings()
	if len(readings) != 2 || readings[0].Executed != 1 || readings[1].Total.Invocations != 2 {
		t.Errorf("readings %+v", readings)
	}
}

func TestMinutes(t *testing.T) {
	var m alarm.Meter
	for _, at := range []time.Duration{0, 59 * time.Second, 2 * time.Minute, time.Minute} { // the last one is late
		m.Record(sample(1, at, time.Millisecond))
	}
	minutes := m.Readings()[0].Minutes
	var got []string
	for _, minute := range minutes {
		got = append(got, fmt.Sprintf("%s:%d", minute.Start.Format("04"), minute.Invocations))
	}
	if fmt.Sprint(got) != "[04:2 05:1 06:1]" {
		t.Errorf("minutes %v", got)
	}
}

func TestMemoryOfASeriesIsBounded(t *testing.T) {
	var m alarm.Meter
	for i := range 1000 {
		m.Record(sample(1, time.Duration(i)*time.Minute, time.Millisecond))
	}
	m.Record(sample(1, 0, time.Millisecond)) // older than all that is kept
	reading := m.Readings()[0]
	if len(reading.Minutes) > 180 || reading.Total.Invocations != 1001 {
		t.Errorf("%d minutes, %d invocations; want at most 180, and 1001", len(reading.Minutes), reading.Total.Invocations)
	}
}

func TestNothingIsLostAmongGoroutines(t *testing.T) {
	var m alarm.Meter
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 1000 {
				m.Record(sample(function.Number(i%3), 0, time.Millisecond))
			}
		})
	}
	wg.Wait()
	var sum int64
	for _, reading := range m.Readings() {
		sum += reading.Total.Invocations
	}
	if sum != 8000 {
		t.Errorf("%d invocations, want 8000", sum)
	}
}

func BenchmarkRecord(b *testing.B) {
	var m alarm.Meter
	s := sample(1, 0, time.Millisecond)
	b.ReportAllocs()
	for b.Loop() {
		m.Record(s)
	}
}

func ExampleMeter() {
	var m alarm.Meter
	m.Record(sample(1, 0, 12*time.Millisecond))
	for _, reading := range m.Readings() {
		fmt.Println(reading.Function.Name, reading.Qualifier, reading.Executed, reading.Total.Invocations)
	}
	// Output: f LIVE 1 1
}
