package remote

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// Attempts at a call. Throttling passes by itself, and a release in its midst should wait for that; a server that is not
// there should be told of soon.
const (
	throttledAttempts = 8
	brokenAttempts    = 3
)

// patience is the SDK's standard way to retry, but that it gives up earlier on what is not throttling.
type patience struct {
	*retry.Standard
}

// RetryDelay returns how long to wait after an attempt, or the error that ends the call.
func (p patience) RetryDelay(attempt int, err error) (time.Duration, error) {
	if !isThrottling(err) && attempt >= brokenAttempts {
		return 0, err
	}
	return p.Standard.RetryDelay(attempt, err)
}

func isThrottling(err error) bool {
	return retry.IsErrorThrottles(retry.DefaultThrottles).IsErrorThrottle(err) == aws.TrueTernary
}

// patient makes all clients of cfg retry that way. What AWS_MAX_ATTEMPTS or a profile says still bounds all attempts.
func patient(cfg *aws.Config, longest time.Duration) {
	if cfg.RetryMaxAttempts == 0 {
		cfg.RetryMaxAttempts = throttledAttempts
	}
	cfg.Retryer = func() aws.Retryer {
		return patience{retry.NewStandard(func(o *retry.StandardOptions) { o.MaxBackoff = or(longest, retry.DefaultMaxBackoff) })}
	}
}

// once retries an invocation only if the endpoint said that it did not take it: otherwise the function may have run.
type once struct {
	aws.Retryer
}

// IsErrorRetryable reports whether the call was turned away.
func (once) IsErrorRetryable(err error) bool { return isThrottling(err) }
