package alarm_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/alarm"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/metric"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var (
	scope     = function.Scope{Account: "123456789012", Region: "eu-central-1"}
	elsewhere = function.Scope{Account: "123456789012", Region: "us-east-1"}
)

var errBroken = errors.New("the disk is full")

// bench is a service with all that it works with.
type bench struct {
	*alarm.Service
	cfg     alarm.ServiceConfig
	metrics *gauges
	store   *broken
	runner  *runner

	mu   sync.Mutex
	told []alarm.Change     // guarded by mu
	hear func(alarm.Change) // guarded by mu: what else a test does when it is told; may be nil
}

// bubble runs a test in fake time, which begins at midnight UTC.
func bubble(t *testing.T, change func(*alarm.ServiceConfig), test func(*testing.T, *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, newBench(t, change)) })
}

func newBench(t testing.TB, change func(*alarm.ServiceConfig)) *bench {
	t.Helper()
	b := &bench{metrics: &gauges{samples: map[string][]sample{}}, store: &broken{Store: openStore(t, t.TempDir())}, runner: &runner{}}
	b.cfg = alarm.ServiceConfig{Store: b.store, Metrics: b.metrics, Actions: b.runner, Changed: b.changed}
	if change != nil {
		change(&b.cfg)
	}
	b.start(t)
	return b
}

// start makes another service on the same records, as a restart does.
func (b *bench) start(t testing.TB) {
	t.Helper()
	b.Service = alarm.NewService(b.cfg)
	if err := b.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
}

func (b *bench) changed(c alarm.Change) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.told = append(b.told, c)
	if b.hear != nil {
		b.hear(c)
	}
}

// changes lists the changes that were told since the last call, such as "a OK ALARM" or "a OK deleted".
func (b *bench) changes() (list []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.told {
		if c.Deleted {
			list = append(list, c.Alarm.Name+" "+string(c.Before.State)+" deleted")
			continue
		}
		list = append(list, c.Alarm.Name+" "+string(c.Before.State)+" "+string(c.Alarm.Status.State))
	}
	b.told = nil
	return list
}

func (b *bench) wantChanges(t *testing.T, want ...string) {
	t.Helper()
	if got := b.changes(); !slices.Equal(got, want) {
		t.Errorf("told were %q, want %q", got, want)
	}
}

// over returns an alarm over the sum of the metric of its name, for one minute.
func over(name string, threshold float64) alarm.Alarm {
	return alarm.Alarm{
		Scope: scope, Name: name, Actions: alarm.Actions{Enabled: true},
		Watch: &alarm.Watch{
			Namespace: "shop", Metric: name, Statistic: metric.Sum, Period: time.Minute, Periods: 1, Operator: alarm.Above, Threshold: threshold,
		},
	}
}

// composite returns a composite alarm.
func composite(name, rule string) alarm.Alarm {
	return alarm.Alarm{Scope: scope, Name: name, Actions: alarm.Actions{Enabled: true}, Composite: &alarm.Composite{Rule: rule}}
}

func (b *bench) put(t testing.TB, alarms ...alarm.Alarm) {
	t.Helper()
	for _, a := range alarms {
		put := b.Put
		if a.Composite != nil {
			put = b.PutComposite
		}
		if err := put(context.Background(), a); err != nil {
			t.Fatalf("put %s: %v", a.Name, err)
		}
	}
}

func (b *bench) set(t testing.TB, name string, state alarm.State) {
	t.Helper()
	if err := b.SetState(context.Background(), scope, name, state, "by hand", ""); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) get(t testing.TB, name string) *alarm.Alarm {
	t.Helper()
	found, _, err := b.Describe(context.Background(), alarm.Filter{Scope: scope, Names: []string{name}})
	if err != nil || len(found) != 1 {
		t.Fatalf("%d alarms %s, %v", len(found), name, err)
	}
	return found[0]
}

func (b *bench) wantState(t testing.TB, name string, want alarm.State) {
	t.Helper()
	if a := b.get(t, name); a.Status.State != want {
		t.Errorf("%s is %s, want %s: %s", name, a.Status.State, want, a.Status.Reason)
	}
}

// summaries lists what history says, the oldest first.
func (b *bench) summaries(t testing.TB, q alarm.HistoryQuery) (list []string) {
	t.Helper()
	q.Scope, q.Ascending = scope, true
	items, _, err := b.History(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		list = append(list, item.Summary)
	}
	return list
}

// after lets time pass and everything happen that is due.
func after(d time.Duration) {
	time.Sleep(d) // of the bubble
	synctest.Wait()
}

// gauges stands in for the metrics: it sums what was measured.
type gauges struct {
	mu      sync.Mutex
	samples map[string][]sample // guarded by mu, by name
	asked   int                 // guarded by mu
	failure error               // guarded by mu
}

type sample struct {
	at    time.Time
	value float64
}

func (g *gauges) measure(name string, value float64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.samples[name] = append(g.samples[name], sample{time.Now(), value})
}

func (g *gauges) fail(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.failure = err
}

func (g *gauges) questions() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.asked
}

func (g *gauges) Points(_ context.Context, q metric.Query) (points []metric.Point, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.asked++
	if g.failure != nil {
		return nil, g.failure
	}
	for from := q.From; from.Before(q.To); from = from.Add(q.Period) {
		p := metric.Point{Time: from}
		for _, s := range g.samples[q.Name] {
			if !s.at.Before(from) && s.at.Before(from.Add(q.Period)) {
				p.Value += s.value
				p.Samples++
			}
		}
		if p.Samples > 0 {
			points = append(points, p)
		}
	}
	return points, nil
}

// runner stands in for the server: it notes the actions that run.
type runner struct {
	mu      sync.Mutex
	ran     []string      // guarded by mu, such as "arn:x a OK ALARM"
	failure error         // guarded by mu: what actions meet with
	gate    chan struct{} // guarded by mu: if not nil, actions wait for it
}

func (r *runner) Run(ctx context.Context, action string, c alarm.Change) error {
	r.mu.Lock()
	gate, failure := r.gate, r.failure
	r.mu.Unlock()
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ran = append(r.ran, action+" "+c.Alarm.Name+" "+string(c.Before.State)+" "+string(c.Alarm.Status.State))
	return failure
}

func (r *runner) set(change func(*runner)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(r)
}

// wantRan checks which actions ran since the last call.
func (r *runner) wantRan(t *testing.T, want ...string) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Equal(r.ran, want) {
		t.Errorf("actions were %q, want %q", r.ran, want)
	}
	r.ran = nil
}

// broken is a store that can't write for a while.
type broken struct {
	alarm.Store
	mu     sync.Mutex
	now    bool // guarded by mu
	writes int  // guarded by mu
}

func (b *broken) WriteAlarms(ctx context.Context, write func(alarm.Tx) error) error {
	b.mu.Lock()
	b.writes++
	now := b.now
	b.mu.Unlock()
	if now {
		return errBroken
	}
	return b.Store.WriteAlarms(ctx, write)
}

func (b *broken) set(now bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = now
}

// openStore opens records that are closed with the test.
func openStore(t testing.TB, folder string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), store.Config{Folder: prepared.Folder(t, folder)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func wantFault(t testing.TB, err error, kind fault.Kind, noun string) {
	t.Helper()
	if !fault.Is(err, kind, noun) {
		t.Errorf("error %v, want %s %q", err, kind, noun)
	}
}

var _ alarm.Metrics = (*metric.Service)(nil)
