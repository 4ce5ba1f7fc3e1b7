package host

import (
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sluice/internal/function"
)

// offerUntil hands a call with a deadline and a payload to the API.
func (a *apiRig) offerUntil(id string, left time.Duration, payload string) {
	a.t.Helper()
	m := &message{}
	deadline := time.Now().Add(left)
	m.encode(&function.Call{RequestID: id, Payload: []byte(payload)}, deadline)
	if err := a.offer(id, m, deadline); err != nil {
		a.t.Fatal(err)
	}
}

func TestTheFirstResultCounts(t *testing.T) {
	a := newAPI(t)
	a.offered("id-1")
	if !a.finish([]byte("id-1"), result{kind: answered, body: []byte("first")}) {
		t.Error("the first was refused")
	}
	if a.finish([]byte("id-1"), result{kind: answered, body: []byte("second")}) {
		t.Error("the second was taken")
	}
	a.expire()
	a.wantResult(answered, "first")
	if len(a.results) != 0 {
		t.Error("there is another result")
	}
}

func TestExpireKeepsToTheDeadlineOfTheRunningCall(t *testing.T) {
	a := newAPI(t)
	a.expire() // nothing runs
	a.offerUntil("id-1", time.Hour, `{}`)
	a.expire() // a timer of an earlier call, late
	if len(a.results) != 0 {
		t.Fatal("the call was ended before its time")
	}
	if !a.withdraw("id-1") || a.withdraw("id-1") {
		t.Error("a call can be withdrawn once")
	}
	a.offerUntil("id-2", -time.Millisecond, `{}`)
	a.expire()
	a.wantResult(expired, "")
}

// delivers reports whether the process may have seen the call.
func (a *apiRig) delivers(id string) bool {
	_, ok := a.taker([]byte(id))
	return ok
}

// TestTheEndOfAProcess plays a process that ends at different points of a call.
func TestTheEndOfAProcess(t *testing.T) {
	for _, tt := range []struct {
		name string
		play func(a *apiRig, c *client)
		want kind
	}{
		{"before it asked", func(*apiRig, *client) {}, unseen},
		{"after it read the call", func(a *apiRig, c *client) {
			c.send(nextRequest)
			want(a.t, c, 200, "{}")
		}, exited},
		{"without reading the call", func(a *apiRig, c *client) {
			c.send(nextRequest)
			eventually(a.t, "the call is delivered", func() bool { return a.delivers("id-1") })
		}, unseen},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := newAPI(t)
			a.offered("id-1")
			c := a.dial()
			tt.play(a, c)
			_ = c.Close()
			a.over = true
			a.close()
			a.wantResult(tt.want, "")
		})
	}
}

// large makes a message of more than any buffer holds.
func large(deadline time.Time) *message {
	m := &message{}
	m.encode(&function.Call{RequestID: "id-1", Payload: []byte(`"` + strings.Repeat("x", 50_000_000) + `"`)}, deadline)
	return m
}

func TestALargeMessageLeavesNoDeadlineBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, process := net.Pipe()
		defer func() { _ = server.Close() }()
		go func() { _, _ = io.Copy(io.Discard, process) }()
		deadline := time.Now().Add(time.Second)
		if err := large(deadline).send(server, deadline); err != nil {
			t.Fatal(err)
		}
		<-time.After(time.Minute)
		if _, err := server.Write([]byte("the next call")); err != nil {
			t.Errorf("after the deadline of the call before: %v", err)
		}
	})
}

func TestAReaderWhoDoesNotReadHoldsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, process := net.Pipe()
		defer func() { _, _ = server.Close(), process.Close() }()
		deadline := time.Now().Add(time.Second)
		if err := large(deadline).send(server, deadline); !errors.Is(err, os.ErrDeadlineExceeded) || time.Now().After(deadline) {
			t.Errorf("send = %v, %s after the deadline", err, time.Since(deadline))
		}
	})
}

// TestACallThatIsNotReadEndsInTime hands such a message to a process that has asked for it.
func TestACallThatIsNotReadEndsInTime(t *testing.T) {
	a := newAPI(t)
	c := a.dial()
	c.send(nextRequest)
	<-a.ready
	deadline := time.Now().Add(50 * time.Millisecond)
	if err := a.offer("id-1", large(deadline), deadline); err != nil {
		t.Fatal(err)
	}
	a.expire()
	a.wantResult(expired, "")
}

func TestOfferAfterTheEnd(t *testing.T) {
	s, err := newSession()
	if err != nil {
		t.Fatal(err)
	}
	s.close()
	if err := s.offer("id-1", &message{}, time.Now()); err == nil {
		t.Error("a session that is closed took a call")
	}
}

func TestEachProcessHasARuntimeAPIAtAnAddressOfItsOwn(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("this system has one loopback address")
	}
	seen := map[string]bool{}
	for range 20 {
		s, err := newSession()
		if err != nil {
			t.Fatal(err)
		}
		defer s.listener.Close()
		host, _, _ := net.SplitHostPort(s.listener.Addr().String())
		if seen[host] || host == "127.0.0.1" || !net.ParseIP(host).IsLoopback() {
			t.Errorf("another process listens on %s", host)
		}
		seen[host] = true
	}
}
