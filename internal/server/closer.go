package server

import (
	"context"
	"errors"
	"fmt"
)

// closer closes what was opened, the last first.
type closer struct {
	steps []closeStep
}

type closeStep struct {
	what  string
	close func(context.Context) error
}

func (c *closer) add(what string, close func(context.Context) error) {
	c.steps = append(c.steps, closeStep{what, close})
}

func (c *closer) close(ctx context.Context) error {
	var errs []error
	for len(c.steps) > 0 {
		last := c.steps[len(c.steps)-1]
		c.steps = c.steps[:len(c.steps)-1]
		if err := last.close(ctx); err != nil {
			errs = append(errs, fmt.Errorf("close %s: %w", last.what, err))
		}
	}
	return errors.Join(errs...)
}
