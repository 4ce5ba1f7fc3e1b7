package cloudformation

import (
	"context"
	"time"

	"sluice/internal/function"
)

// lingering is how long the answer to a request that begins an operation may wait for the operation's end. The waiters of the AWS
// CLI ask for a stack's status at once, and then only every 30 seconds: a stack that is ready sooner is seen to be.
const lingering = time.Second

// linger waits for the end of a stack's operation, but not for long. What it could not see is for the caller to ask for.
func (a *api) linger(ctx context.Context, stackID string) {
	ctx, cancel := context.WithTimeout(ctx, lingering)
	defer cancel()
	_, _ = a.stacks.Wait(ctx, stackID)
}

// identified is the ID of a stack that a client names; empty if there is none.
func (a *api) identified(ctx context.Context, scope function.Scope, name string) string {
	found, err := a.stacks.Stack(ctx, scope, name)
	if err != nil {
		return ""
	}
	return found.ID
}
