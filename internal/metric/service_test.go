package metric_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/metric"
)

func TestPlainStatistics(t *testing.T) {
	s := metric.NewService(metric.Config{})
	at := recent()
	put(t, s, value(name("m"), at, 3), value(name("m"), at.Add(time.Second), 1, 8))
	put(t, s, metric.Datum{ID: name("m"), Time: at, Fine: true, Summary: &metric.Summary{Count: 10, Sum: 55, Min: 0.5, Max: 10}})
	for statistic, want := range map[metric.Statistic]float64{
		metric.SampleCount: 13, metric.Sum: 67, metric.Average: 67.0 / 13, metric.Minimum: 0.5, metric.Maximum: 10,
	} {
		got := single(t, s, name("m"), statistic, at, time.Minute)
		if got.Value != want || got.Samples != 13 || got.Unit != "None" || !got.Time.Equal(at) {
			t.Errorf("%s: %+v, want %v", statistic, got, want)
		}
	}
}

func TestPeriods(t *testing.T) {
	s := metric.NewService(metric.Config{})
	at := recent()
	for i := range 30 {
		if i != 12 && i != 13 {
			put(t, s, value(name("m"), at.Add(time.Duration(i)*time.Second), 1))
		}
	}
	sums := func(from, to, period time.Duration) (got []string) {
		q := metric.Query{ID: name("m"), Statistic: metric.Sum, Period: period, From: at.Add(from), To: at.Add(to)}
		for _, p := range points(t, s, q) {
			got = append(got, fmt.Sprintf("%v:%v", p.Time.Sub(at), p.Value))
		}
		return got
	}
	for _, tt := range []struct {
		what             string
		from, to, period time.Duration
		want             []string
	}{
		{"one after the other", 0, 30 * time.Second, 10 * time.Second, []string{"0s:10", "10s:8", "20s:10"}},
		{"a gap has no point", 11 * time.Second, 15 * time.Second, time.Second, []string{"11s:1", "14s:1"}},
		{"they may begin anywhere", 5 * time.Second, 25 * time.Second, 10 * time.Second, []string{"5s:8", "15s:10"}},
		{"the last one is whole", 0, 11 * time.Second, 10 * time.Second, []string{"0s:10", "10s:8"}},
		{"before all data", -time.Hour, -time.Minute, time.Minute, nil},
	} {
		if got := sums(tt.from, tt.to, tt.period); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.what, got, tt.want)
		}
	}
}

func TestWhatIsNotFineCountsForItsMinute(t *testing.T) {
	s := metric.NewService(metric.Config{})
	at := recent()
	put(t, s, metric.Datum{ID: name("m"), Time: at.Add(42 * time.Second), Values: []float64{5}})
	q := metric.Query{ID: name("m"), Statistic: metric.Sum, Period: 10 * time.Second, From: at, To: at.Add(time.Minute)}
	if got := points(t, s, q); len(got) != 1 || !got[0].Time.Equal(at) {
		t.Errorf("points %+v, want one at the minute's start", got)
	}
}

func TestLateDataCountWhereTheyBelong(t *testing.T) {
	s := metric.NewService(metric.Config{})
	at := recent()
	for _, second := range []int{5, 1, 3, 1, 0, 4} {
		put(t, s, value(name("m"), at.Add(time.Duration(second)*time.Second), float64(second)))
	}
	var got []float64
	for _, p := range points(t, s, metric.Query{ID: name("m"), Statistic: metric.Sum, Period: time.Second, From: at, To: at.Add(time.Minute)}) {
		got = append(got, p.Value)
	}
	if want := []float64{0, 2, 3, 4, 5}; !slices.Equal(got, want) {
		t.Errorf("sums %v, want %v", got, want)
	}
}

