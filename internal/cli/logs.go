package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"sluice/internal/workspace"
)

type logsCommand struct {
	environmentFlags
	Follow bool          `short:"f" help:"Go on with what comes, until interrupted."`
	Since  time.Duration `default:"10m" help:"How far back, such as 90s or 2h."`
	Filter string        `placeholder:"PATTERN" help:"Only events that match a filter pattern of CloudWatch Logs."`
}

// Validate is asked before Run.
func (c *logsCommand) Validate() error {
	if c.Since < 0 {
		return errors.New("--since is negative: write how far back, such as 10m")
	}
	return c.environmentFlags.Validate()
}

func (c *logsCommand) Run(ctx context.Context, s *streams) error {
	w, err := c.openExisting(ctx, s, nil)
	if err != nil {
		return err
	}
	width := 0
	for _, f := range w.Environment.Functions {
		width = max(width, len(f.Key))
	}
	for line, err := range w.Logs(ctx, workspace.LogQuery{Since: time.Now().Add(-c.Since), Filter: c.Filter, Follow: c.Follow}) {
		if err == nil && c.JSON {
			err = s.line(line)
		} else if err == nil {
			_, err = fmt.Fprintf(s.out, "%s  %-*s %-9s %s\n", line.At.Local().Format("15:04:05.000"), width, line.Function, "["+line.Version+"]", strings.TrimRight(line.Message, "\r\n"))
		}
		if err != nil {
			return err
		}
	}
	if c.Follow { // an interrupt is how it ends
		return nil
	}
	return context.Cause(ctx)
}
