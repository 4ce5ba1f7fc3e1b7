package cli

import (
	"fmt"

	"sluice/internal/cli/view"
	"sluice/internal/deployer/release"
)

// teller prints events as they happen, a line each.
type teller struct {
	*streams
	json  bool
	lines view.Events
}

func (t *teller) tell(e release.Event) {
	if t.json {
		_ = t.line(e) // a reader that went away misses events; the release goes on
		return
	}
	if line := t.lines.Line(e); line != "" {
		fmt.Fprintln(t.out, line)
	}
}
