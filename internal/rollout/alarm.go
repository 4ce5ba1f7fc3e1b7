package rollout

import (
	"context"
	"slices"
	"strings"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// Alarms are the alarms that are to stop a deployment. Nil names: they were never configured.
type Alarms struct {
	Enabled        bool
	IgnoreFailures bool // go on if the alarms' states can't be read
	Names          []string
}

// maxAlarms is how many alarms a group or a deployment may have (AWS's page "CodeDeploy quotas").
const maxAlarms = 10

func (a Alarms) validate() error {
	if len(a.Names) > maxAlarms {
		return fault.Errorf(fault.Limit, "alarms", "A deployment group can have at most %d alarms", maxAlarms)
	}
	if a.Enabled && len(a.Names) == 0 {
		return fault.Errorf(fault.Invalid, "alarms", "Alarms are enabled without an alarm")
	}
	seen := map[string]bool{}
	for _, name := range a.Names {
		if name == "" || len(name) > 255 || seen[name] {
			return fault.Errorf(fault.Invalid, "alarms", "'%s' is not a valid alarm name here: names are 1 to 255 characters long and unique", name)
		}
		seen[name] = true
	}
	return nil
}

// AlarmStates tells which alarms ring. internal/alarm's Service implements it.
type AlarmStates interface {
	// Ringing returns when those of the named alarms began to ring last that ring now, or have begun to since a time.
	// Errors: fault.NotFound "alarm", naming those that do not exist.
	Ringing(ctx context.Context, scope function.Scope, names []string, since time.Time) (map[string]time.Time, error)
}

// alarmKey names an alarm.
type alarmKey struct {
	scope function.Scope
	name  string
}

// AlarmChanged says that an alarm began to ring, stopped, or was deleted. It returns at once; the deployments that heed
// the alarm look at their alarms then. One that rang only for a moment counts too.
func (s *Service) AlarmChanged(scope function.Scope, name string) {
	c := s.controller
	c.mu.Lock()
	defer c.mu.Unlock()
	for d := range c.watching[alarmKey{scope, name}] {
		d.alarmed.Store(true)
		c.agenda.add(time.Now(), d)
	}
}

// watch notes which alarms a driver's deployment heeds. The caller holds mu.
func (c *controller) watch(d *driver) {
	for _, key := range d.deployment.alarmKeys() {
		if c.watching[key] == nil {
			c.watching[key] = map[*driver]struct{}{}
		}
		c.watching[key][d] = struct{}{}
	}
}

// unwatch is the end of watch. The caller holds mu.
func (c *controller) unwatch(d *driver) {
	for _, key := range d.deployment.alarmKeys() {
		if delete(c.watching[key], d); len(c.watching[key]) == 0 {
			delete(c.watching, key)
		}
	}
}

func (d *Deployment) alarmKeys() (keys []alarmKey) {
	if !d.Alarms.Enabled {
		return nil
	}
	for _, name := range d.Alarms.Names {
		keys = append(keys, alarmKey{d.Scope, name})
	}
	return keys
}

// lookAtAlarms returns the event that stops a deployment, if an alarm that it heeds rings or can't be read; else nil.
func (c *controller) lookAtAlarms(ctx context.Context, d *Deployment) *Event {
	if !d.Alarms.Enabled {
		return nil
	}
	since, err := c.Alarms.Ringing(ctx, d.Scope, d.Alarms.Names, d.Created)
	switch {
	case err != nil && (d.Alarms.IgnoreFailures || ctx.Err() != nil):
		return nil
	case err != nil:
		detail := "The state of its alarms could not be read. " + strings.TrimSuffix(err.Error(), ".") + "."
		if fault.Is(err, fault.NotFound, "alarm") {
			detail += " Create the alarm, take it out of the deployment group, or set ignorePollAlarmFailure."
		}
		return alarmStop(detail)
	}
	var ringing []string
	for name, at := range since {
		if !d.Options.NewAlarms || !at.Before(d.Created) {
			ringing = append(ringing, "<"+name+">")
		}
	}
	if len(ringing) == 0 {
		return nil
	}
	slices.Sort(ringing)
	// AWS's text (printed in a run of 2026-08-08).
	return alarmStop("One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: " + strings.Join(ringing, " "))
}

func alarmStop(detail string) *Event {
	return &Event{Kind: Stop, Failure: &Failure{Cause: AlarmRang, Message: alarmRangText, Detail: detail}}
}
