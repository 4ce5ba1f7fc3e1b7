package release

import (
	"context"
	"errors"
	"fmt"

	"sluice/internal/fault"
)

// rejected is the error of a hook or a check that spoke against the release. Other errors say only that it could not go
// on.
type rejected struct{ error }

func (r rejected) Unwrap() error { return r.error }

func rejectedf(format string, args ...any) error { return rejected{fmt.Errorf(format, args...)} }

// end decides what an error means for the release: the run stops, or all aliases go back.
func (r *run) end(ctx context.Context, err error) error {
	if r.stops(ctx, err) {
		return r.stop(ctx, err)
	}
	return r.back(ctx, err)
}

// stops reports whether an error leaves the decision to the next run: Ctrl-C, no answer from the endpoint, an alias
// that somebody else changed, or anything before an alias has moved. What speaks against the release sends it back, and
// so does anything else that keeps it between two versions.
func (r *run) stops(ctx context.Context, err error) bool {
	if ctx.Err() != nil {
		return true
	}
	if errors.As(err, new(rejected)) {
		return false
	}
	return again(err) || fault.Is(err, fault.Conflict, "") || !r.began()
}
