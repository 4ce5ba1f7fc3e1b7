package resource

import (
	"context"
	"time"
)

// How often is asked whether something has come about: at first, and at the most seldom.
const (
	soonest = 2 * time.Millisecond
	slowest = 500 * time.Millisecond
)

// Until asks again and again, ever more seldom, until it is done, fails, or the context ends.
func (t *Task) Until(done func() (bool, error)) error {
	timer := time.NewTimer(soonest)
	defer timer.Stop()
	for pause := soonest; ; pause = min(pause+pause/4+time.Millisecond, slowest) {
		if ok, err := done(); ok || err != nil {
			return err
		}
		timer.Reset(pause)
		select {
		case <-t.Context.Done():
			return context.Cause(t.Context)
		case <-timer.C:
		}
	}
}
