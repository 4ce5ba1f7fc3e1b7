package cli

import (
	"context"

	"sluice/internal/cli/view"
)

type promoteCommand struct {
	environmentFlags
	consentFlags
	takeOverFlag
}

func (c *promoteCommand) Run(ctx context.Context, s *streams) error {
	defer s.outliveReader()()
	told := &teller{streams: s, json: c.JSON}
	w, err := c.openExisting(ctx, s, told.tell)
	if err != nil {
		return err
	}
	told.lines = view.EventsOf(w.Environment)
	if err := c.consent(ctx, s, w, "Promote"); err != nil {
		return err
	}
	outcome, err := w.Runner.Promote(ctx, w.Environment, c.TakeOver)
	if err != nil {
		return err
	}
	return printOutcome(s, c.JSON, w, outcome)
}
