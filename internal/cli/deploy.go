package cli

import (
	"context"
	"fmt"

	"sluice/internal/cli/view"
	"sluice/internal/deployer/release"
	"sluice/internal/workspace"
)

type deployCommand struct {
	environmentFlags
	consentFlags
	askFlags
	Step  bool   `help:"Make one step of the strategy and end, for pipelines that keep no process alive."`
	Until string `enum:",upload,publish" default:"" placeholder:"STAGE" help:"Stop after upload or publish: no alias moves."`
}

// Help is shown below the command's usage.
func (*deployCommand) Help() string {
	return "The exit code is 0 when done, 1 when it failed, 3 when the release failed and was taken back, 4 when another run holds an alias or it is on its way elsewhere, and 130 when interrupted."
}

func (c *deployCommand) Run(ctx context.Context, s *streams) error {
	defer s.outliveReader()()
	told := &teller{streams: s, json: c.JSON}
	w, err := c.open(ctx, s, told.tell)
	if err != nil {
		return err
	}
	told.lines = view.EventsOf(w.Environment)
	plan, err := w.Runner.Plan(ctx, w.Environment, c.asked())
	if err != nil {
		return err
	}
	if !c.JSON {
		heading(s, w)
		fmt.Fprint(s.out, view.Plan(plan))
	}
	if plan.Nothing() {
		return c.nothing(s)
	}
	if !c.JSON {
		fmt.Fprintln(s.out)
	}
	if err := c.consent(ctx, s, w, "Deploy to"); err != nil {
		return err
	}
	outcome, err := w.Runner.Deploy(ctx, plan, release.How{Until: release.Stage(c.Until), Step: c.Step})
	if err != nil {
		return err
	}
	return printOutcome(s, c.JSON, w, outcome)
}

// nothing ends a run that had nothing to do. A person has read it in the plan.
func (c *deployCommand) nothing(s *streams) error {
	if c.JSON {
		return s.line(view.OutcomeDocument{Kind: "nothing"})
	}
	return nil
}

func printOutcome(s *streams, json bool, w *workspace.Workspace, outcome release.Outcome) error {
	if json {
		return s.line(view.OutcomeOf(outcome))
	}
	_, err := fmt.Fprint(s.out, "\n"+view.Outcome(outcome, w.Environment))
	return err
}
