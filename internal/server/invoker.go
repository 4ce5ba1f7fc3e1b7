package server

import (
	"context"
	"sync"

	"sluice/internal/function"
)

// invoker invokes functions on behalf of the server: as hooks and for events.
type invoker struct {
	functions *function.Service
	running   sync.WaitGroup
}

// invoke leaves the function alone when ctx ends: a closing room does not wait for a function that nobody waits for any
// more. The function's process is the host's to end, and close waits for that.
func (i *invoker) invoke(ctx context.Context, inv *function.Invocation) (function.Answer, error) {
	type end struct {
		answer function.Answer
		err    error
	}
	ended := make(chan end, 1)
	i.running.Go(func() {
		answer, err := i.functions.Invoke(context.WithoutCancel(ctx), inv)
		ended <- end{answer, err}
	})
	select {
	case e := <-ended:
		return e.answer, e.err
	case <-ctx.Done():
		return function.Answer{}, ctx.Err()
	}
}

// close returns when no invocation runs. The rooms that ask for some have to be closed before, and the host.
func (i *invoker) close() { i.running.Wait() }
