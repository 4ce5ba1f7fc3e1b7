package metric_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/metric"
)

func TestParseStatistic(t *testing.T) {
	for _, text := range []string{
		"SampleCount", "Sum", "Average", "Minimum", "Maximum", "p0", "p99", "p99.9", "p0.1234567890", "p100", "tm90", "TM(10%:90%)",
		"TM(150:1000)", "TM(:0.5)", "tm(80%:)", "wm98", "WM(-5:5)", "tc0.5", "TS(10%:)", "PR(:300)", "PR(100:2000)", "IQM",
	} {
		if got, err := metric.ParseStatistic(text); err != nil || string(got) != text {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"", "sum", "Median", "p", "p-1", "p100.1", "p1e1", "pNaN", "p99.12345678901", "p(1:2)", "tm", "tm101", "TM()", "TM(:)",
		"TM(10%:90)", "TM(90%:10%)", "TM(10%:101%)", "TM(1:2", "TM(1)", "TM(1:2:3)", "PR90", "PR(10%:90%)", "IQM50", "xp99",
	} {
		if got, err := metric.ParseStatistic(text); !fault.Is(err, fault.Invalid, "statistic") {
			t.Errorf("%s: %q, %v; want it refused", text, got, err)
		}
	}
}

func TestPercentile(t *testing.T) {
	for statistic, want := range map[metric.Statistic]float64{"p99.9": 99.9, "p0": 0, "Sum": -1, "tm90": -1, "PR(:3)": -1} {
		got, ok := statistic.Percentile()
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%s: %v, want %v", statistic, got, want)
		}
	}
	if got, err := metric.ParseStatistic("P99"); err != nil || got != "p99" {
		t.Errorf("P99 is read as %q, %v", got, err)
	}
}
