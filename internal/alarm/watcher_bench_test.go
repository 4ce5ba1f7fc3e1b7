package alarm_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"sluice/internal/alarm"
	"sluice/internal/metric"
)

// watchedMetrics notes when the first and the last question of each evaluation slot came.
type watchedMetrics struct {
	alarm.Metrics
	mu    sync.Mutex
	slots map[time.Time]*sweep // guarded by mu, by the end of the window
}

type sweep struct {
	first, last time.Time
	questions   int
}

func (m *watchedMetrics) Points(ctx context.Context, q metric.Query) ([]metric.Point, error) {
	points, err := m.Metrics.Points(ctx, q)
	at := time.Now()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.slots[q.To] == nil {
		m.slots[q.To] = &sweep{first: at}
	}
	m.slots[q.To].last = at
	m.slots[q.To].questions++
	return points, err
}

// many has a service of so many alarms over metrics of their own, at a scale where they are evaluated each second. With
// ringing, each evaluation changes all of them; else none.
func many(b *testing.B, alarms int, ringing bool) {
	const scale = 60
	metrics := metric.NewService(metric.Config{Scale: scale})
	if err := metrics.Start(context.Background()); err != nil {
		b.Fatal(err)
	}
	defer metrics.Close()
	watched := &watchedMetrics{Metrics: metrics, slots: map[time.Time]*sweep{}}
	var mu sync.Mutex
	var late []time.Duration
	told := make(chan struct{}, alarms)
	s := alarm.NewService(alarm.ServiceConfig{Store: openStore(b, b.TempDir()), Metrics: watched, Scale: scale, Late: func(d time.Duration) {
		mu.Lock()
		late = append(late, d)
		mu.Unlock()
		select {
		case told <- struct{}{}:
		default:
		}
	}})
	if err := s.Start(context.Background()); err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	putMany(b, s, alarms)
	measure := func(value float64) {
		var data []metric.Datum
		for i := range alarms {
			data = append(data, metric.Datum{ID: numbered(i), Time: time.Now(), Values: []float64{value}, Fine: true})
		}
		if err := metrics.Put(context.Background(), data); err != nil {
			b.Fatal(err)
		}
	}
	measure(1)
	time.Sleep(2 * time.Second)
	mu.Lock()
	late = nil
	mu.Unlock()
	for len(told) > 0 {
		<-told
	}
	watched.mu.Lock()
	clear(watched.slots)
	watched.mu.Unlock()
	value := 10.0
	for b.Loop() {
		if !ringing {
			time.Sleep(time.Second)
			continue
		}
		measure(value)
		for range alarms {
			<-told
		}
		value = 11 - value
		time.Sleep(4 * time.Second) // the window of the breach goes by
	}
	if ringing {
		mu.Lock()
		defer mu.Unlock()
		slices.Sort(late)
		b.ReportMetric(float64(late[len(late)/2].Microseconds())/1000, "ms-late-median")
		b.ReportMetric(float64(late[len(late)-1].Microseconds())/1000, "ms-late-max")
		return
	}
	watched.report(b, alarms)
}

// report tells how long the evaluation of all alarms took, of the slots that saw all.
func (m *watchedMetrics) report(b *testing.B, alarms int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var took []time.Duration
	for _, s := range m.slots {
		if s.questions == alarms {
			took = append(took, s.last.Sub(s.first))
		}
	}
	if len(took) == 0 {
		b.Fatal("no slot saw every alarm")
	}
	slices.Sort(took)
	middle := took[len(took)/2]
	b.ReportMetric(float64(middle.Microseconds())/1000, "ms/sweep")
	b.ReportMetric(float64(middle.Nanoseconds())/float64(alarms)/1000, "µs/alarm")
}

func numbered(i int) metric.ID {
	return metric.ID{Scope: scope, Namespace: "shop", Name: "errors", Dimensions: []metric.Dimension{{Name: "number", Value: fmt.Sprint(i)}}}
}

func putMany(b *testing.B, s *alarm.Service, alarms int) {
	var putting sync.WaitGroup
	for part := range 256 {
		putting.Go(func() {
			for i := part; i < alarms; i += 256 {
				a := over(fmt.Sprint("a", i), 5)
				a.Watch.Metric, a.Watch.Dimensions = "errors", numbered(i).Dimensions
				if err := s.Put(context.Background(), a); err != nil {
					b.Error(err)
				}
			}
		})
	}
	putting.Wait()
}

func BenchmarkTenThousandAlarmsThatStay(b *testing.B)   { many(b, 10_000, false) }
func BenchmarkTenThousandAlarmsThatChange(b *testing.B) { many(b, 10_000, true) }
func BenchmarkOneAlarmThatChanges(b *testing.B)         { many(b, 1, true) }
