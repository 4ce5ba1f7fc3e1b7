package metric_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/metric"
)

// TestStatisticsOfRandomData compares the Service with a computation over all samples. It draws how many there are, how
// they come and over which time, so that they are in buckets of one and of many, exact and condensed, fine and folded.
func TestStatisticsOfRandomData(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := metric.NewService(metric.Config{})
		from := recent()
		var all []float64
		for range rapid.IntRange(1, 60).Draw(t, "puts") {
			d := metric.Datum{ID: name("m"), Fine: rapid.Bool().Draw(t, "fine")}
			d.Time = from.Add(time.Duration(rapid.Int64Range(0, int64(50*time.Minute)-1).Draw(t, "time")))
			d.Values = rapid.SliceOfN(drawValue(), 1, 20).Draw(t, "values")
			for range d.Values {
				d.Counts = append(d.Counts, float64(rapid.IntRange(1, 3).Draw(t, "count")))
			}
			if err := s.Put(t.Context(), []metric.Datum{d}); err != nil {
				t.Fatal(err)
			}
			for i, v := range d.Values {
				all = append(all, slices.Repeat([]float64{v}, int(d.Counts[i]))...)
			}
		}
		slices.Sort(all)
		for _, statistic := range []metric.Statistic{"SampleCount", "Sum", "Average", "Minimum", "Maximum", "p0", "p1", "p50", "p99", "p99.9", "p100"} {
			q := metric.Query{ID: name("m"), Statistic: statistic, Period: time.Hour, From: from, To: from.Add(time.Hour)}
			points, err := s.Points(t.Context(), q)
			if err != nil || len(points) != 1 {
				t.Fatalf("%s: %v, %v", statistic, points, err)
			}
			want, tolerance := naive(statistic, all)
			if got := points[0].Value; math.Abs(got-want) > tolerance {
				t.Fatalf("%s of %d samples: %v, want %v ± %v", statistic, len(all), got, want, tolerance)
			}
		}
	})
}

// drawValue draws values of nine decades at most, the range in which percentiles have their bound.
func drawValue() *rapid.Generator[float64] {
	return rapid.Custom(func(t *rapid.T) float64 {
		value := math.Pow(10, rapid.Float64Range(-4, 4.8).Draw(t, "magnitude"))
		return value * float64(rapid.SampledFrom([]int{1, 1, 1, 0, -1}).Draw(t, "sign"))
	})
}

// naive computes a statistic of sorted samples, and how far the Service may be from it.
func naive(statistic metric.Statistic, sorted []float64) (want, tolerance float64) {
	n := float64(len(sorted))
	var sum, size float64
	for _, v := range sorted {
		sum += v
		size += math.Abs(v)
	}
	switch statistic {
	case metric.SampleCount:
		return n, 0
	case metric.Sum:
		return sum, 1e-9 * size
	case metric.Average:
		return sum / n, 1e-9 * size
	case metric.Minimum:
		return sorted[0], 0
	case metric.Maximum:
		return sorted[len(sorted)-1], 0
	}
	percent, _ := statistic.Percentile()
	rank := max(int(math.Ceil(percent/100*n-1e-9*n)), 1)
	want = sorted[rank-1]
	return want, metric.Accuracy*math.Abs(want) + 1e-12
}

func TestFewDifferentSamplesAreExact(t *testing.T) {
	s := metric.NewService(metric.Config{})
	at := recent()
	put(t, s, value(name("m"), at, 1, 2, 3, 4, 5), value(name("m"), at.Add(time.Second), 6, 7, 8, 9, 10))
	for statistic, want := range map[metric.Statistic]float64{
		"p50": 5, "p90": 9, "p91": 10, "p0": 1, "p100": 10,
		"tm90": 5, "TM(10%:90%)": 5.5, "TM(2:4)": 3.5, "TM(:80%)": 4.5, "IQM": 5.5,
		"wm90": 5.4, "WM(20%:80%)": 5.3, "WM(3:6)": 4.8,
		"tc90": 9, "TC(3:)": 7, "TC(20:30)": 0,
		"ts90": 45, "TS(8:)": 19, "TS(20:30)": 0,
		"PR(:3)": 30, "PR(3:5)": 20, "PR(9:)": 10,
	} {
		if got := single(t, s, name("m"), statistic, at, time.Minute); math.Abs(got.Value-want) > 1e-9 || got.Samples != 10 {
			t.Errorf("%s = %v of %v samples, want %v of 10", statistic, got.Value, got.Samples, want)
		}
	}
}

