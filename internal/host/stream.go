package host

import (
	"context"

	"sluice/internal/function"
)

// typeTruncated is the error of an answer that broke off: what callers on AWS see of a process that ends while it
// streams.
const typeTruncated = "Runtime.TruncatedResponse"

// stream runs one call whose answer is handed on while the process writes it. The process is free for another call when
// it has written all, whether or not all was read.
func (p *pool) stream(ctx context.Context, call *function.Call) (*function.Outcome, error) {
	to := newPipe()
	var outcome *function.Outcome
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer to.end()
		outcome, err = p.call(ctx, call, to)
	}()
	defer func() { // even if the stream panics
		to.deafen()
		<-done
	}()
	to.pass(call.Stream, p.version.Number)
	<-done
	if err == nil && !outcome.Failed && !to.hasBegun() {
		to.passWhole(call.Stream, p.version.Number, outcome.Payload)
		outcome.Payload = nil
	}
	return outcome, err
}
