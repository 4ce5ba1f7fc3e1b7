package host

import (
	"context"
	"encoding/json"
	"time"

	"sluice/internal/function"
)

// invoke runs one call to its end. If to is not nil, it takes the answer piece by piece. An error means that the function
// did not run.
func (e *environment) invoke(ctx context.Context, call *function.Call, to *pipe) (*function.Outcome, error) {
	began := time.Now()
	var failed startFailure
	if !e.live() {
		var err error
		if failed, err = e.revive(ctx, call.Tail, &began); err != nil {
			return nil, err
		}
	}
	e.begin(call, failed)
	for second := false; failed.status == ""; second = true {
		outcome, err := e.run(call, to, began)
		if err == nil {
			return outcome, nil
		}
		// The process ended before it saw the call, so another may have it; but not a third.
		how := e.process.end()
		if e.stop(); second {
			failed = startFailure{status: "error", errorType: typeExit, how: how}
			break
		}
		if failed, err = e.restart(ctx, began); err != nil {
			return nil, err
		}
	}
	return e.startFailed(call, began, failed), nil
}

func (e *environment) timeout() time.Duration {
	return time.Duration(e.pool.version.Config.Timeout) * time.Second
}

// revive gives the environment a process. The first start has its own time; if it fails, or was before, another start
// takes the call's time, from began on, and what it prints belongs to the call's tail if it fails too.
func (e *environment) revive(ctx context.Context, tail bool, began *time.Time) (startFailure, error) {
	e.stop()
	if !e.tried {
		failed, err := e.firstStart(ctx, context.WithoutCancel(ctx))
		*began = time.Now()
		if err != nil || failed.status == "" {
			return failed, err
		}
	}
	if tail {
		e.journal.startTail()
	}
	return e.restart(ctx, *began)
}

// restart starts a process within a call's time.
func (e *environment) restart(ctx context.Context, began time.Time) (startFailure, error) {
	l, root, err := e.pool.ready(ctx)
	if err != nil {
		return startFailure{}, err
	}
	limit, cancel := context.WithDeadline(context.WithoutCancel(ctx), began.Add(e.timeout()))
	defer cancel()
	failed, err := e.start(limit, l, root)
	if err == nil && failed.status != "" {
		e.startReport("invoke", time.Since(began), failed)
	}
	return failed, err
}

// begin logs the call's first line. If no process could be started, the tail has begun with what the start printed.
func (e *environment) begin(call *function.Call, failed startFailure) {
	if call.Tail && failed.status == "" {
		e.journal.startTail()
	}
	e.journal.line(e.platform.start(call.RequestID))
}

// run hands the call to the process and waits for its result. errGone means that the process never saw it.
func (e *environment) run(call *function.Call, to *pipe, began time.Time) (*function.Outcome, error) {
	p := e.process
	deadline := began.Add(e.timeout())
	e.message.encode(call, deadline)
	e.message.pipe = to
	if err := p.offer(call.RequestID, &e.message, deadline); err != nil {
		return nil, err
	}
	// The process works meanwhile, and what it does takes longer than setting a timer.
	e.watch(p, time.Until(deadline))
	r := <-p.results
	e.timer.Stop()
	if r.kind == unseen {
		return nil, errGone
	}
	outcome := e.conclude(call, r, r.at.Sub(began), to)
	if to != nil && to.hasBegun() {
		outcome.Broken = broken(r)
	}
	return outcome, nil
}

// watch sets the timer that ends the call. A new process needs a new one, since it fires into the process's session.
func (e *environment) watch(p *process, left time.Duration) {
	if e.timer == nil || e.watched != p {
		e.timer, e.watched = time.AfterFunc(left, p.expire), p
		return
	}
	e.timer.Reset(left)
}

// conclude turns a result into an outcome, and logs the call's end.
func (e *environment) conclude(call *function.Call, r result, took time.Duration, to *pipe) *function.Outcome {
	limit := maxResponse
	if to != nil {
		to.end() // a connection that waits for a slow reader must not outlive the call
		if to.hasBegun() {
			limit = maxStreamed
		}
	}
	outcome := &function.Outcome{Payload: r.body, Duration: took, Failed: r.kind != answered, First: e.initTime > 0}
	end := callEnd{took: took}
	var f failure
	switch r.kind {
	case refused:
		outcome.Payload = reported(r)
	case oversized:
		f = tooLarge(limit)
	case expired:
		f = timedOut(call.RequestID, e.timeout())
		end.status = "timeout"
		outcome.Duration = e.timeout()
		end.took = outcome.Duration
		e.process.end()
	case exited:
		<-e.process.ended
		f = ended(call.RequestID, e.process.how)
		end.status, end.errorType = "error", typeExit
	}
	if f != (failure{}) {
		outcome.Payload = f.json()
	}
	end.peak = e.process.peak.Load()
	e.end(call, outcome, end, f)
	return outcome
}

// end logs the call's last lines and takes its tail.
func (e *environment) end(call *function.Call, outcome *function.Outcome, end callEnd, f failure) {
	if e.process != nil {
		e.process.output.drain()
	}
	e.journal.finishLine()
	e.journal.line(e.platform.trouble(call.RequestID, end, f))
	e.journal.line(e.platform.end(call.RequestID, end))
	e.journal.line(e.platform.report(call.RequestID, end, e.initTime))
	e.initTime = 0
	if call.Tail {
		outcome.Tail = e.journal.stopTail()
	}
}

// startFailed is the outcome of a call for which no process could be started.
func (e *environment) startFailed(call *function.Call, began time.Time, failed startFailure) *function.Outcome {
	outcome := &function.Outcome{Payload: failed.payload, Failed: true, Duration: time.Since(began)}
	end := callEnd{took: outcome.Duration, status: failed.status, errorType: failed.errorType}
	var f failure
	switch {
	case failed.status == "timeout":
		f = timedOut(call.RequestID, e.timeout())
		end.errorType = ""
	case failed.how != "":
		f = failure{"RequestId: " + call.RequestID + " Error: " + failed.how, failed.errorType}
	}
	if f != (failure{}) {
		outcome.Payload = f.json()
	} else if !json.Valid(outcome.Payload) {
		outcome.Payload = failure{Type: failed.errorType}.json()
	}
	e.end(call, outcome, end, f)
	return outcome
}
