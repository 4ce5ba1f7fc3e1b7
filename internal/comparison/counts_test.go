package comparison_test

import (
	"testing"
	"time"

	"sluice/internal/comparison"
)

func counts(calls, errors int) comparison.Counts {
	var c comparison.Counts
	for i := range calls {
		c.Add(10*time.Millisecond, i < errors)
	}
	return c
}

func TestFailedCallsHaveNoDuration(t *testing.T) {
	c := counts(5, 2)
	if c.Calls != 5 || c.Errors != 2 || c.Durations.Total() != 3 {
		t.Errorf("%d calls, %d errors, %d durations", c.Calls, c.Errors, c.Durations.Total())
	}
}

func TestPlusAndSinceUndoEachOther(t *testing.T) {
	first, second := counts(5, 2), counts(9, 1)
	both := first.Plus(second)
	if both.Calls != 14 || both.Errors != 3 || both.Durations.Total() != 11 {
		t.Errorf("together %d calls, %d errors, %d durations", both.Calls, both.Errors, both.Durations.Total())
	}
	if got := both.Since(first); got != second {
		t.Errorf("the second is %+v", got)
	}
}

func TestSinceARestartAllIsNew(t *testing.T) {
	now := counts(3, 1)
	for name, earlier := range map[string]comparison.Counts{
		"fewer calls":     counts(4, 1),
		"fewer errors":    {Errors: 2},
		"fewer durations": {Durations: counts(3, 0).Durations},
	} {
		t.Run(name, func(t *testing.T) {
			if got := now.Since(earlier); got != now {
				t.Errorf("Since = %+v", got)
			}
		})
	}
}
