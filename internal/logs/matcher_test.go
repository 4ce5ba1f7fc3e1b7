package logs_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/clock"
	"sluice/internal/logs"
	"sluice/internal/metric"
)

// published starts a service with some metric filters of the usual group, lets a function or a client write, and returns
// what has become of it when all is matched. The time is the bubble's.
func published(t *testing.T, write func(t *testing.T, r *room), filters ...*logs.MetricFilter) (data []metric.Datum) {
	t.Helper()
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		r := open(t, folder, logs.Config{})
		defer r.close()
		must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
		must(t, r.CreateStream(t.Context(), stream))
		for _, f := range filters {
			must(t, r.PutMetricFilter(t.Context(), group, f))
		}
		write(t, r)
		synctest.Wait() // all is matched
		data = r.metrics.all()
	})
	return data
}

// sums adds up what a metric got, by unit and dimensions.
func sums(data []metric.Datum) string {
	total := map[string]float64{}
	for _, d := range data {
		name := d.Namespace + " " + d.Name
		if d.Unit != "" {
			name += " " + d.Unit
		}
		for _, dimension := range d.Dimensions {
			name += " " + dimension.Name + "=" + dimension.Value
		}
		for i, v := range d.Values {
			total[name] += v * d.Counts[i]
		}
	}
	var all []string
	for name, sum := range total {
		all = append(all, fmt.Sprintf("%s: %g", name, sum))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func TestMetricsOfEvents(t *testing.T) {
	json := []string{
		`{"latency": 20, "path": "/a"}`, `{"latency": 12.5, "path": "/b"}`, `{"latency": "5", "path": "/a"}`, `{"latency": "no"}`, "text",
	}
	value := func(text string) func(*logs.MetricFilter) {
		return func(f *logs.MetricFilter) { f.Metric.Value = text }
	}
	for name, test := range map[string]struct {
		filter *logs.MetricFilter
		lines  []string
		want   string
	}{
		"a count":       {filter("f", "ERROR"), []string{"ERROR one", "fine", "ERROR two"}, "app Errors: 2"},
		"another value": {filter("f", "ERROR", value("2.5")), []string{"ERROR one", "ERROR two"}, "app Errors: 5"},
		"nothing":       {filter("f", "ERROR"), []string{"fine"}, ""},
		"a field":       {filter("f", "{ $.latency = * }", value("$.latency")), json, "app Errors: 37.5"},
		"a column":      {filter("f", "[ip, size > 1]", value("$size")), []string{"a 3", "b 1", "c 4"}, "app Errors: 7"},
		"a unit":        {filter("f", "", func(f *logs.MetricFilter) { f.Metric.Unit = "Count" }), []string{"x"}, "app Errors Count: 1"},
		"a dimension": {
			filter("f", "{ $.latency = * }", value("$.latency"), func(f *logs.MetricFilter) {
				f.Metric.Dimensions = map[string]string{"path": "$.path"}
			}),
			json, "app Errors path=/a: 25, app Errors path=/b: 12.5",
		},
		"not of events without the dimension": {
			filter("f", "{ $.latency = * }", func(f *logs.MetricFilter) { f.Metric.Dimensions = map[string]string{"path": "$.nowhere"} }), json, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := sums(published(t, func(t *testing.T, r *room) { put(t, r, stream, test.lines...) }, test.filter)); got != test.want {
				t.Errorf("by PutEvents %s, want %s", got, test.want)
			}
			if got := sums(published(t, func(t *testing.T, r *room) { print(t, r, stream, test.lines...) }, test.filter)); got != test.want {
				t.Errorf("by a function %s, want %s", got, test.want)
			}
		})
	}
}

// Each odd event gives nothing, and the others count, whether they come before or after it.
func TestAnOddEventLosesNoOther(t *testing.T) {
	byPath := filter("f", "{ $.n = * }", func(f *logs.MetricFilter) {
		f.Metric.Value, f.Metric.Dimensions = "$.n", map[string]string{"path": "$.path"}
	})
	for name, odd := range map[string]string{
		"a value beyond what metrics take": `{"n": 1e200, "path": "/a"}`,
		"a dimension beyond ASCII":         `{"n": 1, "path": "/ü"}`,
		"a blank dimension":                `{"n": 1, "path": "  "}`,
		"a dimension that is too long":     `{"n": 1, "path": "` + strings.Repeat("x", 1025) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			data := published(t, func(t *testing.T, r *room) {
				put(t, r, stream, `{"n": 1, "path": "/a"}`, odd, `{"n": 2, "path": "/b"}`, `{"n": 4, "path": "/a"}`)
			}, byPath)
			if got := sums(data); got != "app Errors path=/a: 5, app Errors path=/b: 2" {
				t.Error(got)
			}
		})
	}
}

