package schema

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"unicode/utf8"
)

// A text that a client sends may be nested so deeply, and have numbers of so many characters (both are the usual limits of the
// JSON reader of AWS's language).
const (
	maxDepth  = 1000
	maxNumber = 1000
)

// maxSchemaDepth is how deeply objects and lists of a schema may be nested. The places in a schema are kept for errors: their
// length grows with their depth.
const maxSchemaDepth = 200

// A check takes at most so many steps, and more for each byte of the text: schemas that name others twice, again and again,
// would take exponential time.
const (
	mostSteps    = 1_000_000
	stepsForByte = 20
	betweenLooks = 4096 // steps between two looks at the context
)

// mostMismatches is how much that is wrong is said.
const mostMismatches = 100

// mostShown is how many bytes of a value are shown.
const mostShown = 4096

// ErrTooMuch says that a text is nested too deeply, has a number that is too long, or takes too long to check.
var ErrTooMuch = errors.New("the text takes too much to check")

// modest reports whether a value keeps to the limits of depth and numbers.
func modest(value any, depth int) bool {
	switch v := value.(type) {
	case json.Number:
		return len(v) <= maxNumber
	case []any:
		for _, each := range v {
			if depth == 0 || !modest(each, depth-1) {
				return false
			}
		}
	case map[string]any:
		for _, each := range v {
			if depth == 0 || !modest(each, depth-1) {
				return false
			}
		}
	}
	return true
}

// check is one check of a value.
type check struct {
	ctx    context.Context
	left   int // steps; none are left once the context has ended
	unseen int // steps since the last look at the context
	asked  int // schemas around, of which only whether the value fits is of interest
	said   int
}

// spend takes steps, about one for a schema or a character that is looked at, and reports whether any are left.
func (c *check) spend(steps int) bool {
	c.left -= steps
	if c.unseen += steps; c.unseen >= betweenLooks {
		c.unseen = 0
		if c.ctx.Err() != nil {
			c.left = 0
		}
	}
	return c.left > 0
}

// reporter takes what is wrong.
type reporter = func(format string, args ...any)

// reporter adds to a list of what is wrong. Where nobody reads it, nothing is worded.
func (c *check) reporter(to *[]string) reporter {
	return func(format string, args ...any) {
		if c.asked > 0 || c.said >= mostMismatches {
			*to = append(*to, "")
			return
		}
		c.said++
		text := fmt.Sprintf(format, args...)
		c.spend(len(text))
		*to = append(*to, text)
	}
}

// enough reports whether no more that is wrong is of interest.
func (c *check) enough(wrong []string) bool {
	return c.left <= 0 || c.said >= mostMismatches || c.asked > 0 && len(wrong) > 0
}

// canonical is the same text for values that are equal.
func (c *check) canonical(value any) string {
	text := canonical(value)
	c.spend(len(text))
	return text
}

// matches reports whether a pattern is in a text. A long one is read piece by piece, to end with the check.
func (c *check) matches(pattern *regexp.Regexp, text string) bool {
	if len(text) < betweenLooks {
		c.spend(len(text))
		return pattern.MatchString(text)
	}
	return pattern.MatchReader(&characters{c, text})
}

// characters are those of a text, as long as the check has steps left.
type characters struct {
	of   *check
	rest string
}

// ReadRune implements io.RuneReader.
func (r *characters) ReadRune() (rune, int, error) {
	if r.rest == "" || !r.of.spend(1) {
		return 0, 0, io.EOF
	}
	c, size := utf8.DecodeRuneInString(r.rest)
	r.rest = r.rest[size:]
	return c, size, nil
}

// shown is a value that is written as JSON where it is worded; what is long is cut.
type shown struct{ value any }

// String implements fmt.Stringer.
func (s shown) String() string {
	text := show(s.value)
	if len(text) > mostShown {
		return text[:mostShown] + "…"
	}
	return text
}
