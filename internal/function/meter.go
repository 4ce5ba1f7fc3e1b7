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
	Throttled bool // it did not run, since too many others did or no process came free
	// Concurrent is how many calls of the function had a process, this one included, when it began; 0 if it got none.
	Concurrent int

	// Provision is how many processes are provisioned for the version together with others of its alias; 0: none are, and
	// the call counts in no metric of that.
	Provision   int
	Provisioned bool // the call ran in one of them
	// Covered is how many calls the provision covered when this one began, which may be one of them.
	Covered int
	// Unreserved is how many calls of functions without a reservation ran with this one, 0 if its function has one.
	// Claimed adds what of the account's concurrency is reserved or provisioned. Both are 0 if there was no place for the call.
	Unreserved, Claimed int
}