// What was refused is told, but not with each event.
func TestRefusedDataAreToldOnceAMinute(t *testing.T) {
	var told bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&told, &slog.HandlerOptions{Level: slog.LevelDebug}))
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		r := open(t, folder, logs.Config{Logger: logger})
		defer r.close()
		must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
		must(t, r.PutMetricFilter(t.Context(), group, filter("f", "{ $.path = * }", func(f *logs.MetricFilter) {
			f.Metric.Dimensions = map[string]string{"path": "$.path"}
		})))
		for i := range 20 {
			print(t, r, stream, fmt.Sprintf(`{"path": "ü%d"}`, i))
		}
		synctest.Wait()
	})
	if got := strings.Count(told.String(), "is no metric's"); got != 1 {
		t.Errorf("told %d times: %s", got, told.String())
	}
}

func TestSeveralFiltersOfAGroup(t *testing.T) {
	data := published(t, func(t *testing.T, r *room) { print(t, r, stream, "ERROR", "WARN", "ERROR") },
		filter("e", "ERROR"), filter("w", "WARN", func(f *logs.MetricFilter) { f.Metric.Name = "Warnings" }))
	if got := sums(data); got != "app Errors: 2, app Warnings: 1" {
		t.Error(got)
	}
}

func TestADatumHasItsEventsTimeAndScope(t *testing.T) {
	var at time.Time
	data := published(t, func(t *testing.T, r *room) {
		at = time.Now().Add(-2 * time.Hour)
		_, err := r.PutEvents(t.Context(), stream, []logs.Event{{Time: at, Message: []byte("x")}, {Time: at.Add(time.Hour), Message: []byte("x")}})
		must(t, err)
	}, filter("f", ""))
	if len(data) != 2 || !data[0].Time.Equal(at) || !data[1].Time.Equal(at.Add(time.Hour)) || data[0].Scope != ourScope {
		t.Errorf("%+v", data)
	}
}

func TestADatumHasAsManyValuesAsAWSAllows(t *testing.T) {
	data := published(t, func(t *testing.T, r *room) {
		for i := range 1000 {
			print(t, r, stream, fmt.Sprintf(`{"n": %d}`, i%500))
		}
	}, filter("f", "{ $.n = * }", func(f *logs.MetricFilter) { f.Metric.Value = "$.n" }))
	for _, d := range data {
		if len(d.Values) > 150 || len(d.Values) != len(d.Counts) {
			t.Errorf("%d values, %d counts", len(d.Values), len(d.Counts))
		}
	}
	if got := sums(data); got != "app Errors: 249500" {
		t.Error(got)
	}
}

func TestAFilterSeesOnlyWhatComesLater(t *testing.T) {
	data := published(t, func(t *testing.T, r *room) {
		writer, err := r.Stream(ourScope.Account, ourScope.Region, group.Name, "running")
		must(t, err)
		writer.Append(time.Now(), []byte("before"))
		must(t, r.PutMetricFilter(t.Context(), group, filter("f", "")))
		writer.Append(time.Now(), []byte("counts"))
		must(t, r.PutMetricFilter(t.Context(), group, filter("other", "", func(f *logs.MetricFilter) { f.Metric.Name = "Other" })))
		writer.Append(time.Now(), []byte("counts twice"))
		synctest.Wait()
		must(t, r.DeleteMetricFilter(t.Context(), group, "f"))
		writer.Append(time.Now(), []byte("for the other alone"))
		synctest.Wait()
		must(t, r.DeleteMetricFilter(t.Context(), group, "other"))
		writer.Append(time.Now(), []byte("after"))
		must(t, writer.Close())
	})
	if got := sums(data); got != "app Errors: 2, app Other: 2" {
		t.Error(got)
	}
}

