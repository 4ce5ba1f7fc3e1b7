package expression

import (
	"math"
	"slices"
	"strings"
	"time"

	"sluice/internal/metric"
)

// maxFound bounds the metrics that one SEARCH may come to (the guide's quota of a search expression).
const maxFound = 500

// search is SEARCH(query, statistic[, period in seconds]).
func search(c *compiler, n call) (formula, error) {
	wanted, err := c.wanted(n)
	if err != nil {
		return formula{}, err
	}
	if !slices.Contains(c.set.searches, wanted) {
		c.set.searches = append(c.set.searches, wanted)
	}
	return formula{Array, maxFound, func(e *evaluation) value {
		found := e.data.Found[wanted]
		var all value
		for _, f := range found[:min(len(found), maxFound)] {
			if !e.afford(1 + len(f.Points)) {
				return value{}
			}
			all.series = append(all.series, seriesOf(f.Name, wanted.Period, f.Points))
		}
		return all
	}}, nil
}

// wanted reads what a call of SEARCH asks for.
func (c *compiler) wanted(n call) (Search, error) {
	wrong := refuse("Function 'SEARCH' takes a search text, a statistic and, maybe, a period in seconds")
	if len(n.arguments) != 2 && len(n.arguments) != 3 {
		return Search{}, wrong
	}
	query, ok := n.arguments[0].(text)
	statistic, named := n.arguments[1].(text)
	if !ok || !named || strings.TrimSpace(query.value) == "" {
		return Search{}, wrong
	}
	period := c.period()
	if len(n.arguments) == 3 {
		l, ok := n.arguments[2].(literal)
		if !ok || l.value < 1 || l.value > 86400 || l.value != math.Trunc(l.value) {
			return Search{}, wrong
		}
		period = time.Duration(l.value) * time.Second
	}
	return Search{query.value, metric.Statistic(statistic.value), period}, nil
}
