package host

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// size returns how many environments a pool has, and how many of them are idle.
func size(p function.Pool) (all, idle int) {
	pool := p.(*pool)
	pool.mu.Lock()
	defer pool.mu.Unlock()
	return pool.size, len(pool.idle)
}

// waiting returns how many calls wait for an environment.
func waiting(p function.Pool) int {
	pool := p.(*pool)
	pool.mu.Lock()
	defer pool.mu.Unlock()
	return len(pool.waiters)
}

// occupy starts calls that last until release, which waits for their end. It returns when all of them run.
func occupy(t *testing.T, r *rig, p function.Pool, n int) (release func()) {
	t.Helper()
	const line = "holding on"
	before := strings.Count(strings.Join(r.logs.all(), ""), line)
	let := filepath.Join(r.folder(t), "let go")
	var calls sync.WaitGroup
	for range n {
		calls.Go(func() {
			o, err := p.Invoke(context.Background(), newCall(`{"Do":"hold","Text":"`+let+`"}`))
			if err != nil || o.Failed {
				t.Errorf("%v, %v", o, err)
			}
		})
	}
	eventually(t, "all calls run", func() bool {
		return strings.Count(strings.Join(r.logs.all(), ""), line) == before+n
	})
	return func() {
		if err := os.WriteFile(let, nil, 0o600); err != nil {
			t.Error(err)
		}
		calls.Wait()
	}
}

// queue starts a call, and returns when it waits and a function that waits for its answer.
func queue(t *testing.T, p function.Pool) (answer func()) {
	t.Helper()
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		o, err := p.Invoke(context.Background(), newCall(`1`))
		if err != nil || o.Failed || string(o.Payload) != `1` {
			t.Errorf("%v, %v", o, err)
		}
	}()
	eventually(t, "the call waits", func() bool { return waiting(p) == 1 })
	return func() { <-answered }
}

func TestAPoolGrowsWithItsCalls(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	occupy(t, r, p, 5)()
	if all, idle := size(p); all != 5 || idle != 5 {
		t.Errorf("%d environments, %d idle", all, idle)
	}
	ask(t, p, `1`)
	if all, _ := size(p); all != 5 {
		t.Errorf("a call after them made it %d", all)
	}
}

func TestACallBeyondTheLimitWaits(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Limit = 1; c.Wait = time.Minute })
	p := r.Pool(r.custom(t, "h"))
	release := occupy(t, r, p, 1)
	answer := queue(t, p)
	release()
	answer()
}

func TestACallThatWaitsTooLongIsThrottled(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Limit = 1; c.Wait = 20 * time.Millisecond })
	p := r.Pool(r.custom(t, "h"))
	release := occupy(t, r, p, 1)
	if _, err := p.Invoke(t.Context(), newCall(`1`)); !fault.Is(err, fault.Throttled, "concurrency") {
		t.Errorf("Invoke = %v", err)
	}
	release()
	wantOutcome(t, ask(t, p, `1`), false, `1`)
}

func TestACallerWhoLeavesTheQueueIsForgotten(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Limit = 1; c.Wait = time.Minute })
	p := r.Pool(r.custom(t, "h"))
	release := occupy(t, r, p, 1)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := p.Invoke(ctx, newCall(`1`)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Invoke = %v", err)
	}
	if n := waiting(p); n != 0 {
		t.Errorf("%d calls wait", n)
	}
	release()
	wantOutcome(t, ask(t, p, `1`), false, `1`)
}

func TestAnIdleEnvironmentGivesWayToAnotherVersion(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Total = 2; c.Wait = time.Minute })
	a, b, c := r.Pool(r.custom(t, "a")), r.Pool(r.custom(t, "b")), r.Pool(r.custom(t, "c"))
	ask(t, a, `1`)
	ask(t, b, `1`)
	ask(t, c, `1`)
	if all, _ := size(a); all != 0 {
		t.Errorf("the one used least recently still has %d", all)
	}
	if all, _ := size(b); all != 1 {
		t.Errorf("the other has %d", all)
	}
}

func TestABusyEnvironmentGivesWayWhenItsCallEnds(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Total = 1; c.Wait = time.Minute })
	a, b := r.Pool(r.custom(t, "a")), r.Pool(r.custom(t, "b"))
	release := occupy(t, r, a, 1)
	answer := queue(t, b)
	release()
	answer()
	wantOutcome(t, ask(t, a, `1`), false, `1`)
}

func TestWarm(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Limit = 3 })
	p := r.Pool(r.custom(t, "h"))
	for _, tt := range []struct{ n, want int }{{2, 2}, {1, 2}, {0, 2}, {-1, 2}, {9, 3}} {
		if err := p.Warm(t.Context(), tt.n); err != nil {
			t.Fatal(err)
		}
		if all, idle := size(p); all != tt.want || idle != tt.want {
			t.Errorf("after Warm(%d): %d environments, %d idle", tt.n, all, idle)
		}
	}
	if o := ask(t, p, `1`); !strings.Contains(string(o.Tail), "Init Duration") {
		t.Errorf("the first call does not report the start: %q", o.Tail)
	}
}

func TestWarmLeavesTheFunctionsErrorsToItsCalls(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "exit-at-start"))
	if err := p.Warm(t.Context(), 1); err != nil {
		t.Errorf("Warm = %v", err)
	}
	if o := ask(t, p, `1`); !o.Failed || strings.Count(strings.Join(r.logs.all(), ""), "starting in vain") != 2 {
		t.Errorf("%s, %q", o.Payload, r.logs.all())
	}
	java := r.Pool(r.version(t, "java21", "h", map[string]string{"x": ""}))
	if err := java.Warm(t.Context(), 2); !fault.Is(err, fault.Unavailable, "runtime") {
		t.Errorf("Warm of Java = %v", err)
	}
}

