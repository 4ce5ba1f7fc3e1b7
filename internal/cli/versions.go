package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/alecthomas/kong"

	"sluice/internal/cli/view"
	"sluice/internal/deployer"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

type versionsCommand struct {
	environmentFlags
	Diff versionPair `placeholder:"A B" help:"Show what differs between two versions; $$LATEST is one too."`
}

// versionPair is a flag with two values.
type versionPair struct{ from, to string }

// Decode reads both values.
func (p *versionPair) Decode(ctx *kong.DecodeContext) error {
	if ctx.Scan.PopValueInto("version", &p.from) != nil || ctx.Scan.PopValueInto("version", &p.to) != nil {
		return errors.New("it takes two versions, such as 3 4")
	}
	return nil
}

func (c *versionsCommand) Run(ctx context.Context, s *streams) error {
	w, err := c.openExisting(ctx, s, nil)
	if err != nil {
		return err
	}
	histories, err := w.Runner.Versions(ctx, w.Environment)
	if err != nil {
		return err
	}
	if c.Diff.from != "" {
		return c.differ(s, histories)
	}
	if c.JSON {
		return s.document(view.HistoriesOf(histories))
	}
	heading(s, w)
	_, err = fmt.Fprint(s.out, view.Histories(histories, time.Local))
	return err
}

// differ prints what differs between two versions of each function that has both.
func (c *versionsCommand) differ(s *streams, histories []release.History) error {
	all := []view.Difference{}
	for _, h := range histories {
		if h.Found == nil {
			continue
		}
		from, ok1 := h.Found.Version(c.Diff.from)
		to, ok2 := h.Found.Version(c.Diff.to)
		if !ok1 || !ok2 {
			continue
		}
		changes := deployer.VersionDifferences(from, to)
		if changes == nil {
			changes = []deployer.Change{}
		}
		all = append(all, view.Difference{Function: h.Function, From: from.Number, To: to.Number, Changes: changes})
	}
	if len(all) == 0 {
		return fault.Errorf(fault.NotFound, "version", "no function has both versions %s and %s: `sluice versions` lists those there are", c.Diff.from, c.Diff.to)
	}
	if c.JSON {
		return s.document(all)
	}
	_, err := fmt.Fprint(s.out, view.Differences(all))
	return err
}
