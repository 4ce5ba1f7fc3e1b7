package template_test

import (
	"time"

	"sluice/internal/race"
)

// patience is how long a wrong template may take, with room for a busy machine.
var patience = func() time.Duration {
	if race.Enabled {
		return 2 * time.Second
	}
	return 200 * time.Millisecond
}()
