package rollout

import "time"

// Shift is one step of a plan: the share that the target version gets, and how long it keeps it.
type Shift struct {
	Percent int           // of the traffic, whole, 1 to 100
	Wait    time.Duration // of the cloud, until the next shift; zero at the last
}

// Plan returns the shifts of a deployment, the last of which is 100 %. The first comes at once.
func (c *Config) Plan() []Shift {
	wait := time.Duration(c.Minutes) * time.Minute
	var plan []Shift
	switch c.Strategy {
	case Canary:
		plan = []Shift{{c.Percent, wait}}
	case Linear:
		for percent := c.Percent; percent < 100; percent += c.Percent {
			plan = append(plan, Shift{percent, wait})
		}
	}
	return append(plan, Shift{Percent: 100})
}
