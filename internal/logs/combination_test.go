package logs_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/clock"
	"sluice/internal/logs"
)

// TestCombinationsOfDimensions prints more different paths than a filter may make metrics of. Those that it knows go on,
// and odd ones take no place of others.
func TestCombinationsOfDimensions(t *testing.T) {
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		r := open(t, folder, logs.Config{Scale: clock.Scale(60), Logger: slog.New(slog.NewTextHandler(&log, nil))})
		defer r.close()
		must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
		must(t, r.PutMetricFilter(t.Context(), group, filter("f", "{ $.path = * }", func(f *logs.MetricFilter) {
			f.Metric.Dimensions = map[string]string{"path": "$.path"}
		})))
		time.Sleep(time.Until(time.Now().Truncate(time.Minute).Add(time.Minute))) // on the bubble's clock
		paths := func(format string, count int) {
			for i := range count {
				print(t, r, stream, fmt.Sprintf(`{"path": "`+format+`"}`, i))
			}
			synctest.Wait()
		}
		want := func(when string, metrics, data int) {
			t.Helper()
			known, counted := map[string]bool{}, 0.0
			for _, d := range r.metrics.all() {
				known[d.Dimensions[0].Value] = true
				for _, c := range d.Counts {
					counted += c
				}
			}
			if len(known) != metrics || int(counted) != data {
				t.Errorf("%s: %d metrics with %d events, want %d with %d", when, len(known), int(counted), metrics, data)
			}
		}
		paths("ü%d", 50)
		paths("/%d", 1200)
		want("too many", 1000, 1000)
		if !strings.Contains(log.String(), "too many values") {
			t.Errorf("nothing was told: %s", log.String())
		}
		paths("/%d", 10)
		want("known ones", 1000, 1010)
		time.Sleep(time.Minute) // an hour of the cloud
		paths("/new%d", 10)
		want("in the next hour", 1010, 1020)
	})
}
