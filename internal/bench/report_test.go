package main

import (
	"strings"
	"testing"
	"time"
)

func TestMedianIsByRate(t *testing.T) {
	turns := []result{
		{requests: 300, elapsed: time.Second}, {requests: 100, elapsed: time.Second}, {requests: 400, elapsed: 2 * time.Second},
	}
	if got := median(turns); got.requests != 400 {
		t.Errorf("median %+v, want the turn of 200 a second", got)
	}
}

func TestReportGivesRatios(t *testing.T) {
	f := &figures{
		comparisons: []comparison{{8, []result{{requests: 1000, elapsed: time.Second}}, []result{{requests: 1100, elapsed: time.Second}}}},
		start:       []time.Duration{30 * time.Millisecond}, idle: 20e6,
	}
	got := f.report()
	for _, want := range []string{"| 8 | 1000 | 1100 | **1.10** |", "| 30.00 ms (30.00 ms) |", "| 20.0 MB |"} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q:\n%s", want, got)
		}
	}
}
