package async_test

import (
	"fmt"
	"time"

	"sluice/internal/async"
)

// A function that fails is tried again after one minute and after two more, if the event is not too old by then.
func ExampleLimits_After() {
	limits := async.Limits{Retries: 2, Age: 2 * time.Minute}
	fmt.Println(limits.After(async.Failed, 1, 0, time.Second).Wait)
	fmt.Println(limits.After(async.Failed, 2, 0, time.Minute+2*time.Second).Condition)
	// Output:
	// 1m0s
	// EventAgeExceeded
}
