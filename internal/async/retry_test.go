package async_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"sluice/internal/async"
)

const (
	minute = time.Minute
	hours  = time.Hour
)

func TestAfter(t *testing.T) {
	byDefault := async.Limits{Retries: 2, Age: 6 * hours}
	again := func(wait time.Duration) async.Decision { return async.Decision{Wait: wait} }
	over := func(c async.Condition) async.Decision { return async.Decision{Condition: c} }
	for _, tt := range []struct {
		name           string
		limits         async.Limits
		result         async.Result
		runs, refusals int
		age            time.Duration
		want           async.Decision
	}{
		{"success", byDefault, async.Succeeded, 1, 0, 0, over(async.Success)},
		{"success, however old", byDefault, async.Succeeded, 3, 0, 9 * hours, over(async.Success)},
		{"the first failure", byDefault, async.Failed, 1, 0, 0, again(minute)},
		{"the second failure", byDefault, async.Failed, 2, 0, minute, again(2 * minute)},
		{"the third failure", byDefault, async.Failed, 3, 0, 3 * minute, over(async.RetriesExhausted)},
		{"no retries", async.Limits{Age: 6 * hours}, async.Failed, 1, 0, 0, over(async.RetriesExhausted)},
		{"one retry", async.Limits{Retries: 1, Age: 6 * hours}, async.Failed, 2, 0, minute, over(async.RetriesExhausted)},
		{"60 s are too little for a retry", async.Limits{Retries: 2, Age: minute}, async.Failed, 1, 0, time.Second, over(async.AgeExceeded)},
		{"90 s are enough for one", async.Limits{Retries: 2, Age: 90 * time.Second}, async.Failed, 1, 0, time.Second, again(minute)},
		{"and too little for two", async.Limits{Retries: 2, Age: 90 * time.Second}, async.Failed, 2, 0, 62 * time.Second, over(async.AgeExceeded)},
		{"no retries and too old: the retries count", async.Limits{Age: minute}, async.Failed, 1, 0, time.Hour, over(async.RetriesExhausted)},
		{"the first refusal", byDefault, async.Refused, 0, 1, 0, again(time.Second)},
		{"the second refusal", byDefault, async.Refused, 0, 2, time.Second, again(2 * time.Second)},
		{"the ninth refusal", byDefault, async.Refused, 0, 9, minute, again(256 * time.Second)},
		{"the tenth refusal", byDefault, async.Refused, 0, 10, minute, again(5 * minute)},
		{"the thousandth refusal", byDefault, async.Refused, 0, 1000, minute, again(5 * minute)},
		{"refusals are no failures", async.Limits{Age: 6 * hours}, async.Refused, 0, 1, 0, again(time.Second)},
		{"refused until it is too old", byDefault, async.Refused, 0, 80, 6*hours - 5*minute, over(async.AgeExceeded)},
		{"no concurrency", byDefault, async.Disabled, 0, 0, 0, over(async.NoConcurrency)},
		{"nothing to run", byDefault, async.Missing, 0, 0, 0, over(async.FunctionIsMissing)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.limits.After(tt.result, tt.runs, tt.refusals, tt.age); got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}

// Whatever befalls an event, it ends, in its time and after no more failures than it may have; and it is not given up
// before one of the two is used up.
func TestEachEventEndsWithinItsLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limits := async.Limits{
			Retries: rapid.IntRange(0, 2).Draw(t, "retries"),
			Age:     time.Duration(rapid.IntRange(60, 21600).Draw(t, "seconds")) * time.Second,
		}
		var age time.Duration
		runs, refusals := 0, 0
		for {
			age += time.Duration(rapid.IntRange(0, 900).Draw(t, "seconds of the run")) * time.Second
			result := rapid.SampledFrom([]async.Result{async.Failed, async.Refused}).Draw(t, "result")
			if result == async.Failed {
				runs, refusals = runs+1, 0
			} else {
				refusals++
			}
			decision := limits.After(result, runs, refusals, age)
			switch decision.Condition {
			case async.RetriesExhausted:
				if runs != limits.Retries+1 {
					t.Fatalf("exhausted after %d runs", runs)
				}
				return
			case async.AgeExceeded:
				if age < limits.Age-5*minute {
					t.Fatalf("too old at %s of %s", age, limits.Age)
				}
				return
			case "":
				if runs > limits.Retries || age+decision.Wait >= limits.Age || decision.Wait < time.Second {
					t.Fatalf("another try after %d runs, at %s, in %s", runs, age, decision.Wait)
				}
				age += decision.Wait
			default:
				t.Fatalf("given up: %s", decision.Condition)
			}
		}
	})
}
