package release

import (
	"context"
	"math"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// CreateAlias takes an alias that is exactly what was asked for as its own.
func (c *certain) CreateAlias(ctx context.Context, function string, a deployer.Alias) (is deployer.Alias, err error) {
	err = c.retry.do(ctx, func() (err error) {
		if is, err = c.Endpoint.CreateAlias(ctx, function, a); fault.Is(err, fault.Conflict, "") {
			return c.same(ctx, function, a, &is, err)
		}
		return err
	})
	return is, err
}

// UpdateAlias takes an alias that is exactly what was asked for as its own: an earlier attempt whose answer was lost, by
// us or in the client below, has changed the revision. The description, with release and time, tells ours from another's.
func (c *certain) UpdateAlias(ctx context.Context, function string, a deployer.Alias) (is deployer.Alias, err error) {
	err = c.retry.do(ctx, func() (err error) {
		if is, err = c.Endpoint.UpdateAlias(ctx, function, a); fault.Is(err, fault.Precondition, "") {
			return c.same(ctx, function, a, &is, err)
		}
		return err
	})
	return is, err
}

// same reads the alias, and returns the refusal unless it is what was asked for.
func (c *certain) same(ctx context.Context, function string, asked deployer.Alias, is *deployer.Alias, refusal error) error {
	read, err := c.Alias(ctx, function, asked.Name)
	if err != nil {
		return err
	}
	if read == nil || !equal(*read, asked) {
		return refusal
	}
	*is = *read
	return nil
}

// equal compares all but the revisions.
func equal(a, b deployer.Alias) bool {
	return a.Version == b.Version && a.Additional == b.Additional && math.Abs(a.Weight-b.Weight) < 1e-9 && a.Description == b.Description
}
