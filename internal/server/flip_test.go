package server_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sluice/internal/race"
)

// flip is a move of the alias: begun when it was asked for, done when it was answered.
type flip struct {
	version     int
	begun, done time.Time
}

// served is one request.
type served struct {
	version      int
	sent, answer time.Time
	failure      string
	thrown       bool // by the function
}

// Under load an alias flips while versions are published and deleted: no request fails, and none reaches a version
// that the alias did not name at some time between the request's sending and its answer.
func TestNoRequestFailsWhileAnAliasFlips(t *testing.T) {
	const connections = 8
	flips := 200
	if race.Enabled { // each flip starts processes, which is slow then
		flips = 50
	}
	c := startServer(t, nil)
	c.createFunction("f", program())
	history := []flip{{version: 1}}
	done := make(chan struct{})
	requests := make([][]served, connections)
	var answered atomic.Int64
	var callers sync.WaitGroup
	for i := range connections {
		callers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					requests[i] = append(requests[i], c.request("/2015-03-31/functions/f:live/invocations"))
					answered.Add(1)
				}
			}
		})
	}
	for range flips {
		before := answered.Load()
		eventually(t, "an answer between two flips", func() bool { return answered.Load() > before })
		next := c.publish("f", time.Now().String())
		f := flip{version: next, begun: time.Now()}
		c.lambda("PUT", "/f/aliases/live", object{"FunctionVersion": strconv.Itoa(next)}, nil)
		f.done = time.Now()
		history = append(history, f)
		c.lambda("DELETE", "/f?Qualifier="+strconv.Itoa(next-1), nil, nil)
	}
	close(done)
	callers.Wait()
	total := 0
	for _, each := range requests {
		for _, r := range each {
			total++
			if r.failure != "" {
				t.Errorf("a request failed: %s", r.failure)
			} else if !named(history, r) {
				t.Errorf("version %d answered a request from %v to %v, when the alias did not name it", r.version, r.sent, r.answer)
			}
		}
	}
	t.Logf("%d requests during %d flips", total, flips)
	if total < flips {
		t.Errorf("%d requests were made, too few to say anything", total)
	}
}

// named reports whether the alias may have named the request's version while the request was under way.
func named(history []flip, r served) bool {
	for i, f := range history {
		until := r.sent
		if i+1 < len(history) {
			until = history[i+1].done
		}
		if f.version == r.version && !f.begun.After(r.answer) && !until.Before(r.sent) {
			return true
		}
	}
	return false
}

func (c caller) request(path string) served {
	r, err := c.Request(context.Background(), "lambda", http.MethodPost, path, nil, []byte(`{}`))
	if err != nil {
		return served{failure: err.Error()}
	}
	s := served{sent: time.Now()}
	response, err := c.HTTP.Do(r)
	if err != nil {
		return served{failure: err.Error()}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	s.answer = time.Now()
	s.thrown = response.StatusCode == http.StatusOK && response.Header.Get("X-Amz-Function-Error") != ""
	if err != nil || response.StatusCode != http.StatusOK || s.thrown {
		s.failure = fmt.Sprintf("status %d, %v: %s", response.StatusCode, err, body)
	}
	s.version, err = strconv.Atoi(response.Header.Get("X-Amz-Executed-Version"))
	if s.failure != "" {
		return s
	}
	if want := fmt.Sprintf(`{"version":"%d"}`, s.version); err != nil || string(body) != want {
		s.failure = fmt.Sprintf("the header says version %d and the function %s", s.version, body)
	}
	return s
}
