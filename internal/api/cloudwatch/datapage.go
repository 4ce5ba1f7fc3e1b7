package cloudwatch

import (
	"slices"
	"time"

	apishape "sluice/internal/api/shape"
	shape "sluice/internal/api/shape/cloudwatch"
	"sluice/internal/api/wire"
	"sluice/internal/metric"
)

// dataPage says which part of the lines a reply holds: those from Line on, limit points at most. Its exported members are
// the token of the next page. Points are found again by their time, because others may have come in between.
type dataPage struct {
	Line      int    // lines before it were given
	Last      *int64 // the last given point of Line in microseconds since 1970; nil if none was
	limit     int
	ascending bool // oldest first; by default the newest come first
}

func readPage(in *shape.GetMetricDataInput) (dataPage, error) {
	p := dataPage{limit: maxPageSize, ascending: wire.Value(in.ScanBy) == "TimestampAscending"}
	if in.MaxDatapoints != nil {
		if *in.MaxDatapoints < 1 || *in.MaxDatapoints > maxPageSize {
			return p, invalidData("The value %d for parameter MaxDatapoints is not between 1 and %d.", *in.MaxDatapoints, maxPageSize)
		}
		p.limit = int(*in.MaxDatapoints)
	}
	return p, readToken(dataPages, in.NextToken, &p)
}

// cut makes the page of all lines, and the token of the next one if there is more.
func (p dataPage) cut(lines []dataLine) (results []shape.MetricDataResult, next *string, err error) {
	results = []shape.MetricDataResult{}
	left := p.limit
	var behind *dataPage
	for i := max(p.Line, 0); i < len(lines); i++ {
		rest := p.rest(i, lines[i])
		given := p.take(rest, left)
		left -= len(given)
		whole := len(given) == len(rest) && !lines[i].unread
		if !whole && behind == nil {
			behind = &dataPage{Line: i}
			if len(given) > 0 {
				behind.Last = new(given[len(given)-1].Time.UnixMicro())
			}
		}
		results = append(results, dataResult(lines[i], given, whole))
	}
	if behind != nil {
		next, err = writeToken(dataPages, behind)
	}
	return results, next, err
}

// rest returns the points of a line that no earlier page had, oldest first.
func (p dataPage) rest(i int, line dataLine) []metric.Point {
	if i != p.Line || p.Last == nil {
		return line.points
	}
	at, given := slices.BinarySearchFunc(line.points, time.UnixMicro(*p.Last), func(point metric.Point, last time.Time) int {
		return point.Time.Compare(last)
	})
	if !p.ascending {
		return line.points[:at]
	}
	if given {
		at++
	}
	return line.points[at:]
}

// take copies the first so many points in the order of the reply: only those, for lines can be long.
func (p dataPage) take(points []metric.Point, limit int) []metric.Point {
	n := min(limit, len(points))
	if p.ascending {
		return points[:n]
	}
	newest := slices.Clone(points[len(points)-n:])
	slices.Reverse(newest)
	return newest
}

func dataResult(line dataLine, points []metric.Point, whole bool) shape.MetricDataResult {
	r := shape.MetricDataResult{
		Id: &line.id, Label: &line.label, StatusCode: new("Complete"),
		Timestamps: make([]apishape.Timestamp, 0, len(points)), Values: make([]float64, 0, len(points)),
	}
	if !whole {
		r.StatusCode = new("PartialData")
	}
	for _, p := range points {
		r.Timestamps = append(r.Timestamps, apishape.Timestamp{Time: p.Time})
		r.Values = append(r.Values, p.Value)
	}
	return r
}
