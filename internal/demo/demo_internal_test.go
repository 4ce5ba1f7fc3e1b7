package demo

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestTallyCountsByVersionAndWeight(t *testing.T) {
	tally := newTally()
	for i := range 20 {
		version := "1"
		if i%10 == 0 {
			version = "2"
		}
		tally.add(answer{version: version, weight: 0.1, took: time.Duration(i) * time.Millisecond})
	}
	tally.add(answer{failed: true})
	tally.add(answer{version: "2"}) // after the end: no split
	l := tally.look()
	if l.requests != 22 || l.failed != 1 || l.versions["1"] != 18 || l.versions["2"] != 3 {
		t.Errorf("look %+v", l)
	}
	if len(l.shares) != 1 || l.shares[0] != (share{0.1, 20, 2}) || l.worst() != 0 {
		t.Errorf("shares %+v, off by %v; want 2 of 20 at 0.1, off by 0", l.shares, l.worst())
	}
}

func TestLatencyIsOfTheTimeSinceTheLastLook(t *testing.T) {
	tally := newTally()
	tally.add(answer{version: "1", took: time.Second})
	tally.look()
	if l := tally.look(); l.p99 != 0 {
		t.Errorf("p99 %v, want none", l.p99)
	}
}

func TestWorstFindsTheLargestError(t *testing.T) {
	l := look{shares: []share{{0.1, 100, 10}, {0.5, 100, 47}, {0.9, 100, 91}}}
	if got := l.worst(); got != 3 {
		t.Errorf("off by %v, want 3", got)
	}
}

func TestLine(t *testing.T) {
	f := frame{elapsed: 1500 * time.Millisecond, status: "InProgress", weight: 0.25, look: look{
		versions: map[string]int{"1": 75, "2": 25}, p50: 1250 * time.Microsecond, p99: 3 * time.Millisecond,
	}}
	want := "  1.5s  ██████████" + strings.Repeat("░", 30) + "  25 %   v1     75   v2     25   failed 0   p50  1.25 ms  p99  3.00 ms   InProgress"
	if got := f.line(); got != want {
		t.Errorf("line\n%q, want\n%q", got, want)
	}
}

func TestSummaryCountsFromTheAnswers(t *testing.T) {
	f := frame{took: 10 * time.Second, status: "Succeeded", look: look{requests: 120, shares: []share{{0.1, 100, 10}}}}
	got := f.summary()
	for _, want := range []string{"10 %        100             10       10.0", "succeeded in 10.0 s", "requests                120", "failed                  0", "error           0.0"} {
		if !strings.Contains(got, want) {
			t.Errorf("the summary lacks %q:\n%s", want, got)
		}
	}
}

func TestOnlyTheEndOfTheContextIsNoError(t *testing.T) {
	ended, end := context.WithCancel(t.Context())
	end()
	broken := errors.New("the disk is full")
	for name, tt := range map[string]struct {
		ctx       context.Context
		err, want error
	}{
		"nothing":                      {t.Context(), nil, nil},
		"something broke":              {t.Context(), broken, broken},
		"something else was given up":  {t.Context(), context.Canceled, context.Canceled},
		"the context ended":            {ended, fmt.Errorf("ask: %w", context.Canceled), nil},
		"something broke after it did": {ended, broken, broken},
	} {
		if got := unlessEnded(tt.ctx, tt.err); got != tt.want { //nolint:errorlint // that very error
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}