// TestWarmEndsWithItsContext warms a function that never becomes ready.
func TestWarmEndsWithItsContext(t *testing.T) {
	r := newRig(t, nil)
	r.startLimit = time.Hour
	p := r.Pool(r.custom(t, "hang-at-start"))
	ctx, cancel := context.WithCancel(t.Context())
	warmed := make(chan error, 1)
	go func() { warmed <- p.Warm(ctx, 2) }()
	eventually(t, "both processes run", func() bool { return r.processes.each(func(*process) {}) == 2 })
	cancel()
	select {
	case err := <-warmed:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Warm = %v", err)
		}
	case <-time.After(time.Minute):
		t.Fatal("Warm goes on without its caller")
	}
	if all, idle := size(p); all != 2 || idle != 0 {
		t.Errorf("%d environments, %d of them idle, want 2 that still start", all, idle)
	}
	if err := r.Close(ctx); err != nil {
		t.Fatal(err)
	}
	if all, _ := size(p); all != 0 {
		t.Errorf("%d environments outlived the host", all)
	}
}

func TestRetire(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	idle := pidOf(t, p)
	release := occupy(t, r, p, 2)
	p.Retire()
	release()
	eventually(t, "all environments end", func() bool { all, _ := size(p); return all == 0 && gone(idle) })
	wantOutcome(t, ask(t, p, `"late"`), false, `"late"`)
	eventually(t, "the late one ends too", func() bool { all, _ := size(p); return all == 0 })
	if left, err := os.ReadDir(r.runDir); err != nil || len(left) != 0 {
		t.Errorf("folders left: %v, %v", left, err)
	}
	if r.logs.closed != len(r.logs.names) {
		t.Errorf("%d of %d log streams were closed", r.logs.closed, len(r.logs.names))
	}
}

func TestIdleEnvironmentsEnd(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Keep = 50 * time.Millisecond })
	p := r.Pool(r.custom(t, "h"))
	pid := pidOf(t, p)
	eventually(t, "the process ends", func() bool { return gone(pid) })
}

// Two processes grow old; the one of them that was used last stays while the pool is held.
func TestAHeldPoolKeepsOneProcess(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Keep = 50 * time.Millisecond })
	p := r.Pool(r.custom(t, "h"))
	p.Hold()
	release := occupy(t, r, p, 2)
	release()
	eventually(t, "one environment ends", func() bool { all, _ := size(p); return all == 1 })
	pid := pidOf(t, p)
	if other := pidOf(t, p); other != pid || gone(pid) {
		t.Errorf("the process is %d and then %d", pid, other)
	}
	p.Release()
	eventually(t, "the process ends", func() bool { return gone(pid) })
}

func TestCloseWaitsForCalls(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	release := occupy(t, r, p, 2)
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		_ = r.Close(context.Background())
	}()
	eventually(t, "the host closes", r.room.isClosed)
	release()
	<-closed
	if _, err := p.Invoke(t.Context(), newCall(`1`)); !fault.Is(err, fault.Unavailable, "server") {
		t.Errorf("Invoke after Close = %v", err)
	}
	if _, err := r.Pool(r.custom(t, "other")).Invoke(t.Context(), newCall(`1`)); !fault.Is(err, fault.Unavailable, "server") {
		t.Errorf("Invoke of a new pool after Close = %v", err)
	}
}

func TestCloseKillsWhatDoesNotEnd(t *testing.T) {
	r := newRig(t, nil)
	p := r.Pool(r.custom(t, "h"))
	ended := make(chan *function.Outcome, 1)
	go func() {
		o, _ := p.Invoke(context.Background(), newCall(`{"Do":"sleep","Times":60000}`))
		ended <- o
	}()
	eventually(t, "the call runs", func() bool { return strings.Contains(strings.Join(r.logs.all(), ""), "going to sleep") })
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := r.Close(ctx); err != nil {
		t.Fatal(err)
	}
	if o := <-ended; !strings.Contains(string(o.Payload), "signal: killed") {
		t.Errorf("outcome = %s", o.Payload)
	}
}

// TestPoolsMayBeReplacedUnderLoad retires and replaces a version again and again while 64 callers go on.
func TestPoolsMayBeReplacedUnderLoad(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Limit = 4; c.Total = 12; c.Wait = time.Minute; c.Logs = discardLogs{} })
	v := r.custom(t, "h")
	var current atomic.Pointer[function.Pool]
	replace := func() *function.Pool {
		p := r.Pool(v)
		return current.Swap(&p)
	}
	replace()
	var callers sync.WaitGroup
	stop := make(chan struct{})
	var answered atomic.Int64
	for range 64 {
		callers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				o, err := (*current.Load()).Invoke(context.Background(), newCall(`[1]`))
				if err != nil || o.Failed || string(o.Payload) != `[1]` {
					t.Errorf("%+v, %v", o, err)
					return
				}
				answered.Add(1)
			}
		})
	}
	for round := range 40 {
		eventually(t, "calls go on", func() bool { return answered.Load() > int64(round*20) || t.Failed() })
		(*replace()).Retire()
	}
	close(stop)
	callers.Wait()
}
