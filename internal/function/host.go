package function

import (
	"context"
	"sync/atomic"
	"time"
)

// Host runs versions as processes. internal/host implements it.
type Host interface {
	// Pool returns a new, empty pool for a version. It starts nothing.
	Pool(v *Version) Pool
}

// Pool holds the processes of one version. Its methods may be called by many goroutines at once.
type Pool interface {
	// Invoke runs one call in a process that is idle, or in a new one. An error of the function itself is in the
	// outcome. An error of Invoke says that the function did not run: fault.Throttled "concurrency" when no
	// process came free in time, fault.Unavailable "runtime" when this machine can't run the version. Invoke calls the
	// call's Begin when it has a process for it, and its End when it has it no more.
	Invoke(ctx context.Context, call *Call) (*Outcome, error)
	// Provision keeps n processes initialised beside those that calls start, from now on: it replaces one that ends
	// without waiting for a call, and ends them when n is 0. It returns at once. settled is called once when they are
	// ready or can't be had, by a goroutine that holds no lock; not if that is so when Provision returns, nor if it is
	// called again or the version retired before.
	Provision(n int, settled func())
	// Provisioned tells how far that is.
	Provisioned() Provisioned
	// Warm starts processes until n are there, idle or busy, or as many as the limits allow, and returns when they
	// are ready for a call.
	Warm(ctx context.Context, n int) error
	// Hold keeps one process ready, if there is one, however long nobody calls, until Release was called as often.
	Hold()
	Release()
	// Retire says that nobody will ask for this version again, save calls that are on their way: it stops idle
	// processes, lets running calls finish, still serves late ones, and keeps nothing warm.
	Retire()
}

// Provisioned says which processes a pool keeps initialised.
type Provisioned struct {
	Wanted int // as asked for last
	Ready  int // initialised, idle or busy
	// Failed says that no more will be tried: Reason tells why. Both are reset when Provision is called.
	Failed bool
	Reason string
}

// Settled reports whether all are there, or no more will come.
func (p Provisioned) Settled() bool { return p.Failed || p.Ready >= p.Wanted }

// Call is one invocation as a process sees it.
type Call struct {
	RequestID  string
	InvokedARN string // as the caller wrote it: with its qualifier, or without
	Payload    []byte // JSON
	// ClientContext is JSON that the caller handed in, or empty.
	ClientContext string
	// TraceID is the caller's X-Amzn-Trace-Id, or empty.
	TraceID string
	// Tail asks for the end of the call's log in the outcome.
	Tail bool
	// Stream takes the answer while the function writes it. If it is nil, the outcome has the answer as a whole.
	Stream Stream

	// Provisioned says that the call may have one of the processes that Provision keeps. Service.Invoke fills it in.
	Provisioned bool
	// Reserved is how many calls of the function may run at once if that is reserved for it, else 0. A pool lets its
	// version have as many processes, even if that is more than it would allow otherwise. Service.Invoke fills it in.
	Reserved int

	running    *atomic.Int64 // calls of the function that have a process; nil if nobody counts
	concurrent int
}

// Begin says that the call has a process.
func (c *Call) Begin() {
	if c.running != nil {
		c.concurrent = int(c.running.Add(1))
	}
}

// End says that the call, which has begun, has its process no more.
func (c *Call) End() {
	if c.running != nil {
		c.running.Add(-1)
	}
}

// Stream takes an answer piece by piece, as the function writes it; a function that answers in one piece writes one. The
// goroutine that called Invoke calls its methods, and none of them after Invoke has returned.
type Stream interface {
	// Begin tells of the answer before its first piece, once. It is not called if the call failed before the function
	// began to answer: then the outcome has all there is.
	Begin(head StreamHead)
	// Write takes the next piece and does not keep it. While it blocks, the function is slowed down after some
	// pieces more, until its time is over; the process is not held longer than that. An error means that nobody
	// reads on: Write is not called again, and the function runs to its end unheard. Pieces are no longer than 64 KB.
	Write(piece []byte) (int, error)
}

// StreamHead is what is known of an answer when it begins.
type StreamHead struct {
	// ContentType is what the runtime said of the answer; application/vnd.awslambda.http-integration-response means
	// that it begins with a status and headers (AWS: lambda/latest/dg/response-streaming-tutorial.html). It is
	// application/octet-stream if the runtime said nothing.
	ContentType string
	// Streamed is true if the runtime writes piece by piece, which some do with every answer, and false if it had the
	// whole ready. The latter is bounded by 6 MB, the former by 200 MB.
	Streamed bool
	Executed Number // the version that runs
}

// Outcome is how a call ended.
type Outcome struct {
	// Payload is the function's answer or, if Failed, its error as JSON. With a Stream it has no answer but only an
	// error, which may have come after a part of the answer.
	Payload []byte
	// Failed is true if the handler failed, the process died or time ran out.
	Failed bool
	// Broken is the type of the error that ended a streamed answer after it had begun; empty otherwise.
	Broken string
	// First is true if no call of the process came before.
	First bool
	// Provisioned is true if the process was one of those that Provision keeps.
	Provisioned bool
	// Duration is what the call took in the process, without the wait for one.
	Duration time.Duration
	// Tail is the last 4 KB of the call's log, if they were asked for.
	Tail []byte
}