func TestTheMeanOfNothingHasNoPoint(t *testing.T) {
	s := metric.NewService(metric.Config{})
	at := recent()
	put(t, s, value(name("m"), at, 1))
	if got := points(t, s, metric.Query{ID: name("m"), Statistic: "TM(5:9)", Period: time.Minute, From: at, To: at.Add(time.Minute)}); got != nil {
		t.Errorf("points %v", got)
	}
}

// TestPercentilesOfSummaries follows "Percentiles" in the CloudWatch User Guide: a summary says them only if all its
// samples are equal.
func TestPercentilesOfSummaries(t *testing.T) {
	at := recent()
	for _, tt := range []struct {
		what    string
		summary metric.Summary
		before  []float64
		want    []float64
	}{
		{"one sample", metric.Summary{Count: 1, Sum: 3, Min: 3, Max: 3}, nil, []float64{3}},
		{"equal samples", metric.Summary{Count: 4, Sum: 12, Min: 3, Max: 3}, nil, []float64{3}},
		{"equal samples whose sum was rounded", metric.Summary{Count: 3, Sum: 0.3, Min: 0.1, Max: 0.1}, nil, []float64{0.1}},
		{"unlike samples", metric.Summary{Count: 4, Sum: 12, Min: 1, Max: 5}, nil, nil},
		{"unlike samples after a value", metric.Summary{Count: 4, Sum: 12, Min: 1, Max: 5}, []float64{3}, nil},
		{"equal samples after another value", metric.Summary{Count: 4, Sum: 12, Min: 3, Max: 3}, []float64{1}, []float64{3}},
		{"nothing", metric.Summary{}, []float64{1}, []float64{1}},
	} {
		s := metric.NewService(metric.Config{})
		if tt.before != nil {
			put(t, s, value(name("m"), at, tt.before...))
		}
		put(t, s, metric.Datum{ID: name("m"), Time: at, Fine: true, Summary: &tt.summary})
		var got []float64
		for _, p := range points(t, s, metric.Query{ID: name("m"), Statistic: "p90", Period: time.Minute, From: at, To: at.Add(time.Minute)}) {
			got = append(got, p.Value)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: p90 %v, want %v", tt.what, got, tt.want)
		}
	}
}

func TestAValueStaysUnknownAfterASummary(t *testing.T) {
	s := metric.NewService(metric.Config{})
	at := recent()
	put(t, s, metric.Datum{ID: name("m"), Time: at, Fine: true, Summary: &metric.Summary{Count: 2, Sum: 6, Min: 1, Max: 5}})
	put(t, s, value(name("m"), at, 2, 3))
	q := metric.Query{ID: name("m"), Statistic: "p50", Period: time.Minute, From: at, To: at.Add(time.Minute)}
	if got := points(t, s, q); got != nil {
		t.Errorf("p50 of samples of which two are not known: %v", got)
	}
	if got := single(t, s, name("m"), metric.Sum, at, time.Minute); got.Value != 11 {
		t.Errorf("sum %+v, want 11", got)
	}
}

func TestManyEqualSamples(t *testing.T) {
	s := metric.NewService(metric.Config{})
	at := recent()
	d := value(name("m"), at, 7)
	for _, n := range []float64{60_000, 60_000, 0.5} {
		d.Counts = []float64{n}
		put(t, s, d)
	}
	if got := single(t, s, name("m"), "p50", at, time.Minute); got.Value != 7 || got.Samples != 120_000.5 {
		t.Errorf("%+v", got)
	}
}
