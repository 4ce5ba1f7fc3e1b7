package cloudwatch

import (
	"context"
	"errors"
	"strconv"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/metric"
	"sluice/internal/metric/expression"
)

// shelf is a catalog of as many metrics, in two namespaces by turns.
func shelf(metrics, left int) *catalog {
	c := &catalog{left: left}
	for i := range metrics {
		c.known = append(c.known, metric.ID{Namespace: "ns" + strconv.Itoa(i%2), Name: "Errors"})
	}
	return c
}

func looking(query string) expression.Search {
	return expression.Search{Query: query, Statistic: "Sum", Period: time.Minute}
}

func TestSearchesAreBounded(t *testing.T) {
	for _, tt := range []struct {
		name, query string
		left        int
		ok          bool
	}{
		{"as many looks as there are", "errors", 100, true},
		{"one look too many", "errors", 99, false},
		{"each term is a look", "errors errors", 199, false},
		{"enough for two terms", "errors errors", 200, true},
		{"another namespace costs nothing", "{ns1} errors", 50, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := shelf(100, tt.left).find(t.Context(), looking(tt.query))
			if (err == nil) != tt.ok || err != nil && !fault.Is(err, fault.Limit, "datapoints") {
				t.Errorf("error %v", err)
			}
		})
	}
	t.Run("all searches of a request share the bound", func(t *testing.T) {
		c := shelf(100, 150)
		_, first := c.find(t.Context(), looking("errors"))
		_, second := c.find(t.Context(), looking("errors"))
		if first != nil || !fault.Is(second, fault.Limit, "datapoints") {
			t.Errorf("errors %v and %v", first, second)
		}
	})
}

func TestASearchStopsWhereItHasEnough(t *testing.T) {
	found, err := shelf(2000, maxFound).find(t.Context(), looking("errors"))
	if err != nil || len(found) != maxFound {
		t.Errorf("found %d, %v", len(found), err)
	}
}

func TestASearchEndsWithItsRequest(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := shelf(1, 9).find(ctx, looking("errors")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
