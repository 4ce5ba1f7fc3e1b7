package comparison_test

import (
	"testing"
	"time"

	"sluice/internal/comparison"
)

// spread are calls that take 52 to 100 ms.
func spread(calls int) comparison.Counts {
	var c comparison.Counts
	for i := range calls {
		c.Add(time.Duration(100-48*(i%9)/8)*time.Millisecond, false)
	}
	return c
}

func TestText(t *testing.T) {
	start := comparison.New(comparison.Options{}, comparison.Counts{})
	seen := comparison.New(comparison.Options{}, counts(1000, 2))
	for name, tt := range map[string]struct {
		test comparison.Test
		want string
	}{
		"nothing known": {
			start.Alone(counts(5, 5)),
			"version 2 had no requests: there is nothing to compare version 3 with",
		},
		"no evidence": {
			observe(start, 2, counts(400, 1), counts(50, 0)),
			"no sign yet that version 3 is worse: version 3 failed 0 of 100 requests, version 2 2 of 800 requests (0.25 %)",
		},
		"errors": {
			observe(start, 1, counts(1350, 2), counts(150, 14)),
			"version 3 failed 14 of 150 requests (9.3 %), version 2 2 of 1350 requests (0.15 %)",
		},
		"errors, alone": {
			seen.Alone(counts(100, 100)),
			"version 3 failed 100 of 100 requests (100 %), version 2 2 of 1000 requests (0.2 %) before",
		},
		"latency": {
			observe(start, 20, slow(90, 100*time.Millisecond), slow(10, 480*time.Millisecond)),
			"version 3 took longer than 120ms for 10 of 10 requests (100 %), version 2 for 0 of 360 requests",
		},
		"latency of a few": {
			observe(start, 40, spread(90), spread(9).Plus(slow(1, 5*time.Second))),
			"version 3 took longer than 120ms for 4 of 40 requests (10 %), version 2 for 0 of 630 requests",
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tt.test.Text("version 2", "version 3"); got != tt.want {
				t.Errorf("Text = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestVerdictNamesWhatIsNeeded(t *testing.T) {
	few := comparison.New(comparison.Options{FalseAlarms: 0.1}, comparison.Counts{}).Verdict()
	many := comparison.New(comparison.Options{FalseAlarms: 0.001}, comparison.Counts{}).Verdict()
	if few.Needed < 20 || many.Needed < 99*few.Needed {
		t.Errorf("needed: %v for one false alarm in ten, %v for one in a thousand", few.Needed, many.Needed)
	}
}
