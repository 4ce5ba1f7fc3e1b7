package rollout_test

import (
	"context"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/rollout"
)

// lagging is a store of which one read is told long after it was made.
type lagging struct {
	rollout.Store
	lag time.Duration // of the next read
}

func (l *lagging) ReadRollouts(ctx context.Context, read func(rollout.Reader) error) error {
	err := l.Store.ReadRollouts(ctx, read)
	lag := l.lag
	l.lag = 0
	time.Sleep(lag) // on the bubble's clock
	return err
}

// A deployment that ends while somebody looks for it, to stop it, has ended: it is of no use to try again.
func TestAStopThatComesWhileADeploymentEnds(t *testing.T) {
	var records *lagging
	slow := func(c *rollout.ServiceConfig) { records = &lagging{Store: c.Store}; c.Store = records }
	bubble(t, "Canary10Percent5Minutes", slow, func(t *testing.T, s *rollout.Service, _ *traffic) {
		d := mustCreate(t, s, request("g"))
		after(time.Minute)
		records.lag = time.Hour
		_, err := s.Stop(t.Context(), scope, d.ID, nil)
		wantFault(t, err, fault.Conflict, "deployment ended")
	})
}