func TestFiltersWorkAfterARestart(t *testing.T) {
	folder := t.TempDir()
	r := open(t, folder, logs.Config{})
	must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
	must(t, r.PutMetricFilter(t.Context(), group, filter("f", "ERROR")))
	r.close()
	synctest.Test(t, func(t *testing.T) {
		r := open(t, folder, logs.Config{})
		defer r.close()
		print(t, r, stream, "ERROR")
		synctest.Wait()
		if got := sums(r.metrics.all()); got != "app Errors: 1" {
			t.Error(got)
		}
	})
}

func TestDefaultValue(t *testing.T) {
	for name, test := range map[string]struct {
		scale clock.Scale
		lines map[time.Duration]string // when they are printed
		want  string                   // seconds of the datum and its value
	}{
		"for a minute in which nothing matched": {1, map[time.Duration]string{time.Second: "fine", 2 * time.Second: "fine"}, "1:0.5"},
		"none when something matched":           {1, map[time.Duration]string{time.Second: "fine", 2 * time.Second: "ERROR", 3 * time.Second: "fine"}, "2:1"},
		"none when nothing came":                {1, nil, ""},
		"for each minute":                       {1, map[time.Duration]string{time.Second: "fine", 61 * time.Second: "ERROR", 122 * time.Second: "fine"}, "1:0.5 61:1 122:0.5"},
		"minutes are the cloud's":               {60, map[time.Duration]string{time.Second: "fine", 2 * time.Second: "fine"}, "1:0.5 2:0.5"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				r := open(t, folder, logs.Config{Scale: test.scale})
				defer r.close()
				must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
				half := 0.5
				must(t, r.PutMetricFilter(t.Context(), group, filter("f", "ERROR", func(f *logs.MetricFilter) { f.Metric.Default = &half })))
				time.Sleep(time.Until(time.Now().Truncate(time.Minute).Add(time.Minute))) // on the bubble's clock
				begin := time.Now()
				for _, at := range slices.Sorted(maps.Keys(test.lines)) {
					time.Sleep(time.Until(begin.Add(at)))
					print(t, r, stream, test.lines[at])
				}
				time.Sleep(3 * time.Minute)
				synctest.Wait()
				var got []string
				for _, d := range r.metrics.all() {
					got = append(got, fmt.Sprintf("%g:%g", d.Time.Sub(begin).Seconds(), d.Values[0]))
				}
				if strings.Join(got, " ") != test.want {
					t.Errorf("%v, want %s", got, test.want)
				}
			})
		})
	}
}

// held starts a service whose matcher stands still, with some filters and lines that wait for them. It tells in log what a
// logger hears. begin lets the matcher go on.
func held(t *testing.T, folder string, log io.Writer, lines int, filters ...*logs.MetricFilter) (r *room, begin func()) {
	t.Helper()
	r = open(t, folder, logs.Config{Logger: slog.New(slog.NewTextHandler(log, nil))})
	r.metrics.hold = make(chan struct{})
	must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
	for _, f := range filters {
		must(t, r.PutMetricFilter(t.Context(), group, f))
	}
	print(t, r, stream, "first")
	synctest.Wait() // it is being published
	line := strings.Repeat("x", 100_000)
	for range lines {
		print(t, r, stream, line)
	}
	return r, func() { close(r.metrics.hold); synctest.Wait() }
}

// TestNobodyWaitsForAFilter has metrics that take nothing until they are told to. Functions and clients go on; what does
// not fit in the queue is not matched, and told.
func TestNobodyWaitsForAFilter(t *testing.T) {
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		r, begin := held(t, folder, &log, 400, filter("f", ""))
		defer r.close()
		put(t, r, stream, "one more", "and another")
		begin()
		const fit = 168 // of 100 026 bytes in 16 MiB
		if got := sums(r.metrics.all()); got != fmt.Sprintf("app Errors: %d", 1+fit) {
			t.Error(got)
		}
		if want := fmt.Sprintf("count=%d", 400-fit+2); !strings.Contains(log.String(), want) {
			t.Errorf("no %s: %s", want, log.String())
		}
		print(t, r, stream, "later")
		synctest.Wait()
		if got := sums(r.metrics.all()); got != fmt.Sprintf("app Errors: %d", 1+fit+1) {
			t.Errorf("later %s", got)
		}
	})
}

