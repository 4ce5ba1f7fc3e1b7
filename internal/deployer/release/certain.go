package release

import (
	"context"
	"time"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// certain is an Endpoint whose calls are made again when there was no answer. A write that had none may have happened:
// certain looks before it writes again, in certain_function.go, certain_alias.go and certain_deployment.go. What can be
// repeated without harm, it repeats.
type certain struct {
	Endpoint
	retry retry
}

func (c *certain) Find(ctx context.Context, name, alias string) (*deployer.Found, error) {
	return get(ctx, c.retry, func() (*deployer.Found, error) { return c.Endpoint.Find(ctx, name, alias) })
}

func (c *certain) Alias(ctx context.Context, function, name string) (*deployer.Alias, error) {
	return get(ctx, c.retry, func() (*deployer.Alias, error) { return c.Endpoint.Alias(ctx, function, name) })
}

func (c *certain) Ringing(ctx context.Context, alarms []string) ([]string, error) {
	return get(ctx, c.retry, func() ([]string, error) { return c.Endpoint.Ringing(ctx, alarms) })
}

func (c *certain) Errors(ctx context.Context, function, alias, version string, since time.Time) (failed, invoked int, err error) {
	err = c.retry.do(ctx, func() (err error) {
		failed, invoked, err = c.Endpoint.Errors(ctx, function, alias, version, since)
		return err
	})
	return failed, invoked, err
}

func (c *certain) Deployment(ctx context.Context, id string) (Progress, error) {
	return get(ctx, c.retry, func() (Progress, error) { return c.Endpoint.Deployment(ctx, id) })
}

func (c *certain) Deploying(ctx context.Context, g Group) (string, error) {
	return get(ctx, c.retry, func() (string, error) { return c.Endpoint.Deploying(ctx, g) })
}

// Tag sets the same tags again.
func (c *certain) Tag(ctx context.Context, arn string, change deployer.TagChange) error {
	return c.retry.do(ctx, func() error { return c.Endpoint.Tag(ctx, arn, change) })
}

// DeleteVersion takes a version that is gone for success.
func (c *certain) DeleteVersion(ctx context.Context, name, version string) error {
	err := c.retry.do(ctx, func() error { return c.Endpoint.DeleteVersion(ctx, name, version) })
	if fault.Is(err, fault.NotFound, "") {
		return nil
	}
	return err
}

// Invoke calls again, so that a hook runs at least once and may run twice.
func (c *certain) Invoke(ctx context.Context, name, qualifier string, payload []byte) (Answer, error) {
	return get(ctx, c.retry, func() (Answer, error) { return c.Endpoint.Invoke(ctx, name, qualifier, payload) })
}
