package comparison_test

import (
	"testing"
	"time"

	"sluice/internal/comparison"
)

// alone looks some times at a target that gets all requests.
func alone(test comparison.Test, looks int, target comparison.Counts) comparison.Test {
	for range looks {
		test = test.Alone(target)
	}
	return test
}

func TestAlone(t *testing.T) {
	nothing := comparison.Counts{}
	for name, tt := range map[string]struct {
		before, target comparison.Counts
		want           comparison.What
	}{
		"fails after a good version":         {counts(300, 1), counts(2, 1), comparison.Errors},
		"fails as the version before":        {counts(300, 150), counts(2, 1), comparison.Nothing},
		"slower than the version before":     {slow(300, 100*time.Millisecond), slow(2, 200*time.Millisecond), comparison.Latency},
		"as fast as the version before":      {slow(300, 100*time.Millisecond), slow(2, 100*time.Millisecond), comparison.Nothing},
		"fails, and nothing is known before": {nothing, counts(2, 2), comparison.Nothing},
		"fails, and all failed before":       {counts(100, 100), counts(2, 2), comparison.Nothing},
	} {
		t.Run(name, func(t *testing.T) {
			test := alone(comparison.New(comparison.Options{}, tt.before), 50, tt.target)
			if v := test.Verdict(); v.What != tt.want {
				t.Errorf("verdict = %+v, want %q", v, tt.want)
			}
		})
	}
}

func TestAloneComparesWithTheDeploymentsOwnCallsToo(t *testing.T) {
	test := observe(comparison.New(comparison.Options{}, comparison.Counts{}), 30, counts(9, 0), counts(1, 0))
	test = alone(test, 20, counts(2, 2))
	if v := test.Verdict(); v.What != comparison.Errors {
		t.Errorf("verdict = %+v", v)
	}
}

func TestFewCallsBeforeProveLittle(t *testing.T) {
	few := alone(comparison.New(comparison.Options{}, counts(3, 0)), 5, counts(1, 1))
	many := alone(comparison.New(comparison.Options{}, counts(1000, 0)), 5, counts(1, 1))
	if few.Verdict().Worse || !many.Verdict().Worse {
		t.Errorf("five failures: %v after 3 good calls, %v after 1000", few.Verdict(), many.Verdict())
	}
}