func TestTheSameMetric(t *testing.T) {
	s := metric.NewService(metric.Config{})
	at := recent()
	a, b := metric.Dimension{Name: "a", Value: "1"}, metric.Dimension{Name: "b", Value: "2"}
	put(t, s, value(name("m", a, b), at, 1), value(name("m", b, a), at, 1), value(name("m", a), at, 1), value(name("m"), at, 1))
	if got := single(t, s, name("m", b, a), metric.Sum, at, time.Minute); got.Value != 2 {
		t.Errorf("with both dimensions: %+v, want the sum 2, in whatever order they are", got)
	}
	other := name("m")
	other.Scope.Region = "eu-west-1"
	if got := points(t, s, metric.Query{ID: other, Statistic: metric.Sum, Period: time.Minute, From: at, To: at.Add(time.Minute)}); got != nil {
		t.Errorf("in another region: %+v", got)
	}
}

func TestUnits(t *testing.T) {
	s := metric.NewService(metric.Config{})
	at := recent()
	for i, unit := range []string{"Seconds", "Count", ""} {
		d := value(name("m"), at, float64(i+1))
		d.Unit = unit
		put(t, s, d)
	}
	ask := func(unit string, apart bool) (got []string) {
		q := metric.Query{ID: name("m"), Statistic: metric.Sum, Unit: unit, Apart: apart, Period: time.Minute, From: at, To: at.Add(time.Minute)}
		for _, p := range points(t, s, q) {
			got = append(got, fmt.Sprintf("%v %s", p.Value, p.Unit))
		}
		return got
	}
	for _, tt := range []struct {
		unit  string
		apart bool
		want  []string
	}{
		{"", false, []string{"6 "}},
		{"Count", false, []string{"2 Count"}},
		{"None", false, []string{"3 None"}},
		{"Bytes", false, nil},
		{"", true, []string{"3 None", "2 Count", "1 Seconds"}},
	} {
		if got := ask(tt.unit, tt.apart); !slices.Equal(got, tt.want) {
			t.Errorf("unit %q, apart %v: %q, want %q", tt.unit, tt.apart, got, tt.want)
		}
	}
}

func TestQuestionsThatHaveNoAnswer(t *testing.T) {
	s := metric.NewService(metric.Config{})
	at := recent()
	fine := metric.Query{ID: name("m"), Statistic: metric.Sum, Period: time.Minute, From: at, To: at.Add(time.Minute)}
	for noun, change := range map[string]func(*metric.Query){
		"period":    func(q *metric.Query) { q.Period = 0 },
		"time":      func(q *metric.Query) { q.To = q.From },
		"statistic": func(q *metric.Query) { q.Statistic = "p101" },
	} {
		q := fine
		change(&q)
		if _, err := s.Points(t.Context(), q); !fault.Is(err, fault.Invalid, noun) {
			t.Errorf("%s: %v", noun, err)
		}
	}
	if got := points(t, s, fine); got != nil {
		t.Errorf("a metric that nobody measured has %v", got)
	}
}

func TestPutStoresAllOrNone(t *testing.T) {
	s := metric.NewService(metric.Config{})
	at := recent()
	err := s.Put(t.Context(), []metric.Datum{value(name("m"), at, 1), value(name("m"), at.AddDate(1, 0, 0), 1)})
	if !fault.Is(err, fault.Invalid, "time") {
		t.Fatalf("Put = %v", err)
	}
	if got := points(t, s, metric.Query{ID: name("m"), Statistic: metric.Sum, Period: time.Hour, From: at, To: at.Add(time.Hour)}); got != nil {
		t.Errorf("half of it was stored: %v", got)
	}
}

func TestNothingIsLostAmongGoroutines(t *testing.T) {
	s := metric.NewService(metric.Config{})
	at := recent()
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for i := range 500 {
				put(t, s, value(name(fmt.Sprint("m", i%3)), at.Add(time.Duration(i)*time.Second), float64(g)))
				if i%100 == 0 {
					single(t, s, name("m0"), metric.Sum, at, time.Hour)
				}
			}
		})
	}
	group.Wait()
	var samples float64
	for i := range 3 {
		samples += single(t, s, name(fmt.Sprint("m", i)), metric.Sum, at, time.Hour).Samples
	}
	if samples != 4000 {
		t.Errorf("%v samples, want 4000", samples)
	}
}
