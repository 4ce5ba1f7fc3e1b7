package async

import "time"

// What AWS does by default, and its bounds (its pages PutFunctionEventInvokeConfig and "How Lambda handles errors and
// retries with asynchronous invocation"). Ages are of the cloud's time.
const (
	DefaultRetries = 2
	DefaultAge     = 6 * time.Hour

	retryWait   = time.Minute // after the first failure, and twice as long after the second
	refusalWait = time.Second // after the first refusal in a row, and twice as long after each that follows,
	refusalMost = 5 * time.Minute
)

// Limits are how long and how often an event is tried.
type Limits struct {
	Retries int           // after failures of the function: 0 to 2
	Age     time.Duration // of the cloud: 1 minute to 6 hours
}

// Result is how a try ended.
type Result uint8

// The results of a try. A function that fails has run; one that is refused has not.
const (
	Succeeded Result = iota
	Failed           // the function's error, its process's death, or its timeout
	Refused          // throttled, or something here failed
	Disabled         // its reserved concurrency is 0: it can't run until somebody changes that
	Missing          // the version or alias is not there any more
)

// Condition is why an event ended. Its text is what AWS writes into the records of destinations.
type Condition string

// The conditions (recordings test_invoke_lambda_eventbridge, test_maxeventage and test_reserved_concurrency). The zero
// Condition says that the event goes on.
const (
	Success           Condition = "Success"
	RetriesExhausted  Condition = "RetriesExhausted"
	AgeExceeded       Condition = "EventAgeExceeded"
	NoConcurrency     Condition = "ZeroReservedConcurrency"
	FunctionIsMissing Condition = "FunctionNotFound" // of Sluice: AWS does not say what it does
)

// Decision is what becomes of an event.
type Decision struct {
	Condition Condition     // empty: it is tried again
	Wait      time.Duration // of the cloud, until the next try
}

// After decides what comes after a try. The event's Runs and Refusals count the try already, and age is the event's.
//
// It looks ahead: an event whose next try would come after its time is over is given up at once, as AWS does (recording
// test_maxeventage: with 60 s there is no second try).
func (l Limits) After(result Result, runs, refusals int, age time.Duration) Decision {
	var wait time.Duration
	switch result {
	case Succeeded:
		return Decision{Condition: Success}
	case Disabled:
		return Decision{Condition: NoConcurrency}
	case Missing:
		return Decision{Condition: FunctionIsMissing}
	case Failed:
		if runs > l.Retries {
			return Decision{Condition: RetriesExhausted}
		}
		wait = retryWait << (runs - 1)
	case Refused:
		wait = backoff(refusals)
	}
	if l.tooOld(age + wait) {
		return Decision{Condition: AgeExceeded}
	}
	return Decision{Wait: wait}
}

// tooOld reports whether an event of that age is not tried any more.
func (l Limits) tooOld(age time.Duration) bool { return age >= l.Age }

// backoff is the wait after so many refusals in a row: 1 s, 2 s, 4 s and so on, 5 minutes at most.
func backoff(refusals int) time.Duration {
	doublings := min(max(refusals-1, 0), 9) // 2⁹ s are more than 5 minutes
	return min(refusalWait<<doublings, refusalMost)
}
