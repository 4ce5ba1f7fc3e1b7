package main

import (
	"context"
	"sync"
	"time"

	"sluice/internal/client"
)

// visitors call a function all the time and note when they last met a version.
type visitors struct {
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu   sync.Mutex
	last time.Time // guarded by mu: when the last call began that the version answered
}

const (
	visitorCount = 4
	visitorPause = 20 * time.Millisecond
)

// visit begins to call. Calls that fail are of no interest here; the version is expected to fail.
func visit(ctx context.Context, c *client.Client, path, version string) *visitors {
	ctx, cancel := context.WithCancel(ctx)
	v := &visitors{cancel: cancel}
	for range visitorCount {
		v.running.Go(func() {
			for ctx.Err() == nil {
				began := time.Now()
				header, err := c.Lambda(ctx, "POST", path, object{}, nil)
				if err == nil && header.Get("X-Amz-Executed-Version") == version {
					v.met(began)
				}
				time.Sleep(visitorPause)
			}
		})
	}
	return v
}

func (v *visitors) met(at time.Time) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if at.After(v.last) {
		v.last = at
	}
}

// end has the visitors stop, waits for them, and returns when the last call began that met the version.
func (v *visitors) end() time.Time {
	v.cancel()
	v.running.Wait()
	return v.last
}
