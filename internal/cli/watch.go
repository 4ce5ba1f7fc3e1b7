package cli

import (
	"context"
	"errors"
	"time"

	"sluice/internal/cli/view"
	"sluice/internal/deployer/release"
	"sluice/internal/workspace"
)

type watchCommand struct{ environmentFlags }

// Help is shown below the command's usage.
func (*watchCommand) Help() string {
	return "It goes on until it is interrupted, which is no error. Where there is no terminal it writes a line for each change."
}

// lookEvery is how often the aliases are read.
const lookEvery = time.Second

func (c *watchCommand) Run(ctx context.Context, s *streams) (err error) {
	w, err := c.openExisting(ctx, s, nil)
	if err != nil {
		return err
	}
	standings, err := w.Runner.Status(ctx, w.Environment)
	if err != nil {
		return err // later ones may pass; at the first there is nothing to show
	}
	screen := c.screen(ctx, s)
	defer func() { err = errors.Join(err, screen.close()) }()
	follow(ctx, w, standings, screen)
	return nil
}

func (c *watchCommand) screen(ctx context.Context, s *streams) screen {
	if isTerminal(s.out) && !c.JSON {
		return openDrawing(ctx, s.out)
	}
	return &changes{streams: s, json: c.JSON}
}

// follow shows a frame each time the aliases were read, until the context ends.
func follow(ctx context.Context, w *workspace.Workspace, standings []release.Standing, to screen) {
	frame := view.Frame{
		Heading:   w.Environment.Project + " " + w.Environment.Name + " on " + w.Where(),
		Standings: standings, Trails: make([]view.Trail, len(standings)),
	}
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	for {
		frame.Now = time.Now()
		for i, s := range frame.Standings {
			frame.Trails[i] = frame.Trails[i].Grown(view.Share(s))
		}
		to.show(frame)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		frame.Trouble = ""
		next, err := w.Runner.Status(ctx, w.Environment)
		if err != nil {
			frame.Trouble = err.Error()
			continue
		}
		frame.Standings = next
	}
}
