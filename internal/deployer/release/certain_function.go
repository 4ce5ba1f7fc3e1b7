package release

import (
	"context"

	"sluice/internal/deployer"
	"sluice/internal/fault"
)

// Create takes a function with this code for its own if the answer to an earlier attempt was lost.
func (c *certain) Create(ctx context.Context, f deployer.Function) (deployer.Version, error) {
	call := func() (deployer.Version, error) { return c.Endpoint.Create(ctx, f) }
	return c.write(ctx, f.Name, call, func(found *deployer.Found) (deployer.Version, bool) {
		return found.Latest, found.Latest.Digest == f.Code.Digest
	})
}

// UpdateCode looks whether code whose answer was lost is there.
func (c *certain) UpdateCode(ctx context.Context, name string, code deployer.Code, architecture, revision string) (deployer.Version, error) {
	call := func() (deployer.Version, error) {
		return c.Endpoint.UpdateCode(ctx, name, code, architecture, revision)
	}
	return c.write(ctx, name, call, func(found *deployer.Found) (deployer.Version, bool) {
		return found.Latest, found.Latest.Digest == code.Digest
	})
}

// UpdateSettings looks whether settings whose answer was lost are there.
func (c *certain) UpdateSettings(ctx context.Context, name string, s deployer.Settings, revision string) (deployer.Version, error) {
	call := func() (deployer.Version, error) { return c.Endpoint.UpdateSettings(ctx, name, s, revision) }
	return c.write(ctx, name, call, func(found *deployer.Found) (deployer.Version, bool) {
		asked := deployer.Function{Settings: s, Code: deployer.Code{Digest: found.Latest.Digest}}
		return found.Latest, len(deployer.Differences(asked, found.Latest)) == 0
	})
}

// Publish looks whether a version whose answer was lost is there: publishing changes the revision that it asks for.
func (c *certain) Publish(ctx context.Context, name, description, digest, revision string) (deployer.Version, error) {
	call := func() (deployer.Version, error) { return c.Endpoint.Publish(ctx, name, description, digest, revision) }
	return c.write(ctx, name, call, func(found *deployer.Found) (deployer.Version, bool) {
		last, ok := found.Last()
		return last, ok && last.Digest == digest && last.Description == description
	})
}

// write makes a call that changes a function until it has an answer. When the answer to an attempt was lost and the
// next one is refused, that attempt may have caused the refusal: there says whether what was asked for is there.
func (c *certain) write(ctx context.Context, name string, call func() (deployer.Version, error), there func(*deployer.Found) (deployer.Version, bool)) (v deployer.Version, err error) {
	lost := false
	err = c.retry.do(ctx, func() (err error) {
		v, err = call()
		if lost && (fault.Is(err, fault.Precondition, "") || fault.Is(err, fault.Conflict, "")) {
			if found, unread := c.Find(ctx, name, ""); unread == nil && found != nil {
				if is, ok := there(found); ok {
					v, err = is, nil
				}
			}
		}
		lost = lost || fault.Is(err, fault.Unavailable, "")
		return err
	})
	return v, err
}
