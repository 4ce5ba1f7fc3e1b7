package rollout

import (
	"time"

	"sluice/internal/comparison"
	"sluice/internal/function"
)

// Measures tells what versions have done. internal/server implements it.
type Measures interface {
	// Measured returns what a version has done for those who called an alias, since the server started or since a day
	// without calls. Durations are of calls that succeeded and were not their process's first.
	Measured(id function.ID, alias string, n function.Number) comparison.Counts
	// Recently returns the same of the last minutes.
	Recently(id function.ID, alias string, n function.Number) comparison.Counts
}

// How often a comparison is looked at: each second of the cloud, but within these bounds here.
const (
	lookAtMost  = 250 * time.Millisecond
	lookAtLeast = 20 * time.Millisecond
)

// storeEvery is how often evidence is stored at most, in the cloud's time, and storeAtMost here: a server that dies takes
// so much of it along.
const (
	storeEvery  = 10 * time.Second
	storeAtMost = time.Second
)

// comparing is a comparison that goes on while traffic moves.
type comparing struct {
	test            comparison.Test
	current, target comparison.Counts // at the last look
	next            time.Time         // when to look again
	stored          time.Time         // when the test was stored last
}

// compares reports whether the target is to be compared with the version that it replaces: as soon as it has traffic.
func (d *driver) compares() bool {
	s := d.deployment.State
	return d.deployment.Options.Compare && s.Status == InProgress && s.Percent > 0
}

// keepComparing begins to compare when the target has got traffic, and says when to look next.
func (d *driver) keepComparing(now time.Time) {
	if !d.compares() {
		return
	}
	if d.comparing == nil {
		d.comparing = d.beginComparing()
	}
	if c := d.comparing; !now.Before(c.next) {
		c.next = now.Add(min(max(d.controller.Scale.Here(time.Second), lookAtLeast), lookAtMost))
		d.controller.agenda.add(c.next, d)
	}
}

// beginComparing starts from what was stored, or from what the current version has done so far.
func (d *driver) beginComparing() *comparing {
	c := &comparing{
		current: d.measured(d.deployment.Spec.Current), target: d.measured(d.deployment.Spec.Target), stored: time.Now(),
	}
	if stored := d.deployment.Comparison; stored != nil {
		c.test = *stored
	} else {
		spec := d.deployment.Spec
		c.test = comparison.New(comparison.Options{}, d.controller.Measures.Recently(d.deployment.Function(), spec.Alias, spec.Current))
	}
	return c
}

func (d *driver) measured(n function.Number) comparison.Counts {
	return d.controller.Measures.Measured(d.deployment.Function(), d.deployment.Spec.Alias, n)
}

// compare takes in what happened since the last look. The event stops a deployment whose target does worse.
func (d *driver) compare() *Event {
	if d.comparing == nil || !d.compares() {
		return nil
	}
	c, spec := d.comparing, d.deployment.Spec
	current, target := d.measured(spec.Current), d.measured(spec.Target)
	newCurrent, newTarget := current.Since(c.current), target.Since(c.target)
	c.current, c.target = current, target
	if d.deployment.State.Percent == 100 && newCurrent.Calls == 0 {
		c.test = c.test.Alone(newTarget)
	} else {
		c.test = c.test.Observe(newCurrent, newTarget)
	}
	if !c.test.Verdict().Worse {
		return nil
	}
	detail := c.test.Text("version "+spec.Current.String(), "version "+spec.Target.String())
	return &Event{Kind: Stop, Failure: &Failure{Cause: TargetWorse, Message: alarmRangText, Detail: "The comparison of both versions stopped the deployment: " + detail + "."}}
}

// evidenceDue reports whether evidence waits to be stored.
func (d *driver) evidenceDue() bool {
	c := d.comparing
	return c != nil && d.compares() && time.Since(c.stored) >= max(d.controller.Scale.Here(storeEvery), storeAtMost)
}
