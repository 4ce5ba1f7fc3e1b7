package main

import (
	"errors"
	"slices"
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

func TestRatiosArePairwise(t *testing.T) {
	turn := func(requests int) result { return result{requests: requests, elapsed: time.Second} }
	c := comparison{8, []result{turn(1000), turn(500), turn(1000)}, []result{turn(950), turn(490), turn(900)}}
	if got := c.ratios(); !slices.Equal(got, []float64{0.9, 0.95, 0.98}) {
		t.Errorf("ratios %v", got)
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

func TestReportGivesEachFigure(t *testing.T) {
	f := &figures{
		comparisons: []comparison{{8, []result{{requests: 1000, elapsed: time.Second}}, []result{{requests: 1100, elapsed: time.Second}}}},
		start:       []time.Duration{30 * time.Millisecond}, idle: 20e6, cycles: 499, cyclesAlone: 200,
		lateness:   lateness{deployments: 10, succeeded: 10, shifts: 90, p99: 101 * time.Millisecond, p50: time.Millisecond},
		stack:      stacked{functions: 200, resources: 801, created: 9 * time.Second, unchanged: 3 * time.Second},
		transforms: transforms{templates: 81, sluice: 10 * time.Millisecond, reference: 1700 * time.Millisecond},
	}
	got := f.report()
	for _, want := range []string{
		"| 8 | 1000 | 1100 | 1.10 (1.10 to 1.10) ✓ |", "| 30.00 ms (30.00 ms) | ✓ |", "| 20.0 MB | ✓ |", "| 499 a second (one client: 200) | **missed** |",
		"| 101.00 ms (1.00 ms) | **missed** |", "| 9.0 s (801 resources) | ✓ |", "| 3000.00 ms | **missed** |",
		"| 1700.00 ms and 10.00 ms: 170 times | ✓ |",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q:\n%s", want, got)
		}
	}
}

func TestReportLeavesOutWhatWasNotMeasured(t *testing.T) {
	f := &figures{plan: plan{only: "stack"}, stack: stacked{functions: 1, created: time.Second}}
	got := f.report()
	for _, other := range []string{"Invocations", "The guard", "Metrics", "idle memory", "a second (one client", "deployments at once", "SAM"} {
		if strings.Contains(got, other) {
			t.Errorf("the report tells of %q:\n%s", other, got)
		}
	}
}

func TestAnUnknownFigureIsRefused(t *testing.T) {
	_, err := measure(t.Context(), tools{}, plan{only: "speed"})
	if err == nil || !strings.Contains(err.Error(), "transform") {
		t.Errorf("error %v, want one that lists the figures", err)
	}
}

func TestTransformsAreTimed(t *testing.T) {
	count, pass, err := timeTransforms("../stack/sam/testdata", 1)
	if err != nil || count < 50 || pass <= 0 {
		t.Errorf("%d templates in %v, %v", count, pass, err)
	}
}
