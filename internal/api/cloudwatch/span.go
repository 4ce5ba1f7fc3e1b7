package cloudwatch

import "time"

// served reports whether data can be asked for in periods of so many seconds.
func served(period int64) bool {
	switch period {
	case 1, 5, 10, 20, 30:
		return true
	}
	return period > 0 && period%60 == 0 && period <= longest
}

// beginning rounds the start of a query down: to the minute, or to the period if that is shorter; what is older than 15
// days to five minutes, and what is older than 63 days to the hour ("GetMetricStatistics", StartTime). Periods then
// follow each other from there, and need not begin at multiples of themselves.
func beginning(start time.Time, period time.Duration, now time.Time) time.Time {
	const day = 24 * time.Hour
	unit := min(period, time.Minute)
	switch age := now.Sub(start); {
	case age > 63*day:
		unit = time.Hour
	case age > 15*day:
		unit = 5 * time.Minute
	}
	return start.UTC().Truncate(unit)
}

// Times that metrics can have, and that fit a count of nanoseconds.
var (
	epoch = time.Unix(0, 0).UTC()
	far   = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
)

// reachable bounds a time to those that metrics can have.
func reachable(t time.Time) time.Time {
	switch {
	case t.Before(epoch):
		return epoch
	case t.After(far):
		return far
	}
	return t
}
