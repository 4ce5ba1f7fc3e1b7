package async

import (
	"time"

	"sluice/internal/clock"
	"sluice/internal/function"
)

// MaxPayload is how many bytes an event's payload may have (AWS's page "Lambda quotas": 1 MB since October 2025).
const MaxPayload = 1 << 20

// Invocation asks to run a function some time.
type Invocation struct {
	Function  function.ID
	Qualifier string // nothing, $LATEST, a number or an alias
	RequestID string // that of all tries (recording test_request_id_async_invoke_with_retry)
	TraceID   string // the caller's X-Amzn-Trace-Id, or empty
	Payload   []byte // JSON; empty means an empty object
}

// Event is an invocation that was accepted and has not ended.
type Event struct {
	Invocation
	Number   int64     // tells events apart, and their order
	Received time.Time // when it was accepted
	Runs     int       // how often the function failed on it
	Refusals int       // how many tries in a row came to nothing since, because the function could not run

	// Passed is how many events of each function, by its ARN, have ended in the chain of destinations that led to this one.
	Passed map[string]int

	// Age is how much of the cloud's time the event had spent at Since, in which its last try ended, or at which it was
	// accepted. The time in which no server ran does not count: an event does not grow too old while nobody could run it.
	Age   time.Duration
	Since time.Time
	// Wait is how much of the cloud's time passes from Since on until the next try.
	Wait time.Duration
}

// due is when the next try is.
func (e *Event) due(scale clock.Scale) time.Time { return e.Since.Add(scale.Here(e.Wait)) }

// ageAt is how old the event is at a moment of a server that has run since a time.
func (e *Event) ageAt(now, up time.Time, scale clock.Scale) time.Duration {
	since := e.Since
	if since.Before(up) {
		since = up
	}
	return e.Age + max(0, scale.Cloud(now.Sub(since)))
}

// Pending is what is known of an event without its content.
type Pending struct {
	Number   int64
	Function function.ID
	Since    time.Time
	Wait     time.Duration // of the cloud
}
