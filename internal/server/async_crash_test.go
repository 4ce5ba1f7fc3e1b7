package server_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sluice/internal/async"
	"sluice/internal/store"
)

// eventScale makes a minute of the cloud last 100 ms.
const eventScale = "600"

// A server is killed at random moments while events are handed in, run, fail, are tried again, and are told to a
// destination. After the last restart each event that was acknowledged has succeeded, under its one request id, the
// destination knows of it, and nothing is left.
func TestKilledAtAnyMomentOfAnEvent(t *testing.T) {
	kills := 50
	if testing.Short() {
		kills = 5
	}
	m := newMatron(t, func(a asking, times int) bool { return a.function == "sink" || times > len(a.event)%3 })
	data := t.TempDir()
	s := startKillable(t, data, eventScale)
	s.createAsking("f", m)
	s.createAsking("sink", m)
	s.tellSink("f")
	var all submitted
	for range kills {
		var clients sync.WaitGroup
		for range 2 {
			clients.Go(func() { all.submit(s.caller) })
		}
		<-time.After(rand.N(150 * time.Millisecond)) // the moment of the kill
		s.kill()
		clients.Wait()
		s = startKillable(t, data, eventScale)
	}
	t.Logf("%d kills, %d events acknowledged", kills, len(all.events))
	eventually(t, "the end of all events", func() bool { return m.knows(all.events) })
	s.wantNoneLeft(data)
}

// tellSink has the function sink told of each success of a function.
func (c caller) tellSink(function string) {
	c.t.Helper()
	in := object{"DestinationConfig": object{"OnSuccess": object{"Destination": "arn:aws:lambda:us-east-1:000000000000:function:sink"}}}
	if _, err := c.Lambda(c.t.Context(), "PUT", "/2019-09-25/functions/"+function+"/event-invoke-config", in, nil); err != nil {
		c.t.Fatal(err)
	}
}

// submitted are the events that were acknowledged.
type submitted struct {
	mu     sync.Mutex
	events []asking // guarded by mu
	tried  int      // guarded by mu
}

// submit hands events in until the server is killed. They are of three lengths.
func (s *submitted) submit(c caller) {
	for {
		s.mu.Lock()
		s.tried++
		event := fmt.Sprintf(`{"n":%d%s}`, s.tried, strings.Repeat(" ", rand.IntN(3)))
		s.mu.Unlock()
		id, err := c.submit("f", event)
		if lost(c.t, err) {
			return
		}
		s.mu.Lock()
		s.events = append(s.events, asking{"f", id, event})
		s.mu.Unlock()
	}
}

// knows reports whether all events have succeeded, and were told of to the function sink.
func (m *matron) knows(events []asking) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	told := map[string]bool{}
	for a := range m.done {
		var record struct{ RequestContext struct{ RequestID string } }
		if a.function == "sink" && json.Unmarshal([]byte(a.event), &record) == nil {
			told[record.RequestContext.RequestID] = true
		}
	}
	for _, a := range events {
		if m.done[a] == 0 || !told[a.request] {
			return false
		}
	}
	return true
}

// wantNoneLeft stops the server and looks into its records. A call that ended in a moment of a kill runs once more, so it may
// take another server or two until all are gone.
func (k *killable) wantNoneLeft(data string) {
	k.t.Helper()
	var left []async.Pending
	for range 10 {
		if err := k.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			k.t.Fatal(err)
		}
		k.cmd.Wait()
		if left = pendingEvents(k.t, data); len(left) == 0 {
			return
		}
		k = startKillable(k.t.(*testing.T), data, eventScale)
		<-time.After(200 * time.Millisecond)
	}
	k.t.Errorf("%d events are left: %+v", len(left), left)
}

func pendingEvents(t testing.TB, data string) (left []async.Pending) {
	t.Helper()
	records, err := store.Open(t.Context(), store.Config{Folder: data})
	if err != nil {
		t.Fatal(err)
	}
	defer records.Close()
	err = records.ReadEvents(t.Context(), func(r async.Reader) (err error) {
		left, err = r.PendingEvents(0, 0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return left
}
