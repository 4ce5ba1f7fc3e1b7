package demo

import (
	"strings"
	"testing"
	"time"
)

func TestLine(t *testing.T) {
	f := frame{elapsed: 1500 * time.Millisecond, version: "2", status: "InProgress", alarm: "OK", weight: 0.25, look: look{
		versions: map[string]int{"1": 75, "2": 25}, p50: 1250 * time.Microsecond, p99: 3 * time.Millisecond,
	}}
	want := "  1.5s  ██████████" + strings.Repeat("░", 30) +
		"  25 %   v1     75   v2     25   failed 0   p50  1.25 ms  p99  3.00 ms   alarm OK   InProgress"
	if got := f.line(); got != want {
		t.Errorf("line\n%q, want\n%q", got, want)
	}
}

func TestLineOfTheBrokenVersion(t *testing.T) {
	f := frame{elapsed: 13 * time.Second, version: "3", status: "Stopped", alarm: ringing, rollback: "d-B", rollbackStatus: "Created", look: look{
		versions: map[string]int{"1": 75, "2": 25, "3": 4}, failures: map[string]int{"3": 4},
	}}
	want := " 13.0s  " + strings.Repeat("░", 40) +
		"   0 %   v1     75   v2     25   v3      4   failed 4   p50  0.00 ms  p99  0.00 ms   alarm ALARM   Stopped, rollback Created"
	if got := f.line(); got != want {
		t.Errorf("line\n%q, want\n%q", got, want)
	}
}

func TestFramesDifferByWhatHappened(t *testing.T) {
	before := frame{elapsed: time.Second, weight: 0.1, alarm: "OK", status: "InProgress", look: look{requests: 1}}
	for name, tt := range map[string]struct {
		change func(*frame)
		want   bool
	}{
		"more requests": {func(f *frame) { f.elapsed, f.requests = 2*time.Second, 2 }, false},
		"weight":        {func(f *frame) { f.weight = 0 }, true},
		"alarm":         {func(f *frame) { f.alarm = ringing }, true},
		"status":        {func(f *frame) { f.status = "Stopped" }, true},
		"rollback":      {func(f *frame) { f.rollbackStatus = "Created" }, true},
	} {
		now := before
		if tt.change(&now); now.differs(before) != tt.want {
			t.Errorf("%s: differs is %v", name, !tt.want)
		}
	}
}
