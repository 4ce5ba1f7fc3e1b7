package comparison_test

import (
	"math"
	"testing"
	"time"

	"sluice/internal/comparison"
)

func TestOptionsInRange(t *testing.T) {
	for name, o := range map[string]comparison.Options{
		"zero":   {},
		"strict": {FalseAlarms: 1e-6, Odds: 1, Negligible: -1, Slower: 1, Slack: -1, WarmUp: -1},
		"loose":  {FalseAlarms: 0.5, Odds: 1000, Negligible: 0.99, Slower: 1000, Slack: time.Hour, WarmUp: 1e9},
	} {
		if err := o.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOptionsOutOfRange(t *testing.T) {
	for name, tt := range map[string]struct {
		o    comparison.Options
		want string
	}{
		"certain alarms":   {comparison.Options{FalseAlarms: 0.6}, "the rate of false alarms is 0.6: it has to be above 0 and at most 0.5"},
		"negative alarms":  {comparison.Options{FalseAlarms: -1}, "the rate of false alarms is -1: it has to be above 0 and at most 0.5"},
		"no number":        {comparison.Options{FalseAlarms: math.NaN()}, "the rate of false alarms is NaN: it has to be above 0 and at most 0.5"},
		"odds below 1":     {comparison.Options{Odds: 0.5}, "the tolerated ratio of odds is 0.5: it has to be from 1 to 1000"},
		"all negligible":   {comparison.Options{Negligible: 1}, "the negligible share of errors is 1: it has to be below 1"},
		"faster tolerated": {comparison.Options{Slower: 0.9}, "the tolerated ratio of durations is 0.9: it has to be from 1 to 1000"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := tt.o.Validate(); err == nil || err.Error() != tt.want {
				t.Errorf("Validate = %v, want %s", err, tt.want)
			}
		})
	}
}
