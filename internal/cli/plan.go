package cli

import (
	"context"
	"fmt"

	"sluice/internal/cli/view"
	"sluice/internal/deployer/release"
)

type planCommand struct {
	environmentFlags
	askFlags
	Policy bool `help:"Print the least IAM policy with which a deploy can do it, in place of the plan. The exit code is 0 then."`
}

// askFlags say what is released.
type askFlags struct {
	takeOverFlag
	ReleaseVersion string `name:"version" placeholder:"N" xor:"what" help:"Release this published version of each function; nothing is sent."`
	GitTag         string `placeholder:"TAG" xor:"what" help:"Release the newest version of each function that was published from this git tag; nothing is sent."`
}

func (f *askFlags) asked() release.Ask {
	return release.Ask{Version: f.ReleaseVersion, GitTag: f.GitTag, TakeOver: f.TakeOver}
}

// Help is shown below the command's usage.
func (*planCommand) Help() string {
	return "The exit code is 0 if a deploy would change nothing, 2 if it would change something, and 1 if that can't be told."
}

func (c *planCommand) Run(ctx context.Context, s *streams) error {
	w, err := c.open(ctx, s, nil)
	if err != nil {
		return err
	}
	plan, err := w.Runner.Plan(ctx, w.Environment, c.asked())
	if err != nil {
		return err
	}
	if c.Policy {
		policy, err := w.Policy(ctx, plan)
		if err != nil {
			return err
		}
		return s.document(policy)
	}
	if c.JSON {
		err = s.document(view.DocumentOf(plan))
	} else {
		heading(s, w)
		_, err = fmt.Fprint(s.out, view.Plan(plan))
	}
	if err == nil && !plan.Nothing() {
		return silently(exitChanges)
	}
	return err
}
