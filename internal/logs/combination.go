package logs

import (
	"time"

	"sluice/internal/metric"
)

// maxCombinations is of how many combinations of its dimensions' values a metric filter makes metrics in an hour of the
// cloud: each is a metric of its own. AWS may disable a filter with as many pairs of names and values in an hour (API
// reference of PutMetricFilter).
const maxCombinations = 1000

// combinations are those that a filter made metrics of in the present hour. One goroutine uses it.
type combinations struct {
	hour    int64 // since 1970
	known   map[string]struct{}
	refused tally // events
}

// begin forgets what was known when another hour has come. length is an hour's, in nanoseconds.
func (c *combinations) begin(now time.Time, length int64) {
	if hour := now.UnixNano() / length; hour != c.hour {
		c.hour, c.known = hour, nil
	}
}

// admit reports whether there is a place for a combination, and counts the events for which there is none. One that no
// metric can have takes no place: it is refused, and told, when it is published.
func (c *combinations) admit(values string, id metric.ID) bool {
	if _, ok := c.known[values]; ok || id.Check() != nil {
		return true
	}
	if len(c.known) >= maxCombinations {
		c.refused.count++
		return false
	}
	if c.known == nil {
		c.known = map[string]struct{}{}
	}
	c.known[values] = struct{}{}
	return true
}
