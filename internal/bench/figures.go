package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"sluice/internal/clock"
	"sluice/internal/function"
)

// figures are what a run measured.
type figures struct {
	machine             string
	plan                plan
	comparisons         []comparison
	choice              testing.BenchmarkResult
	start               []time.Duration // from exec to the first answer
	idle                int64           // bytes
	cyclesAlone, cycles float64         // per second: one worker, eight
	lateness            lateness
	guarded             []guarded
	feedings            feedings
	stack               stacked
	transforms          transforms
}

func measureChoice() testing.BenchmarkResult {
	c := function.NewChoice(0.1, 7)
	return testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			c.Additional()
		}
	})
}

// measureStart starts a server on a folder that has been used before, several times, and measures the time to the
// first answer to a signed request; and once the memory that it has in use when it has been idle for a while.
func measureStart(ctx context.Context, t tools) (answers []time.Duration, idle int64, err error) {
	data := filepath.Join(t.folder, "start")
	for range 6 {
		s, err := startSluice(ctx, t, data)
		if err != nil {
			return nil, 0, err
		}
		began := time.Now()
		_, err = s.client.Lambda(ctx, "GET", "/2015-03-31/functions", nil, nil)
		answers = append(answers, s.ready+time.Since(began))
		if err == nil && idle == 0 {
			time.Sleep(3 * time.Second)
			idle, err = s.resident()
		}
		if err = errors.Join(err, s.stop()); err != nil {
			return nil, 0, err
		}
	}
	answers = answers[1:] // the first made the folder
	slices.Sort(answers)
	return answers, idle, nil
}

func measureCycles(ctx context.Context, t tools, p plan) (alone, together float64, err error) {
	s, err := startSluice(ctx, t, filepath.Join(t.folder, "cycles"))
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	if alone, err = s.cycles(ctx, 1, p.length); err != nil {
		return 0, 0, err
	}
	together, err = s.cycles(ctx, 8, p.length)
	return alone, together, err
}

// measureGuards measures alarms of ten seconds in real time, and of a minute at a scale where that is a second.
func (f *figures) measureGuards(ctx context.Context, t tools) error {
	for _, m := range []struct {
		scale       clock.Scale
		period      time.Duration
		repetitions int
	}{{1, 10 * time.Second, 5}, {60, time.Minute, 20}} {
		g, err := measureGuard(ctx, t, m.scale, m.period, m.repetitions)
		if err != nil {
			return err
		}
		f.guarded = append(f.guarded, g)
	}
	return nil
}

// theFeed has the length of two periods of its alarms, so that one of them at least is full of data.
var theFeed = feed{metrics: 10_000, perCall: 1000, length: 2 * watchPeriod, scale: 1}

// describeMachine says what the figures were measured on.
func describeMachine() string {
	return fmt.Sprintf("%d cores (%s), %s of memory, kernel %s, %s, %s/%s", runtime.NumCPU(), processor(), memory(), kernel(),
		runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
