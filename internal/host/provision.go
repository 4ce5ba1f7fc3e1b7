package host

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// provision keeps environments of a pool initialised, whether calls come or not. The pool's lock covers its fields.
//
// No goroutine stands by for it. Whatever changes how many there are, or how many there should be, calls tend, which
// starts what is missing, each in a goroutine that holds its environment's place in the room.
type provision struct {
	wanted   int
	idle     []*environment // initialised; the last is taken first
	ready    int            // initialised, idle or busy
	starting int
	// failures counts starts in a row that failed, deaths the environments in a row that ended soon after their start
	// without a call to blame.
	failures, deaths int
	reason           string        // why it has failed; then nothing is started any more
	settled          func()        // told once when it is ready or has failed
	done             chan struct{} // closed then; nil before the first Provision
	retry            *time.Timer   // set while the next start is put off
}

const (
	// maxFailures is how often AWS tries (its test of an initialisation that fails found six log streams).
	maxFailures = 6
	// retryAfter is how long after a failure the next start comes; it doubles with each.
	retryAfter = 50 * time.Millisecond
	// probation is how long an environment has to live to be no failed start.
	probation = 10 * time.Second
	// initFailure is AWS's reason for a function that can't start (test_provisioned_concurrency_init_failure).
	initFailure = "FUNCTION_ERROR_INIT_FAILURE"
)

// startsAtOnce bounds how many processes a pool starts ahead at once: calls that run need the processors too.
func startsAtOnce() int { return max(4, 2*runtime.NumCPU()) }

// Provision keeps n environments initialised; see function.Pool.
func (p *pool) Provision(n int, settled func()) {
	p.mu.Lock()
	v := &p.provision
	v.finish()
	done := make(chan struct{})
	v.wanted, v.done = n, done
	v.failures, v.deaths, v.reason = 0, 0, ""
	if p.retired || p.closed {
		v.wanted = 0
	}
	p.mu.Unlock()
	p.tend()
	p.mu.Lock()
	defer p.mu.Unlock()
	if v.done == done && v.pending() {
		v.settled = settled
	}
}

// pending reports whether what was asked for last is neither ready nor has failed.
func (v *provision) pending() bool {
	if v.done == nil {
		return false
	}
	select {
	case <-v.done:
		return false
	default:
		return true
	}
}

// Provisioned tells how many are; see function.Pool.
func (p *pool) Provisioned() function.Provisioned {
	p.mu.Lock()
	defer p.mu.Unlock()
	v := &p.provision
	return function.Provisioned{Wanted: v.wanted, Ready: min(v.ready, v.wanted), Failed: v.reason != "", Reason: v.reason}
}

