package async

import (
	"fmt"
	"maps"

	"sluice/internal/function"
)

// loopLength is how often a function runs in one chain of destinations before the chain is cut (AWS's page "Use Lambda
// recursive loop detection to prevent infinite loops": about 16 times).
const loopLength = 16

// passed counts the functions of a chain up to the event that has ended.
func (c *Completion) passed() map[string]int {
	passed := map[string]int{}
	maps.Copy(passed, c.Passed)
	passed[c.Function.ARN()]++
	return passed
}

// stopped reports whether a chain that has passed functions so often may not come to one again.
func stopped(r function.Reader, id function.ID, passed map[string]int) bool {
	if passed[id.ARN()] < loopLength {
		return false
	}
	f, err := r.Function(id)
	return err == nil && f.Recursion != function.RecursionAllowed
}

// loop is the error of a chain of destinations that runs in a circle.
type loop struct{ stopped Invocation }

// Error says whom the chain came to again.
func (l *loop) Error() string {
	return fmt.Sprintf("the function %s was called %d times in one chain of destinations, which is taken for an endless loop",
		l.stopped.Function.ARN(), loopLength)
}
