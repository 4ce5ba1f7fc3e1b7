package velocity

import "sluice/internal/fault"

// The bounds of a template and of what it does. API Gateway's are 300 KB for a template, 1000 rounds for a loop and 10 MB for
// a payload (page "Quotas for configuring and running a REST API in API Gateway"); the others are Sluice's.
const (
	MaxTemplate = 300 << 10 // bytes of a template
	MaxSize     = 10 << 20  // bytes of a text that a template makes
	maxSteps    = 500_000
	maxRounds   = 1000
	maxDepth    = 100
	maxItems    = 100_000 // of a range
	maxPattern  = 1000    // bytes of a JSONPath or a regular expression
	maxDescents = 1       // of a JSONPath: what two find grows with the square of the depth
	maxUnions   = 10      // of a JSONPath: each doubles what it finds
	// stepSize is how many bytes of a text cost as much as a step, and matchSize how many that a regular expression goes through.
	stepSize   = 256
	matchSize  = 16
	querySteps = 10 // what a JSONPath costs besides
)

func tooMuch(what string) error {
	return fault.Errorf(fault.Limit, "template", "the mapping template goes too far: %s", what)
}

// spend counts steps.
func (r *run) spend(steps int) error {
	r.steps += steps
	if r.steps > maxSteps {
		return tooMuch("it takes too many steps")
	}
	return nil
}

// match counts what a regular expression will go through.
func (r *run) match(text string) error { return r.spend(len(text) / matchSize) }

// made counts a text that was made.
func (r *run) made(text string) (string, error) {
	if len(text) > MaxSize {
		return "", tooMuch("a text is too large")
	}
	return text, r.spend(1 + len(text)/stepSize)
}
