package metric

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/clock"
	"sluice/internal/function"
)

// shelved is a Sink that only keeps what it gets.
type shelved struct {
	mu   sync.Mutex
	data []Datum // guarded by mu
	puts int     // guarded by mu
	err  error
}

func (k *shelved) Put(_ context.Context, data []Datum) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.data = append(k.data, data...)
	k.puts++
	return k.err
}

// of returns what was put of a metric under so many dimensions, as text: values, how often each, and when.
func (k *shelved) of(name string, dimensions int) (found []string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, d := range k.data {
		if d.Name == name && len(d.Dimensions) == dimensions {
			found = append(found, fmt.Sprint(d.Values, d.Counts, d.Time.Unix()))
		}
	}
	slices.Sort(found)
	return found
}

// writes is how often something was put.
func (k *shelved) writes() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.puts
}

func (k *shelved) want(t *testing.T, name string, dimensions int, want ...string) {
	t.Helper()
	if got := k.of(name, dimensions); !slices.Equal(got, want) {
		t.Errorf("%s with %d dimensions: %q, want %q", name, dimensions, got, want)
	}
}

var counting = function.ID{Scope: function.Scope{Account: "000000000000", Region: "us-east-1"}, Name: "f"}

// batching runs a test in fake time with a Batcher at a time scale.
func batching(t *testing.T, scale clock.Scale, test func(*testing.T, *Batcher, *shelved)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		k := &shelved{}
		b := NewBatcher(k, scale, slog.New(slog.DiscardHandler))
		b.Start()
		test(t, b, k)
	})
}

func TestVisitsOfASecondArePutTogether(t *testing.T) {
	batching(t, 1, func(t *testing.T, b *Batcher, k *shelved) {
		at := time.Now().Add(100)
		for _, v := range []struct {
			status  int
			ended   time.Time
			latency time.Duration
		}{
			{200, at, 1230 * time.Microsecond}, {204, at, 1190 * time.Microsecond}, {404, at, 12300 * time.Microsecond},
			{502, at.Add(999 * time.Millisecond), time.Millisecond}, {200, at.Add(time.Second), time.Millisecond},
		} {
			b.Visit(counting, "live", v.status, v.latency, v.ended)
		}
		b.Close()
		first, second := fmt.Sprint(at.Unix()), fmt.Sprint(at.Unix()+1)
		for _, dimensions := range []int{1, 2} {
			k.want(t, "UrlRequestCount", dimensions, "[1] [1] "+second, "[1] [4] "+first)
			k.want(t, "Url4xxCount", dimensions, "[0 1] [3 1] "+first, "[0] [1] "+second)
			k.want(t, "Url5xxCount", dimensions, "[0 1] [3 1] "+first, "[0] [1] "+second)
			k.want(t, "UrlRequestLatency", dimensions, "[1 1.2 12] [1 2 1] "+first, "[1] [1] "+second)
		}
		k.want(t, "UrlRequestCount", 0) // not of all functions
	})
}

func TestMeasuresHaveTheDimensionsOfInvocations(t *testing.T) {
	batching(t, 1, func(t *testing.T, b *Batcher, k *shelved) {
		for m := range urlRequest {
			b.Count(counting, "live", m, 7)
		}
		b.Close()
		var sets []string
		for _, d := range k.data {
			if err := d.Check(time.Now()); err != nil || d.Namespace != "AWS/Lambda" || d.Scope != counting.Scope || !d.Fine {
				t.Errorf("%+v: %v", d, err)
			}
			if d.Name == "AsyncEventAge" {
				sets = append(sets, fmt.Sprint(d.Unit, d.Dimensions))
			}
		}
		want := []string{"Milliseconds[]", "Milliseconds[{FunctionName f}]", "Milliseconds[{FunctionName f} {Resource f:live}]"}
		if !slices.Equal(sets, want) || len(k.data) != int(urlRequest)*3 {
			t.Errorf("%d data; of the age %q, want %q", len(k.data), sets, want)
		}
	})
}

func TestManyValuesAreSeveralData(t *testing.T) {
	batching(t, 1, func(t *testing.T, b *Batcher, k *shelved) {
		for i := range MaxValues + 1 {
			b.Count(counting, "", EventAge, float64(i))
		}
		b.Close()
		if found := k.of("AsyncEventAge", 1); len(found) != 2 || k.writes() != 1 {
			t.Errorf("%d data in %d puts", len(found), k.writes())
		}
	})
}

func TestABatchIsPutAfterASecondOfTheCloudAndAtTheEnd(t *testing.T) {
	for scale, batch := range map[clock.Scale]time.Duration{1: time.Second, 20: time.Second / 20, 100_000: 10 * time.Millisecond} {
		batching(t, scale, func(t *testing.T, b *Batcher, k *shelved) {
			b.Count(counting, "", EventReceived, 1)
			time.Sleep(batch - 1)
			b.Count(counting, "", EventReceived, 1)
			synctest.Wait()
			if k.writes() != 0 {
				t.Errorf("scale %v: put before the batch was over", scale)
			}
			time.Sleep(time.Nanosecond)
			synctest.Wait()
			if k.writes() != 1 {
				t.Errorf("scale %v: %d puts after a batch", scale, k.writes())
			}
			b.Count(counting, "", EventReceived, 1)
			b.Close()
			if k.writes() != 2 {
				t.Errorf("scale %v: %d puts at the end", scale, k.writes())
			}
		})
	}
}

func TestNothingIsPutOfNothing(t *testing.T) {
	batching(t, 1, func(t *testing.T, b *Batcher, k *shelved) {
		time.Sleep(time.Hour)
		b.Close()
		if k.writes() != 0 {
			t.Errorf("%d puts", k.writes())
		}
	})
}

func TestWhatASinkCannotTakeIsToldToTheOperator(t *testing.T) {
	var said strings.Builder
	b := NewBatcher(&shelved{err: errors.New("too many")}, 1, slog.New(slog.NewTextHandler(&said, nil)))
	b.Start()
	b.Count(counting, "", EventReceived, 1)
	b.Close()
	if !strings.Contains(said.String(), "too many") {
		t.Errorf("said %q", said.String())
	}
}