// Whatever ends a filter does not wait for events that wait for it, and they are not matched later.
func TestWhatWaitsIsDropped(t *testing.T) {
	other := filter("other", "", func(f *logs.MetricFilter) { f.Metric.Name = "Other" })
	for name, test := range map[string]struct {
		filters []*logs.MetricFilter
		end     func(t *testing.T, r *room) error
		want    string
	}{
		"of the last filter": {
			[]*logs.MetricFilter{filter("f", "")},
			func(t *testing.T, r *room) error { return r.DeleteMetricFilter(t.Context(), group, "f") }, "app Errors: 1",
		},
		"of one of two": {
			[]*logs.MetricFilter{filter("f", ""), other},
			func(t *testing.T, r *room) error { return r.DeleteMetricFilter(t.Context(), group, "f") }, "app Errors: 1, app Other: 4",
		},
		"of one that is replaced": {
			[]*logs.MetricFilter{filter("f", "")},
			func(t *testing.T, r *room) error { return r.PutMetricFilter(t.Context(), group, filter("f", "x")) }, "app Errors: 1",
		},
		"of a group": {
			[]*logs.MetricFilter{filter("f", "")},
			func(t *testing.T, r *room) error { return r.DeleteGroup(t.Context(), group) }, "app Errors: 1",
		},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				r, begin := held(t, folder, io.Discard, 3, test.filters...)
				defer r.close()
				must(t, test.end(t, r)) // else the bubble is deadlocked
				begin()
				if got := sums(r.metrics.all()); got != test.want {
					t.Errorf("%s, want %s", got, test.want)
				}
			})
		})
	}
}

// Close waits for the event that is being matched, and for no other.
func TestCloseDropsWhatWaits(t *testing.T) {
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		r, begin := held(t, folder, io.Discard, 3, filter("f", ""))
		closed := make(chan struct{})
		go func() { defer close(closed); r.close() }()
		synctest.Wait()
		select {
		case <-closed:
			t.Error("closed while something was published")
		default:
		}
		begin()
		<-closed
		if got := sums(r.metrics.all()); got != "app Errors: 1" {
			t.Error(got)
		}
	})
}

// TestAMatchIsPublishedAtOnce wants a function's line in the metrics without any other event to push it on.
func TestAMatchIsPublishedAtOnce(t *testing.T) {
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		r := open(t, folder, logs.Config{})
		defer r.close()
		must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
		must(t, r.PutMetricFilter(t.Context(), group, filter("f", "ERROR")))
		writer, err := r.Stream(ourScope.Account, ourScope.Region, group.Name, "s")
		must(t, err)
		writer.Append(time.Now(), []byte("ERROR"))
		synctest.Wait() // without any time passing
		if got := sums(r.metrics.all()); got != "app Errors: 1" {
			t.Error(got)
		}
		must(t, writer.Close())
	})
}

// BenchmarkAppend appends a line of a function to a group that has no filters, and to others that have some.
func BenchmarkAppend(b *testing.B) {
	for name, filters := range map[string][]*logs.MetricFilter{
		"no filter": nil,
		"a term":    {filter("f", "ERROR")},
		"a field":   {filter("f", "{ $.latency > 100 }", func(f *logs.MetricFilter) { f.Metric.Value = "$.latency" })},
	} {
		b.Run(name, func(b *testing.B) {
			r := startWithStream(b)
			for _, f := range filters {
				must(b, r.PutMetricFilter(b.Context(), group, f))
			}
			writer, err := r.Stream(ourScope.Account, ourScope.Region, group.Name, "s")
			must(b, err)
			line := []byte(`{"level": "INFO", "message": "the bonus was computed", "latency": 120, "path": "/bonus"}`)
			b.ReportAllocs()
			for b.Loop() {
				writer.Append(time.Now(), line)
			}
			must(b, writer.Close())
		})
	}
}

// BenchmarkMatchToMetric measures how long it takes from a line to its datum.
func BenchmarkMatchToMetric(b *testing.B) {
	r := startWithStream(b)
	r.metrics.told = make(chan struct{}, 1)
	must(b, r.PutMetricFilter(b.Context(), group, filter("f", "ERROR")))
	writer, err := r.Stream(ourScope.Account, ourScope.Region, group.Name, "s")
	must(b, err)
	for b.Loop() {
		writer.Append(time.Now(), []byte("ERROR in line 3"))
		<-r.metrics.told
	}
	must(b, writer.Close())
}
