package main

import (
	"strings"
	"testing"
	"time"
)

func TestReportGivesTheGuardsFigures(t *testing.T) {
	f := &figures{
		start: []time.Duration{time.Millisecond},
		guarded: []guarded{
			{1, 10 * time.Second, []time.Duration{4 * time.Millisecond, 5 * time.Millisecond, 1001 * time.Millisecond}},
			{60, time.Minute, []time.Duration{6 * time.Millisecond}},
		},
		feedings: feedings{
			feed: feed{metrics: 200, perCall: 20, length: 5 * time.Second}, with: fed{200, 3 * time.Second, 2 * time.Second, 0.25, 50e6, 2e6},
			without: fed{0, 30 * time.Millisecond, 20 * time.Millisecond, 0.125, 48e6, 0}, watched: watched{2, 2, 80 * time.Millisecond},
		},
	}
	got := f.report()
	for _, want := range []string{
		"| 1 | 10s, here 10s | 3 | ≤ 1s | 5.00 ms | 1001.00 ms | **missed** |",
		"| 60 | 1m0s, here 1s | 1 | ≤ 1s | 6.00 ms | 6.00 ms | ✓ |",
		"A datum a second for each of 200 metrics for 5s, 20 data in a call",
		"| 0 | ≤ 1s late | 30.00 ms | 20.00 ms | 0.12 | 48 MB | 0.0 KB | ✓ |",
		"| 200 | ≤ 1s late | 3000.00 ms | 2000.00 ms | 0.25 | 50 MB | 10.0 KB | **missed** |",
		"2 had to ring at once: 2 did, the last 80.00 ms after the end of the period (goal: ≤ 1s) ✓.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q:\n%s", want, got)
		}
	}
}

func TestAlarmsThatDoNotRingMissTheGoal(t *testing.T) {
	if got := (watched{breached: 2, rang: 1}).sentence(); !strings.Contains(got, "**missed**") {
		t.Errorf("the report says %q", got)
	}
}
