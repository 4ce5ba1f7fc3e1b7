package comparison_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"sluice/internal/comparison"
)

// observe looks some times at both versions doing the same again and again.
func observe(test comparison.Test, looks int, current, target comparison.Counts) comparison.Test {
	for range looks {
		test = test.Observe(current, target)
	}
	return test
}

// slow are calls that all take d and succeed.
func slow(calls int, d time.Duration) comparison.Counts {
	var c comparison.Counts
	for range calls {
		c.Add(d, false)
	}
	return c
}

func TestObserveLeavesTheTestAsItWas(t *testing.T) {
	test := observe(comparison.New(comparison.Options{}, slow(100, time.Second)), 5, counts(90, 1), counts(10, 1))
	before := test
	test.Observe(counts(90, 0), counts(10, 10))
	test.Alone(counts(10, 10))
	if test != before {
		t.Error("the Test that was looked with has changed")
	}
}

// A deployment goes on from its record after a crash: no look may be lost, and none count twice.
func TestJSONKeepsAllThatMatters(t *testing.T) {
	test := comparison.New(comparison.Options{FalseAlarms: 0.02}, counts(60, 3))
	for look := range 60 {
		text, err := json.Marshal(test)
		if err != nil {
			t.Fatal(err)
		}
		var read comparison.Test
		if err := json.Unmarshal(text, &read); err != nil {
			t.Fatal(err)
		}
		if read != test {
			t.Fatalf("after %d looks %s reads as %+v", look, text, read)
		}
		if len(text) > 8000 {
			t.Fatalf("after %d looks it takes %d bytes", look, len(text))
		}
		if look < 50 {
			test = test.Observe(counts(30-look%3, look%2), counts(look%5, look%7/6))
		} else {
			test = test.Alone(counts(look%5, look%7/6))
		}
	}
}

func TestRejectionIsFinal(t *testing.T) {
	test := observe(comparison.New(comparison.Options{}, comparison.Counts{}), 10, counts(90, 0), counts(10, 10))
	if !test.Verdict().Worse {
		t.Fatal("a version that always fails is not rejected")
	}
	later := observe(test, 100, counts(90, 90), counts(10, 0)).Alone(counts(100, 0))
	if later != test {
		t.Errorf("it became %+v", later.Verdict())
	}
}

func TestBetterIsNotWorse(t *testing.T) {
	test := comparison.New(comparison.Options{}, comparison.Counts{})
	test = observe(test, 200, counts(90, 20).Plus(slow(5, time.Second)), counts(10, 0))
	if v := test.Verdict(); v.Worse || v.Errors > 1 || v.Latency > 1 {
		t.Errorf("verdict = %+v", v)
	}
}

// The split decides how many calls a look has of each version; it must be no evidence.
func TestAnOutageOfBothIsNoEvidence(t *testing.T) {
	test := observe(comparison.New(comparison.Options{}, comparison.Counts{}), 50, counts(90, 0), counts(10, 0))
	test = observe(test, 200, counts(90, 54), counts(10, 6))
	if v := test.Verdict(); v.Worse || v.Errors > 1 {
		t.Errorf("verdict = %+v", v)
	}
}

func TestALittleWorseIsGoodHoweverManyRequests(t *testing.T) {
	for name, tt := range map[string]struct{ current, target comparison.Counts }{
		"0.10 % and 0.11 %":    {counts(10_000, 10), counts(10_000, 11)},
		"0 % and 0.1 %":        {counts(10_000, 0), counts(10_000, 10)},
		"20 % and 22 %":        {counts(10_000, 2000), counts(10_000, 2200)},
		"100 ms and 115 ms":    {slow(10_000, 100*time.Millisecond), slow(10_000, 115*time.Millisecond)},
		"300 µs and 4 ms":      {slow(10_000, 300*time.Microsecond), slow(10_000, 4*time.Millisecond)},
		"succeeding and fails": {counts(10_000, 9000), counts(10_000, 9100)},
	} {
		t.Run(name, func(t *testing.T) {
			test := observe(comparison.New(comparison.Options{}, comparison.Counts{}), 200, tt.current, tt.target)
			if v := test.Verdict(); v.Worse {
				t.Errorf("verdict = %+v", v)
			}
		})
	}
}

func TestOneLookIsEnoughForABlatantBatch(t *testing.T) {
	test := comparison.New(comparison.Options{}, comparison.Counts{})
	if v := test.Observe(counts(9000, 10), counts(1000, 500)).Verdict(); v.What != comparison.Errors {
		t.Errorf("verdict = %+v", v)
	}
}

func TestCallsOfOneVersionWaitForTheOther(t *testing.T) {
	test := comparison.New(comparison.Options{}, comparison.Counts{})
	for range 30 {
		test = test.Observe(comparison.Counts{}, counts(1, 1))
	}
	if v := test.Verdict(); v.Worse {
		t.Fatalf("rejected without a call of the other version: %+v", v)
	}
	if v := test.Observe(counts(300, 0), comparison.Counts{}).Verdict(); v.What != comparison.Errors {
		t.Errorf("30 failures of 30 and none of 300: %+v", v)
	}
}

func TestSlownessIsFoundFromWhatWasBefore(t *testing.T) {
	test := comparison.New(comparison.Options{WarmUp: -1}, slow(200, 100*time.Millisecond))
	test = observe(test, 8, slow(9, 100*time.Millisecond), slow(1, time.Second))
	if v := test.Verdict(); v.What != comparison.Latency {
		t.Errorf("verdict = %+v", v)
	}
}

func TestTheWarmUpIsPassedOver(t *testing.T) {
	test := comparison.New(comparison.Options{WarmUp: 20}, slow(200, 100*time.Millisecond))
	test = observe(test, 20, slow(9, 100*time.Millisecond), slow(1, time.Second))
	if v := test.Verdict(); v.Latency != comparison.New(comparison.Options{}, comparison.Counts{}).Verdict().Latency {
		t.Errorf("evidence of slowness after the warm-up: %v", v.Latency)
	}
	target := test.Target()
	if target.Durations.Total() != 0 || target.Calls != 20 {
		t.Error("the warm-up's calls are to be counted and its durations are not")
	}
}

func TestImpossibleCountsAreHarmless(t *testing.T) {
	test := comparison.New(comparison.Options{}, comparison.Counts{Calls: -5, Errors: 7})
	bad := comparison.Counts{Calls: -3, Errors: 9}
	bad.Durations[4] = -100
	odd := comparison.Counts{Calls: 3, Errors: 9}
	test = test.Observe(bad, odd).Observe(odd, bad).Observe(odd, odd).Alone(bad).Alone(odd)
	if v := test.Verdict(); v.Worse || math.IsNaN(v.Errors) || math.IsNaN(v.Latency) {
		t.Errorf("verdict = %+v", v)
	}
}

func TestImpossibleCountsBeforeAreCutToWhatIsPossible(t *testing.T) {
	before := comparison.Counts{Calls: 100, Errors: -50}
	before.Durations[9] = -100
	if got, want := comparison.New(comparison.Options{}, before), comparison.New(comparison.Options{}, comparison.Counts{Calls: 100}); got != want {
		t.Errorf("the Test begins with %+v", got)
	}
}

func TestTheZeroTestNeverRejects(t *testing.T) {
	var test comparison.Test
	test = observe(test, 10, counts(90, 0), counts(10, 10)).Alone(counts(10, 10))
	if test != (comparison.Test{}) || test.Verdict().Worse {
		t.Errorf("verdict = %+v", test.Verdict())
	}
}
