package cli

import (
	"context"
	"fmt"

	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/workspace"
)

// steerFlags are of commands that move or mark aliases as they are, and then tell where each stands.
type steerFlags struct {
	environmentFlags
	consentFlags
}

// steer asks for consent, does it, and prints where the aliases stand.
func (c *steerFlags) steer(ctx context.Context, s *streams, what string, do func(*workspace.Workspace) ([]release.Standing, error)) error {
	defer s.outliveReader()()
	w, err := c.openExisting(ctx, s, nil)
	if err != nil {
		return err
	}
	if err := c.consent(ctx, s, w, what); err != nil {
		return err
	}
	standings, err := do(w)
	if err != nil {
		return err
	}
	return printStandings(s, c.JSON, w, standings)
}

type pauseCommand struct{ steerFlags }

func (c *pauseCommand) Run(ctx context.Context, s *streams) error {
	return c.steer(ctx, s, "Pause the release to", func(w *workspace.Workspace) ([]release.Standing, error) {
		return w.Runner.Pause(ctx, w.Environment)
	})
}

type resumeCommand struct{ steerFlags }

func (c *resumeCommand) Run(ctx context.Context, s *streams) error {
	return c.steer(ctx, s, "Resume the release to", func(w *workspace.Workspace) ([]release.Standing, error) {
		return w.Runner.Resume(ctx, w.Environment)
	})
}

type abortCommand struct{ steerFlags }

func (c *abortCommand) Run(ctx context.Context, s *streams) error {
	return c.steer(ctx, s, "Abort the release to", func(w *workspace.Workspace) ([]release.Standing, error) {
		return w.Runner.Abort(ctx, w.Environment)
	})
}

type rollbackCommand struct {
	steerFlags
	takeOverFlag
	To string `placeholder:"N" help:"To this version; left out, to the one before."`
}

func (c *rollbackCommand) Run(ctx context.Context, s *streams) error {
	return c.steer(ctx, s, "Roll back", func(w *workspace.Workspace) ([]release.Standing, error) {
		return w.Runner.Rollback(ctx, w.Environment, c.To, c.TakeOver)
	})
}

type pinCommand struct {
	steerFlags
	takeOverFlag
	Version1 string  `name:"version1" required:"" placeholder:"N" help:"The version."`
	Version2 string  `name:"version2" and:"second" placeholder:"M" help:"A second version that shares the requests."`
	Weight   float64 `and:"second" placeholder:"0.1" help:"The second version's share of the requests, above 0 and below 1."`
}

// Validate is asked before Run.
func (c *pinCommand) Validate() error {
	if c.Weight != 0 && !(c.Weight > 0 && c.Weight < 1) {
		return fmt.Errorf("--weight %v: give the second version's share of the requests, above 0 and below 1, such as 0.1", c.Weight)
	}
	return c.environmentFlags.Validate()
}

func (c *pinCommand) Run(ctx context.Context, s *streams) error {
	live := deployer.Live{Version1: c.Version1, Version2: c.Version2, Percentage: c.Weight * 100}
	return c.steer(ctx, s, "Point by hand the aliases of", func(w *workspace.Workspace) ([]release.Standing, error) {
		return w.Runner.Pin(ctx, w.Environment, live, c.TakeOver)
	})
}
