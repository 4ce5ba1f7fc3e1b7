package release

import (
	"context"

	"sluice/internal/fault"
)

// Prepare asks again: it changes only what differs.
func (c *certain) Prepare(ctx context.Context, g Group) error {
	return c.retry.do(ctx, func() error { return c.Endpoint.Prepare(ctx, g) })
}

// Deploy looks whether a deployment whose answer was lost is under way.
func (c *certain) Deploy(ctx context.Context, d Deployment) (id string, err error) {
	lost := false
	err = c.retry.do(ctx, func() (err error) {
		if lost {
			if id, err = c.Endpoint.Deploying(ctx, d.Group); err != nil || id != "" {
				return err
			}
		}
		id, err = c.Endpoint.Deploy(ctx, d)
		lost = lost || fault.Is(err, fault.Unavailable, "")
		return err
	})
	return id, err
}

// Stop asks again. A deployment that is over by then is a Conflict, which is success.
func (c *certain) Stop(ctx context.Context, id string) error {
	err := c.retry.do(ctx, func() error { return c.Endpoint.Stop(ctx, id) })
	if fault.Is(err, fault.Conflict, "") {
		return nil
	}
	return err
}
