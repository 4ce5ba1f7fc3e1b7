package metric_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/fault"
	"sluice/internal/metric"
)

// crowd runs a test with room for a hundred metrics, m0 to m99, which came a second apart.
func crowd(t *testing.T, test func(t *testing.T, s *metric.Service)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := metric.NewService(metric.Config{Most: 100})
		for i := range 100 {
			put(t, s, value(name(fmt.Sprint("m", i)), time.Now(), 1))
			time.Sleep(time.Second) // of the bubble
		}
		test(t, s)
	})
}

// kept lists the names of the metrics that are there.
func kept(t *testing.T, s *metric.Service) (list []string) {
	t.Helper()
	ids, _, err := s.List(t.Context(), metric.Filter{Scope: scope})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		list = append(list, id.Name)
	}
	return list
}

func TestTooManyMetrics(t *testing.T) {
	t.Run("new ones are refused while all are in use, and the others are not", func(t *testing.T) {
		crowd(t, func(t *testing.T, s *metric.Service) {
			err := s.Put(t.Context(), []metric.Datum{value(name("m5"), time.Now(), 1), value(name("new"), time.Now(), 1)})
			if !fault.Is(err, fault.Throttled, "metric") {
				t.Errorf("error %v, want one of too many metrics", err)
			}
			if list := kept(t, s); len(list) != 100 || slices.Contains(list, "new") {
				t.Errorf("%d metrics, new among them: %t", len(list), slices.Contains(list, "new"))
			}
			put(t, s, value(name("m5"), time.Now(), 1))
		})
	})
	t.Run("those that were silent longest go", func(t *testing.T) {
		crowd(t, func(t *testing.T, s *metric.Service) {
			time.Sleep(2 * time.Hour)
			put(t, s, value(name("m0"), time.Now(), 1))
			put(t, s, value(name("new"), time.Now(), 1))
			list := kept(t, s)
			for want, there := range map[string]bool{"m0": true, "new": true, "m1": false, "m6": false, "m7": true, "m99": true} {
				if slices.Contains(list, want) != there {
					t.Errorf("%s is there: %t", want, !there)
				}
			}
		})
	})
	t.Run("no more go than have been silent for an hour", func(t *testing.T) {
		crowd(t, func(t *testing.T, s *metric.Service) {
			time.Sleep(time.Hour - 98*time.Second) // m0, m1 and m2 are that old
			put(t, s, value(name("new"), time.Now(), 1))
			if list := kept(t, s); len(list) != 98 || !slices.Contains(list, "m3") {
				t.Errorf("%d metrics are left, want 98", len(list))
			}
		})
	})
	t.Run("long dimensions take more room", func(t *testing.T) {
		crowd(t, func(t *testing.T, s *metric.Service) {
			time.Sleep(2 * time.Hour)
			for i := range 33 {
				long := metric.Dimension{Name: "d", Value: strings.Repeat("x", 1020)}
				put(t, s, value(name(fmt.Sprint("long", i), long), time.Now(), 1))
			}
			err := s.Put(t.Context(), []metric.Datum{value(name("long", metric.Dimension{Name: "d", Value: strings.Repeat("x", 1020)}), time.Now(), 1)})
			if !fault.Is(err, fault.Throttled, "metric") {
				t.Errorf("error %v, want one of too many metrics", err)
			}
		})
	})
}

// replayed is a journal that holds data.
type replayed []metric.Datum

func (replayed) Append([]metric.Datum) error { return nil }

func (r replayed) Replay(apply func([]metric.Datum)) error {
	for i := range r {
		apply(r[i : i+1])
		time.Sleep(time.Nanosecond) // of the bubble
	}
	return nil
}

func TestAJournalOfTooManyMetrics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var data replayed
		for i := range 500 {
			data = append(data, value(name(fmt.Sprintf("m%03d", i)), time.Now(), 1))
		}
		s := metric.NewService(metric.Config{Most: 100, Journal: data})
		if err := s.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		if list := kept(t, s); len(list) == 0 || len(list) > 100 {
			t.Errorf("%d metrics were taken up, want up to 100", len(list))
		} else if list[len(list)-1] != "m499" {
			t.Errorf("the newest is %s", list[len(list)-1])
		}
	})
}
