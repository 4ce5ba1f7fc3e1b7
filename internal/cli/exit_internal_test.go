package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"sluice/internal/deployer/release"
	"sluice/internal/fault"
)

func TestExitCodes(t *testing.T) {
	conflict := fault.Errorf(fault.Conflict, "alias", "held")
	for _, c := range []struct {
		what string
		err  error
		want int
	}{
		{"nothing", nil, 0},
		{"an error", errors.New("no"), 1},
		{"a fault", fault.Errorf(fault.NotFound, "function", "no"), 1},
		{"a function that can't run", fault.Errorf(fault.Conflict, "function", "no"), 1},
		{"no answer", fault.Errorf(fault.Unavailable, "alias", "no"), 1},
		{"changes of a plan", silently(exitChanges), 2},
		{"a failed release", &release.Failed{Cause: errors.New("no")}, 3},
		{"a failed release that was interrupted", &release.Failed{Cause: context.Canceled}, 3},
		{"an alias that is held", conflict, 4},
		{"a run that stopped at one", &release.Stopped{Cause: conflict}, 4},
		{"a deployment that is under way", fault.Errorf(fault.Conflict, "deployment", "no"), 4},
		{"no release", fault.Errorf(fault.Conflict, "release", "no"), 4},
		{"another revision", fault.Errorf(fault.Precondition, "function", "no"), 4},
		{"an interrupt", fmt.Errorf("read: %w", context.Canceled), 130},
		{"a run that was interrupted", &release.Stopped{Cause: context.Canceled}, 130},
	} {
		var told bytes.Buffer
		if got := exit(&told, c.err); got != c.want {
			t.Errorf("%s: exit code %d, want %d", c.what, got, c.want)
		}
		_, quiet := c.err.(silently)
		if speaks := strings.HasPrefix(told.String(), "sluice: "); speaks != (c.err != nil && !quiet) {
			t.Errorf("%s: told %q", c.what, told.String())
		}
	}
}
