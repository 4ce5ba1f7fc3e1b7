package server_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// eventScale makes a minute of the cloud last 100 ms.
const eventScale = "600"

// A server is killed at random moments while events are handed in, run, fail, are tried again, and are told to a
// destination. The last server brings all to its end: each event that was acknowledged has succeeded, under its one request
// id, the destination knows of it, and nothing is left. Another restart would find again what that server had forgotten.
func TestKilledAtAnyMomentOfAnEvent(t *testing.T) {
	t.Parallel()
	kills := 50
	if testing.Short() {
		kills = 5
	}
	m := newMatron(t, func(a asking, times int) bool { return a.function == "sink" || times > len(a.event)%3 })
	data, random := t.TempDir(), chances(t)
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
		<-time.After(within(random, 150*time.Millisecond)) // the moment of the kill
		s.kill()
		clients.Wait()
		s = startKillable(t, data, eventScale)
	}
	t.Logf("%d kills, %d events acknowledged", kills, len(all.events))
	eventually(t, "the end of all events", func() bool { return m.knows(all.events) })
	eventually(t, "the end of what runs once more", func() bool { return pendingEvents(t, data) == 0 })
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
		event := fmt.Sprintf(`{"n":%d%s}`, s.tried, strings.Repeat(" ", s.tried%3))
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

// pendingEvents counts the events that have not ended, beside the server that runs them.
func pendingEvents(t testing.TB, data string) (left int) {
	t.Helper()
	records, err := sql.Open("sqlite", "file:"+filepath.Join(data, "sluice.db")+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer records.Close()
	if err := records.QueryRowContext(t.Context(), "SELECT count(*) FROM events").Scan(&left); err != nil {
		t.Fatal(err)
	}
	return left
}
