// Package clock scales the durations that belong to the cloud: rollout intervals, hook time limits, alarm periods.
//
// Timestamps are never scaled, nor are the durations of the machine itself (a function's timeout, a shutdown's grace).
package clock

import (
	"fmt"
	"time"
)

// Scale says how many seconds of the cloud pass in one second here: at 60 a ten-minute rollout takes ten seconds.
// The zero Scale counts as 1.
type Scale float64

// Bounds of a usable Scale. Above the upper one timers would be dominated by their own lateness.
const (
	MinScale Scale = 0.001
	MaxScale Scale = 100_000
)

// Validate reports a scale outside [MinScale, MaxScale].
func (s Scale) Validate() error {
	if s == 0 || (s >= MinScale && s <= MaxScale) {
		return nil
	}
	return fmt.Errorf("time scale %v is out of range: use a number from %v to %v", float64(s), float64(MinScale), float64(MaxScale))
}

// Here returns how long a duration of the cloud takes on this machine.
func (s Scale) Here(cloud time.Duration) time.Duration {
	if s == 0 || s == 1 {
		return cloud
	}
	return time.Duration(float64(cloud) / float64(s))
}

// Cloud returns how much time of the cloud passes in a duration on this machine.
func (s Scale) Cloud(here time.Duration) time.Duration {
	if s == 0 || s == 1 {
		return here
	}
	return time.Duration(float64(here) * float64(s))
}
