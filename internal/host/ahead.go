package host

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// ahead bounds how many processes are started at once that no call waits for yet: a thousand deployments that begin
// together want a thousand, and calls that run, and the shifts of those deployments, need the processors too.
type ahead struct {
	places chan struct{}
}

// aheadTime is how long a start counts. One that takes longer waits for something, and uses no processor.
const aheadTime = 250 * time.Millisecond

func newAhead() *ahead { return &ahead{places: make(chan struct{}, runtime.GOMAXPROCS(0))} }

// enter waits for a place, until one of the contexts has ended, whose error it returns. leave gives the place back; it may be
// called late, or twice.
func (a *ahead) enter(ctx, life context.Context) (leave func(), err error) {
	select {
	case a.places <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-life.Done():
		return nil, life.Err()
	}
	free := sync.OnceFunc(func() { <-a.places })
	timer := time.AfterFunc(aheadTime, free)
	return func() { timer.Stop(); free() }, nil
}
