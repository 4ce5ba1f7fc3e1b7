package template_test

import (
	"time"

	"sluice/internal/race"
)

// patience is how long a wrong template may take.
var patience = func() time.Duration {
	if race.Enabled {
		return time.Second
	}
	return 100 * time.Millisecond
}()
