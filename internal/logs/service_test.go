package logs_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/logfile"
	"sluice/internal/logs"
	"sluice/internal/metric"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var (
	ourScope = function.Scope{Account: "123456789012", Region: "eu-central-1"}
	group    = groupID("g")
	stream   = logs.StreamID{Group: group, Name: "s"}
)

func groupID(name string) logs.GroupID { return logs.GroupID{Scope: ourScope, Name: name} }

// room is a service on real records and files in a folder.
type room struct {
	*logs.Service
	records *store.Store
	files   *logfile.Files
	metrics *sink
	close   func()
}

// open starts a service on a folder. cfg may set what the test wants to be other than usual.
func open(t testing.TB, folder string, cfg logs.Config) *room {
	t.Helper()
	records, err := store.Open(context.Background(), store.Config{Folder: prepared.Folder(t, folder)})
	if err != nil {
		t.Fatal(err)
	}
	files, err := logfile.Open(folder+"/logs", nil)
	if err != nil {
		t.Fatal(err)
	}
	r := &room{records: records, files: files, metrics: &sink{}}
	cfg.Store, cfg.Files, cfg.Metrics = records, files, r.metrics
	r.Service = logs.NewService(cfg)
	if err := r.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	r.close = sync.OnceFunc(func() {
		r.Close()
		if err := files.Close(); err != nil {
			t.Error(err)
		}
		if err := records.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(r.close)
	return r
}

func start(t testing.TB) *room { return open(t, t.TempDir(), logs.Config{}) }

// startWithStream starts a service that has the usual group and stream.
func startWithStream(t testing.TB) *room {
	t.Helper()
	r := start(t)
	must(t, r.CreateGroup(t.Context(), &logs.Group{ID: group}))
	must(t, r.CreateStream(t.Context(), stream))
	return r
}

// sink keeps what metric filters publish.
type sink struct {
	mu   sync.Mutex
	data []metric.Datum
	hold chan struct{} // if not nil, Put waits until it is closed
	told chan struct{} // if not nil, gets a value with each Put
}

func (s *sink) Put(_ context.Context, data []metric.Datum) error {
	if s.hold != nil {
		<-s.hold
	}
	for i := range data {
		if err := data[i].Check(time.Now()); err != nil {
			return err // as metric.Service does: all are taken, or none
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.data = append(s.data, data...)
	if s.told != nil {
		s.told <- struct{}{}
	}
	return nil
}

func (s *sink) all() []metric.Datum {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]metric.Datum(nil), s.data...)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantFault(t *testing.T, err error, kind fault.Kind, noun string) {
	t.Helper()
	if !fault.Is(err, kind, noun) {
		t.Errorf("%v, want %v about %q", err, kind, noun)
	}
}

// print appends lines as a function does, at the present time.
func print(t testing.TB, r *room, id logs.StreamID, lines ...string) {
	t.Helper()
	s, err := r.Stream(id.Group.Account, id.Group.Region, id.Group.Name, id.Name)
	must(t, err)
	for _, line := range lines {
		s.Append(time.Now(), []byte(line))
	}
	must(t, s.Close())
}

// put puts messages that are a millisecond apart, the last one now.
func put(t testing.TB, r *room, id logs.StreamID, messages ...string) {
	t.Helper()
	first := time.Now().Truncate(time.Millisecond).Add(-time.Duration(len(messages)-1) * time.Millisecond)
	var events []logs.Event
	for i, m := range messages {
		events = append(events, logs.Event{Time: first.Add(time.Duration(i) * time.Millisecond), Message: []byte(m)})
	}
	_, err := r.PutEvents(t.Context(), id, events)
	must(t, err)
}

func texts(events []logs.Event) string {
	var all []string
	for _, e := range events {
		all = append(all, string(e.Message))
	}
	return strings.Join(all, "|")
}

func foundTexts(events []logs.FoundEvent) string {
	var all []string
	for _, e := range events {
		all = append(all, string(e.Message))
	}
	return strings.Join(all, "|")
}
