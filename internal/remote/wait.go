package remote

import (
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// longestPause is what the pauses of a wait grow to.
const longestPause = 2 * time.Second

// restsWithin is how long an update that somebody else began is waited for.
const restsWithin = time.Minute

// settled waits until a function or a version can run and its last update is in effect, and returns it: on AWS its
// revision changes once more when an update ends. Errors: fault.Conflict "function" when it can't run, fault.Invalid
// "function" when the update failed.
func (e *Endpoint) settled(ctx context.Context, name, qualifier string) (deployer.Version, error) {
	for pause := e.poll; ; pause = min(pause*8/5, longestPause) {
		out, err := e.function(ctx, name, qualifier)
		if err != nil {
			return deployer.Version{}, err
		}
		if err := broken(out.Configuration); err != nil {
			return deployer.Version{}, err
		}
		if !pending(out.Configuration) {
			return versionOf(out.Configuration)
		}
		if err := rest(ctx, pause); err != nil {
			return deployer.Version{}, failed(err, "function", "wait for %s", strings.TrimSuffix(name+":"+qualifier, ":"))
		}
	}
}

// atRest asks for $LATEST until no update of it is in progress, or for a while: what is still in progress then is returned.
// An update that failed is no error here: the next may mend it.
func (e *Endpoint) atRest(ctx context.Context, name string) (*lambda.GetFunctionOutput, error) {
	for end, pause := time.Now().Add(restsWithin), e.poll; ; pause = min(pause*8/5, longestPause) {
		out, err := e.function(ctx, name, "")
		if err != nil || !pending(out.Configuration) || time.Now().After(end) {
			return out, err
		}
		if err := rest(ctx, pause); err != nil {
			return nil, failed(err, "function", "wait for %s", name)
		}
	}
}

func pending(c *types.FunctionConfiguration) bool {
	return c.State == types.StatePending || c.LastUpdateStatus == types.LastUpdateStatusInProgress
}

func broken(c *types.FunctionConfiguration) error {
	if c.State == types.StateFailed {
		return fault.Errorf(fault.Conflict, "function", "%s can't run: %s", text(c.FunctionArn), text(c.StateReason))
	}
	if c.LastUpdateStatus == types.LastUpdateStatusFailed {
		return fault.Errorf(fault.Invalid, "function", "the update of %s failed: %s", text(c.FunctionArn), text(c.LastUpdateStatusReason))
	}
	return nil
}

// rest waits, unless ctx ends first.
func rest(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
