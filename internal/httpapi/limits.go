package httpapi

import (
	"math"
	"time"

	"sluice/internal/tokenbucket"
)

// Admit counts a request to a route of a stage, and says whether it may go on, by the throttling that the stage has for the route or
// for all. The counts are in memory: a server that starts anew begins new ones.
func (s *Service) Admit(shown *Shown, key string) bool {
	burst, rate := shown.Stage.Default.Burst, shown.Stage.Default.Rate
	counted := ""
	if own, there := shown.Stage.Routes[key]; there && (own.Burst != nil || own.Rate != nil) {
		burst, rate, counted = own.Burst, own.Rate, key
	}
	if burst == nil && rate == nil {
		return true
	}
	return s.limits.Take(counter{shown.API.API, shown.Stage.Name, counted}, bound(burst, rate), time.Now())
}

// counter is what requests are counted under: a route's key, or nothing for all that have no settings of their own.
type counter struct{ api, stage, key string }

// bound takes a limit that was not given for none.
func bound(burst *int64, rate *float64) tokenbucket.Limit {
	l := tokenbucket.Limit{Burst: math.Inf(1), Rate: math.Inf(1)}
	if burst != nil {
		l.Burst = float64(*burst)
	}
	if rate != nil {
		l.Rate = *rate
	}
	return l
}
