package cli

import (
	"os"

	"github.com/mattn/go-isatty"
)

// isTerminal reports whether a person sits before a stream. /dev/null is a device too, and none of theirs.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && isatty.IsTerminal(file.Fd())
}
