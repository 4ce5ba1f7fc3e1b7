package comparison_test

import (
	"encoding/json"
	"fmt"
	"time"

	"sluice/internal/comparison"
)

// Some times a second, a deployment hands over what both versions did since it last looked.
func ExampleTest_Observe() {
	var before comparison.Counts // what version 2 did in the minutes before
	for range 500 {
		before.Add(80*time.Millisecond, false)
	}
	test := comparison.New(comparison.Options{FalseAlarms: 0.01}, before)

	for look := 1; !test.Verdict().Worse; look++ {
		var current, target comparison.Counts
		for i := range 18 {
			current.Add(80*time.Millisecond, look == 2 && i == 0)
		}
		target.Add(85*time.Millisecond, false)
		target.Add(20*time.Millisecond, true)
		test = test.Observe(current, target)
	}
	fmt.Println(test.Verdict().What)
	fmt.Println(test.Text("version 2", "version 3"))
	// Output:
	// errors
	// version 3 failed 4 of 8 requests (50 %), version 2 1 of 72 requests (1.4 %)
}

// A Test is kept with its deployment and goes on after a restart.
func ExampleTest_MarshalJSON() {
	var calls comparison.Counts
	calls.Add(time.Second, false)
	record, _ := json.Marshal(comparison.New(comparison.Options{}, comparison.Counts{}).Observe(calls, calls))

	var test comparison.Test
	if err := json.Unmarshal(record, &test); err != nil {
		fmt.Println(err)
	}
	fmt.Println(test.Text("version 2", "version 3"))
	// Output:
	// no sign yet that version 3 is worse: version 3 failed 0 of 1 requests, version 2 0 of 1 requests
}

// Counters that run on are turned into what happened since the last look.
func ExampleCounts_Since() {
	var counted comparison.Counts
	counted.Add(40*time.Millisecond, false)
	earlier := counted
	counted.Add(50*time.Millisecond, true)
	added := counted.Since(earlier)
	fmt.Println(added.Calls, added.Errors)
	// Output: 1 1
}

func ExampleOptions_Validate() {
	fmt.Println(comparison.Options{FalseAlarms: 2}.Validate())
	// Output: the rate of false alarms is 2: it has to be above 0 and at most 0.5
}
