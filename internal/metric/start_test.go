package metric_test

import (
	"bytes"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/metric"
)

// journal keeps data in memory.
type journal struct {
	mu     sync.Mutex
	stored []metric.Datum
	err    error
}

func (j *journal) Append(data []metric.Datum) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err == nil {
		j.stored = append(j.stored, data...)
	}
	return j.err
}

func (j *journal) Replay(apply func([]metric.Datum)) error {
	apply(j.stored)
	return j.err
}

func (j *journal) names() (names []string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, d := range j.stored {
		names = append(names, d.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestWhatWasPutSurvives(t *testing.T) {
	j := &journal{}
	at := recent()
	put(t, metric.NewService(metric.Config{Journal: j}), value(name("m"), at, 3))
	again := metric.NewService(metric.Config{Journal: j})
	if err := again.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	if got := single(t, again, name("m"), metric.Sum, at, time.Minute); got.Value != 3 {
		t.Errorf("%+v", got)
	}
}

func TestWhatCouldNotBeStoredIsNotThere(t *testing.T) {
	full := errors.New("the disk is full")
	s := metric.NewService(metric.Config{Journal: &journal{err: full}})
	at := recent()
	if err := s.Put(t.Context(), []metric.Datum{value(name("m"), at, 3)}); !errors.Is(err, full) {
		t.Errorf("Put = %v", err)
	}
	if ids, _, _ := s.List(t.Context(), metric.Filter{Scope: scope}); ids != nil {
		t.Errorf("List = %v", ids)
	}
	if err := s.Start(t.Context()); !errors.Is(err, full) {
		t.Errorf("Start = %v", err)
	}
}

func TestInvocationsAreStoredEachSecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j, m := &journal{}, metric.NewMeter(1)
		s := metric.NewService(metric.Config{Journal: j, Meter: m})
		if err := s.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		m.Record(call(1, time.Now(), time.Millisecond))
		if j.names() != nil {
			t.Errorf("stored at once: %v", j.names())
		}
		time.Sleep(1100 * time.Millisecond) // on the bubble's clock
		synctest.Wait()
		if want := []string{"ConcurrentExecutions", "Duration", "Errors", "Invocations", "Throttles"}; !slices.Equal(j.names(), want) {
			t.Errorf("after a second: %v, want %v", j.names(), want)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestCloseStoresWhatIsLeft(t *testing.T) {
	j, m := &journal{}, metric.NewMeter(1)
	s := metric.NewService(metric.Config{Journal: j, Meter: m})
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	m.Record(call(1, recent(), time.Millisecond))
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
	again := metric.NewService(metric.Config{Journal: j})
	if err := again.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	if got := single(t, again, lambda("Duration", "FunctionName", "calculator"), "p50", recent(), time.Hour); got.Value != 1 {
		t.Errorf("after a restart: %+v, want 1 ms", got)
	}
}

func TestInvocationsThatCanNotBeStoredAreLogged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		j, m := &journal{}, metric.NewMeter(1)
		s := metric.NewService(metric.Config{Journal: j, Meter: m, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		if err := s.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		j.mu.Lock()
		j.err = errors.New("the disk is full")
		j.mu.Unlock()
		m.Record(call(1, time.Now(), time.Millisecond))
		time.Sleep(1100 * time.Millisecond) // on the bubble's clock
		synctest.Wait()
		if err := s.Close(); err != nil {
			t.Errorf("Close = %v, although all that was left was logged", err)
		}
		if !strings.Contains(log.String(), "the disk is full") {
			t.Errorf("logged %q", log.String())
		}
	})
}

// TestWhatIsNotMeasuredAnyMoreIsForgotten lets time pass until neither the metric nor the invocations may be there.
func TestWhatIsNotMeasuredAnyMoreIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := metric.NewMeter(1)
		s := metric.NewService(metric.Config{Meter: m})
		if err := s.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		began := time.Now()
		m.Record(call(1, began, time.Millisecond))
		wait := func(d time.Duration) {
			time.Sleep(d) // on the bubble's clock
			synctest.Wait()
		}
		wait(23 * time.Hour)
		if got := m.Readings(); len(got) != 1 {
			t.Errorf("after 23 hours: %v", got)
		}
		wait(2 * time.Hour)
		if got := m.Readings(); len(got) != 0 {
			t.Errorf("after 25 hours: %v", got)
		}
		m.Record(call(1, time.Now(), time.Millisecond))
		if got := m.Readings(); len(got) != 1 || got[0].Total.Invocations != 1 {
			t.Errorf("after another call: %v", got)
		}
		if ids, _, _ := s.List(t.Context(), metric.Filter{Scope: scope, Name: "Duration"}); len(ids) != 4 {
			t.Errorf("metrics after a day: %v", ids)
		}
		wait(15 * 24 * time.Hour)
		if ids, _, _ := s.List(t.Context(), metric.Filter{Scope: scope}); ids != nil {
			t.Errorf("metrics after two weeks: %v", ids)
		}
	})
}
