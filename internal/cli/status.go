package cli

import (
	"context"
	"fmt"
	"time"

	"sluice/internal/cli/view"
	"sluice/internal/deployer/release"
	"sluice/internal/workspace"
)

type statusCommand struct{ environmentFlags }

func (c *statusCommand) Run(ctx context.Context, s *streams) error {
	w, err := c.openExisting(ctx, s, nil)
	if err != nil {
		return err
	}
	standings, err := w.Runner.Status(ctx, w.Environment)
	if err != nil {
		return err
	}
	return printStandings(s, c.JSON, w, standings)
}

func printStandings(s *streams, json bool, w *workspace.Workspace, standings []release.Standing) error {
	if json {
		return s.document(standings)
	}
	heading(s, w)
	_, err := fmt.Fprint(s.out, view.Standings(standings, time.Now()))
	return err
}
