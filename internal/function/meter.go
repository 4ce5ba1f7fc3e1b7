package function

import "time"

// Meter is told of each invocation when it has ended. It must not block.
type Meter interface {
	Record(Sample)
}

// Sample is what is measured of one invocation.
type Sample struct {
	Function ID
	// Qualifier is what the caller asked for: an alias, a number, $LATEST, or nothing.
	Qualifier string
	Executed  Number
	// Began is when the version was chosen, Ended when the call's outcome was there.
	Began, Ended time.Time
	// Duration is zero if the call was throttled.
	Duration  time.Duration
	Failed    bool // the function failed
	First     bool // it was its process's first call
	Throttled bool // it did not run, since no process came free
	// Concurrent is how many calls of the function had a process, this one included, when it began; 0 if it got none.
	Concurrent int
}
