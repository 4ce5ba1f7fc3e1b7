package release

import (
	"context"
	"time"

	"sluice/internal/fault"
)

// retry makes calls again that had no answer, or that the endpoint had no time for.
type retry struct {
	attempts int
	delay    time.Duration // before the second attempt; it doubles
}

// do calls until there is an answer, the attempts are used up or the context ends.
func (r retry) do(ctx context.Context, call func() error) error {
	delay := r.delay
	for attempt := 1; ; attempt++ {
		err := call()
		if err == nil || !again(err) || attempt == r.attempts || ctx.Err() != nil {
			return err
		}
		if sleep(ctx, delay) != nil {
			return err
		}
		delay *= 2
	}
}

// again reports whether the same call may succeed later.
func again(err error) bool {
	return fault.Is(err, fault.Unavailable, "") || fault.Is(err, fault.Throttled, "")
}

// get is do of a call that returns a value.
func get[T any](ctx context.Context, r retry, call func() (T, error)) (value T, err error) {
	err = r.do(ctx, func() (err error) {
		value, err = call()
		return err
	})
	return value, err
}

// sleep waits for a duration of this machine, or for the context's end, whose cause it returns.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
