package remote_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/fault"
	"sluice/internal/remote"
)

func TestWhatAFunctionLoggedIsRead(t *testing.T) {
	t.Parallel()
	e := aliased(t)
	need(e.CreateAlias(t.Context(), "calculator", deployer.Alias{Name: "LIVE", Version: "2"}))(t)
	begin := time.Now().Add(-time.Minute)
	need(e.Invoke(t.Context(), "calculator", "LIVE", nil))(t)
	eventually(t, "the report", func() bool {
		for event, err := range e.Logs(t.Context(), remote.LogQuery{Function: "calculator", Since: begin, Filter: "REPORT"}) {
			if err != nil {
				t.Fatal(err)
			}
			return event.Version == "2" && strings.HasPrefix(event.Message, "REPORT") && time.Since(event.At) < time.Minute
		}
		return false
	})
}

func TestAFunctionThatNeverRanLoggedNothing(t *testing.T) {
	t.Parallel()
	e := open(t)
	e.create("calculator")
	for event, err := range e.Logs(t.Context(), remote.LogQuery{Function: "calculator"}) {
		t.Errorf("%+v, %v", event, err)
	}
}

func TestAFunctionThatIsNotThereHasNoLog(t *testing.T) {
	t.Parallel()
	count := 0
	for _, err := range open(t).Logs(t.Context(), remote.LogQuery{Function: "calculator", Follow: true}) {
		count++
		refused(t, err, fault.NotFound, "function", "read calculator: ")
	}
	if count != 1 {
		t.Errorf("told %d times", count)
	}
}

// logging is a function that logs into a group of its own.
const logging = `{"Configuration":{"LoggingConfig":{"LogGroup":"/team/bonus"}}}`

// journal is a log to which a test adds events.
type journal struct {
	mu     sync.Mutex
	events []map[string]any
	reads  int
	wrote  func(reads int) // called with the lock held at each read: it may add events
}

func (j *journal) add(id string, at int64) {
	j.events = append(j.events, map[string]any{"eventId": id, "timestamp": at, "message": id, "logStreamName": "2026/01/02/[7]abc"})
}

func (j *journal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		io.WriteString(w, logging)
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	var asked struct {
		StartTime               int64
		LogGroupName, NextToken string
	}
	json.NewDecoder(r.Body).Decode(&asked)
	if asked.LogGroupName != "/team/bonus" {
		reply(w, http.StatusBadRequest, "InvalidParameterException", "the group is "+asked.LogGroupName)
		return
	}
	if asked.NextToken == "" {
		j.reads++
		j.wrote(j.reads)
	}
	found := slices.DeleteFunc(slices.Clone(j.events), func(e map[string]any) bool { return e["timestamp"].(int64) < asked.StartTime })
	answer := map[string]any{"events": found}
	if len(found) > 1 && asked.NextToken == "" { // two pages
		answer = map[string]any{"events": found[:1], "nextToken": "more"}
	} else if asked.NextToken != "" {
		answer["events"] = found[1:]
	}
	json.NewEncoder(w).Encode(answer)
}

func TestALogIsFollowedWithoutLossOrRepetition(t *testing.T) {
	t.Parallel()
	const second = int64(1000)
	start := time.Now().UnixMilli()
	j := &journal{}
	j.wrote = func(reads int) {
		switch reads {
		case 1:
			j.add("a", start)
			j.add("b", start+20*second)
		case 2:
			j.add("late", start+15*second) // from another stream
			j.add("c", start+21*second)
		case 4:
			j.add("d", start+60*second)
		}
	}
	e := answering(t, j.ServeHTTP)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var got []string
	for event, err := range e.Logs(ctx, remote.LogQuery{Function: "f", Since: time.UnixMilli(start), Follow: true}) {
		if err != nil {
			t.Fatal(err)
		}
		if event.Version != "7" {
			t.Errorf("version %q of %q, want 7", event.Version, event.Message)
		}
		if got = append(got, event.Message); event.Message == "d" {
			cancel()
		}
	}
	if want := []string{"a", "b", "late", "c", "d"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAReaderThatHasEnoughIsLeftAlone(t *testing.T) {
	t.Parallel()
	j := &journal{}
	j.wrote = func(int) { j.add(fmt.Sprint(len(j.events)), 5); j.add(fmt.Sprint(len(j.events)), 5) }
	e := answering(t, j.ServeHTTP)
	for range e.Logs(t.Context(), remote.LogQuery{Function: "f", Follow: true}) {
		break
	}
	if j.reads != 1 {
		t.Errorf("read %d times", j.reads)
	}
}

func TestALogThatMayNotBeReadNamesTheAction(t *testing.T) {
	t.Parallel()
	e := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			io.WriteString(w, logging)
			return
		}
		reply(w, http.StatusBadRequest, "AccessDeniedException", "no")
	})
	count := 0
	for _, err := range e.Logs(t.Context(), remote.LogQuery{Function: "f", Follow: true}) {
		count++
		refused(t, err, fault.Denied, "log", "read the log of f: no (the IAM action is logs:FilterLogEvents)")
	}
	if count != 1 {
		t.Errorf("told %d times", count)
	}
}
