package rollout

import (
	"context"
	"sync"
	"time"

	"sluice/internal/clock"
)

// stepsAtOnce bounds how many deployments take a step in the same moment. Most of a step is waiting for the store, which
// commits what comes together at once.
const stepsAtOnce = 256

// controller drives the deployments that have not ended: it wakes each when its time has come.
type controller struct {
	ServiceConfig
	agenda *agenda
	slots  chan struct{} // one for each step that is being taken

	stopping context.Context // ends when the controller is closed
	stop     context.CancelFunc
	running  sync.WaitGroup

	mu       sync.Mutex
	drivers  map[string]*driver                // by the deployment's ID; guarded by mu
	watching map[alarmKey]map[*driver]struct{} // those that heed an alarm; guarded by mu
}

func newController(cfg ServiceConfig) *controller {
	stopping, stop := context.WithCancel(context.Background())
	return &controller{
		ServiceConfig: cfg, agenda: newAgenda(), slots: make(chan struct{}, stepsAtOnce), stopping: stopping, stop: stop,
		drivers: map[string]*driver{}, watching: map[alarmKey]map[*driver]struct{}{},
	}
}

// start takes up what a server before this one left.
func (c *controller) start(ctx context.Context) error {
	var open []*Deployment
	err := c.Store.ReadRollouts(ctx, func(r Reader) (err error) {
		open, err = r.OpenDeployments()
		return err
	})
	if err != nil {
		return err
	}
	for _, d := range open {
		d.State.Due = rescaled(d.State.Due, now(), d.Scale, c.Scale)
		d.State = d.State.Renewed(now(), c.Scale)
		c.drive(d)
	}
	c.running.Go(c.run)
	return nil
}

// rescaled returns when a wait ends of which the rest passes at another scale than its beginning.
func rescaled(due, now time.Time, before, after clock.Scale) time.Time {
	if left := due.Sub(now); !due.IsZero() && left > 0 {
		return now.Add(after.Here(before.Cloud(left)))
	}
	return due
}

func (c *controller) close() {
	c.mu.Lock() // who starts something under mu sees that it is too late
	c.stop()
	c.mu.Unlock()
	c.running.Wait()
}

// spawn runs something in the background that close waits for, unless the controller is being closed.
func (c *controller) spawn(run func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopping.Err() == nil {
		c.running.Go(run)
	}
}

// run wakes drivers until the controller is closed.
func (c *controller) run() {
	timer := time.NewTimer(idle)
	defer timer.Stop()
	for {
		drivers, wait := c.agenda.due(time.Now())
		for _, d := range drivers {
			select {
			case c.slots <- struct{}{}:
			case <-c.stopping.Done():
				return
			}
			c.running.Go(func() {
				d.wake()
				<-c.slots
			})
		}
		timer.Reset(wait)
		select {
		case <-timer.C:
		case <-c.agenda.changed:
		case <-c.stopping.Done():
			return
		}
	}
}

// drive takes a stored deployment up, from the start or from where it stands, unless somebody has done it.
func (c *controller) drive(d *Deployment) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.drivers[d.ID] != nil {
		return
	}
	driven := &driver{controller: c, deployment: d, todo: d.State.Pending()}
	if d.Status() == Created {
		driven.inbox = []Event{{Kind: Start}}
	}
	c.drivers[d.ID] = driven
	c.watch(driven)
	c.agenda.add(time.Now(), driven)
}

// post tells a deployment's driver of an event and returns the deployment as it stands after it; nil if nobody drives it.
func (c *controller) post(id string, e Event) *Deployment {
	c.mu.Lock()
	d := c.drivers[id]
	c.mu.Unlock()
	if d == nil {
		return nil
	}
	return d.post(e)
}

// postIf is post for an event that fits only a deployment as ready wants it. Posted is false if it is not, or if nobody
// drives it.
func (c *controller) postIf(id string, e Event, ready func(*Deployment) bool) (posted bool, after *Deployment) {
	c.mu.Lock()
	d := c.drivers[id]
	c.mu.Unlock()
	if d == nil {
		return false, nil
	}
	return d.postIf(e, ready)
}

func (c *controller) forget(d *driver) {
	c.mu.Lock()
	delete(c.drivers, d.deployment.ID)
	c.unwatch(d)
	c.mu.Unlock()
}
