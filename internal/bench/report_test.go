package main

import (
	"errors"
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

func TestReportSaysThatNothingWasCompared(t *testing.T) {
	got := (&figures{start: []time.Duration{30 * time.Millisecond}}).report()
	if !strings.Contains(got, "nothing was compared") || strings.Contains(got, "| connections |") || !strings.Contains(got, "| 30.00 ms (30.00 ms) |") {
		t.Errorf("the report is\n%s", got)
	}
}

func TestBuildWithoutTheReference(t *testing.T) {
	reference := t.TempDir()
	tools, err := build(t.Context(), reference, "bin/sluice", "/tmp/x")
	if !errors.Is(err, errNoReference) || !strings.Contains(err.Error(), reference) || strings.Contains(err.Error(), "\n") {
		t.Errorf("error %v, want one line that names the folder", err)
	}
	if tools.sluice != "bin/sluice" || tools.folder != "/tmp/x" || tools.limit != "" {
		t.Errorf("tools %+v", tools)
	}
}

func TestReportGivesRatios(t *testing.T) {
	f := &figures{
		comparisons: []comparison{{8, []result{{requests: 1000, elapsed: time.Second}}, []result{{requests: 1100, elapsed: time.Second}}}},
		start:       []time.Duration{30 * time.Millisecond}, idle: 20e6,
	}
	got := f.report()
	for _, want := range []string{"| 8 | 1000 | 1100 | 1.10 ✓ |", "| 30.00 ms (30.00 ms) | ✓ |", "| 20.0 MB | ✓ |", "| 0 a second (one client: 0) | **missed** |"} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q:\n%s", want, got)
		}
	}
}
