package cli

import (
	"context"
	"errors"
	"fmt"

	"sluice/internal/cli/view"
	"sluice/internal/deployer/release"
)

type pruneCommand struct {
	environmentFlags
	consentFlags
	Keep int `required:"" placeholder:"N" help:"How many of the newest versions stay; those that an alias names stay in any case."`
}

func (c *pruneCommand) Run(ctx context.Context, s *streams) error {
	defer s.outliveReader()()
	told := &teller{streams: s}
	observe := told.tell
	if c.JSON {
		observe = func(release.Event) {}
	}
	w, err := c.openExisting(ctx, s, observe)
	if err != nil {
		return err
	}
	told.lines = view.EventsOf(w.Environment)
	if err := c.consent(ctx, s, w, "Delete old versions in"); err != nil {
		return err
	}
	gone, err := w.Runner.Prune(ctx, w.Environment, c.Keep)
	if c.JSON {
		return errors.Join(err, s.document(gone))
	}
	if err == nil && len(gone) == 0 {
		_, err = fmt.Fprintln(s.out, "Nothing to delete: all versions are among the newest, or an alias names them.")
	}
	return err
}
