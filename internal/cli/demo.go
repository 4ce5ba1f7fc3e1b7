package cli

import (
	"context"
	"os"

	"sluice/internal/clock"
	"sluice/internal/demo"
)

type demoCommand struct {
	TimeScale float64 `default:"60" help:"How many seconds of the cloud pass in one second."`
}

func (c *demoCommand) Run(ctx context.Context, s *streams) error {
	if c.TimeScale == 0 {
		return errStandstill
	}
	executable, err := os.Executable()
	if err != nil {
		return err
	}
	return demo.Run(ctx, demo.Config{
		Out: s.out, Terminal: isTerminal(s.out), Executable: executable, Scale: clock.Scale(c.TimeScale),
	})
}