// awaitProvision waits until what is provisioned is ready or has failed.
func (p *pool) awaitProvision(ctx context.Context) error {
	p.mu.Lock()
	done := p.provision.done
	p.mu.Unlock()
	if done == nil {
		return nil
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// finish ends what Provision began, for those who wait for it. It returns whom to tell, without the lock.
func (v *provision) finish() (settled func()) {
	if v.pending() {
		close(v.done)
	}
	if v.retry != nil {
		v.retry.Stop()
		v.retry = nil
	}
	settled, v.settled = v.settled, nil
	return settled
}

// tend starts what is missing and ends what is too much, as far as the limits allow.
func (p *pool) tend() {
	p.mu.Lock()
	v := &p.provision
	var spare, fresh []*environment
	for v.ready > v.wanted && len(v.idle) > 0 {
		spare = append(spare, v.idle[0])
		v.idle = v.idle[1:]
		v.ready--
	}
	for v.reason == "" && v.retry == nil && v.ready+v.starting < v.wanted && v.starting < startsAtOnce() {
		e := p.growProvision()
		if e == nil {
			break
		}
		v.starting++
		fresh = append(fresh, e)
	}
	var settled func()
	if v.reason != "" || v.ready >= v.wanted {
		settled = v.finish()
	}
	p.mu.Unlock()
	for _, e := range spare {
		p.host.running.Go(func() { p.discard(e) })
	}
	for _, e := range fresh {
		p.host.running.Go(func() { p.initialise(e) })
	}
	if settled != nil {
		settled()
	}
	p.host.makeRoom()
}

// growProvision makes an environment to keep. The caller holds the lock.
func (p *pool) growProvision() *environment {
	if p.closed || p.retired {
		return nil
	}
	entered, full := p.host.room.enterProvisioned(p)
	if full {
		p.provision.reason = fmt.Sprintf("This server keeps at most %d processes provisioned, of all functions together.",
			p.host.room.mostProvisioned())
	}
	if !entered {
		return nil
	}
	p.places++
	e := newEnvironment(p)
	e.provisioned = true
	return e
}

// initialise starts an environment's process and keeps it.
func (p *pool) initialise(e *environment) {
	failed, err := p.startAhead(e)
	p.mu.Lock()
	v := &p.provision
	v.starting--
	kept := false
	switch {
	case p.retired || p.closed || v.ready >= v.wanted: // nobody wants it any more
	case err != nil:
		v.fail(p, fault.Of(err).Message, fault.Is(err, fault.Unavailable, "runtime"))
	case failed.status != "" || !e.live():
		v.fail(p, initFailure, false)
	default:
		kept = true
		v.failures = 0
		v.ready++
		e.since = time.Now()
		if !p.handOver(e) {
			v.idle = append(v.idle, e)
		}
	}
	p.mu.Unlock()
	if !kept {
		p.discard(e)
		return
	}
	p.tend()
}

// startAhead starts an environment's first process when it is its turn.
func (p *pool) startAhead(e *environment) (startFailure, error) {
	leave, err := p.host.ahead.enter(p.life, p.life)
	if err != nil {
		return startFailure{}, err
	}
	defer leave()
	return e.firstStart(p.life, p.life)
}

// fail notes a start that failed, and puts off the next or gives up. The caller holds the lock.
func (v *provision) fail(p *pool, reason string, forGood bool) {
	v.failures++
	v.putOff(p, v.failures, reason, forGood)
}

func (v *provision) putOff(p *pool, failures int, reason string, forGood bool) {
	switch {
	case forGood || failures >= maxFailures:
		v.reason = reason
	case v.retry == nil:
		v.retry = time.AfterFunc(retryAfter<<(failures-1), func() {
			p.mu.Lock()
			p.provision.retry = nil
			p.mu.Unlock()
			p.tend()
		})
	}
}

// takeProvisioned takes an initialised environment. The caller holds the lock.
func (p *pool) takeProvisioned() *environment {
	v := &p.provision
	n := len(v.idle)
	if n == 0 {
		return nil
	}
	e := v.idle[n-1]
	v.idle = v.idle[:n-1]
	return e
}

// keep puts an environment back after a call, and reports whether it is still wanted and alive. The caller holds the lock.
func (v *provision) keep(e *environment) bool {
	if v.ready > v.wanted || !e.live() {
		v.ready--
		return false
	}
	v.deaths = 0
	e.used = true
	v.idle = append(v.idle, e)
	return true
}

// lost takes an idle environment whose process has ended off the list, and reports whether it was there. One that ends
// soon, before any call, counts as one that can't start. The caller holds the lock.
func (v *provision) lost(p *pool, e *environment) bool {
	at := slices.Index(v.idle, e)
	if at < 0 {
		return false
	}
	v.idle = slices.Delete(v.idle, at, at+1)
	v.ready--
	if e.used || time.Since(e.since) >= probation {
		v.deaths = 0
	} else {
		v.deaths++
		v.putOff(p, v.deaths, initFailure, false)
	}
	return true
}

// old takes one that is too old off the list of idle ones; one at a time, so that most of what is provisioned is always
// there. The caller holds the lock, and discards what it gets.
func (v *provision) old() *environment {
	at := slices.IndexFunc(v.idle, (*environment).old)
	if at < 0 {
		return nil
	}
	e := v.idle[at]
	v.idle = slices.Delete(v.idle, at, at+1)
	v.ready--
	return e
}

// drop gives up everything that is idle. The caller holds the lock, and discards what it gets.
func (v *provision) drop() (spare []*environment) {
	v.wanted = 0
	spare, v.idle = v.idle, nil
	v.ready -= len(spare)
	v.finish() // nobody needs to be told: who retires a version knows
	return spare
}
