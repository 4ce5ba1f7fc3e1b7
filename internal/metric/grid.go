package metric

import (
	"time"

	"sluice/internal/clock"
)

// level is how fine a bucket is. Each holds what no finer one has room or time for.
type level int

const (
	seconds level = iota
	minutes
	fives // five minutes
	hours
	levels // how many there are
)

// grid says where buckets begin. They are as long as a second, a minute, five minutes and an hour of the cloud; minutes
// are the unit, aligned to 1970 as on AWS, so that each bucket lies within one of the next level whatever the scale is.
type grid struct {
	minute int64 // nanoseconds here
}

func newGrid(scale clock.Scale) grid {
	return grid{max(60, int64(scale.Here(time.Minute)))}
}

// minutesOf is how many minutes a bucket has.
var minutesOf = [levels]int64{minutes: 1, fives: 5, hours: 60}

// within is how many buckets of a level one of the next has.
var within = [levels]int64{seconds: 60, minutes: 5, fives: 12}

// slot numbers the bucket that a time (nanoseconds since 1970, not before) falls into.
func (g grid) slot(l level, at int64) int64 {
	minute := max(at, 0) / g.minute
	if l == seconds {
		return minute*60 + (max(at, 0)-minute*g.minute)*60/g.minute
	}
	return minute / minutesOf[l]
}

// start is the first nanosecond of a bucket.
func (g grid) start(l level, slot int64) int64 {
	if l == seconds {
		minute, second := slot/60, slot%60
		return minute*g.minute + (second*g.minute+59)/60
	}
	return slot * minutesOf[l] * g.minute
}
