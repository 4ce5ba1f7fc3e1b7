package host

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// pool holds the environments of one version. It implements function.Pool.
type pool struct {
	host    *Host
	version *function.Version
	// life ends when nothing is to be kept warm any more, and with it the starts that no call waits for.
	life context.Context
	end  context.CancelFunc

	mu      sync.Mutex
	idle    []*environment // the last is taken first, so that those which aren't needed grow old; without process first
	waiters []chan *environment
	size    int // environments there are, save those of provision
	places  int // environments there are
	retired bool
	closed  bool
	holds   int // how often somebody asked to keep one environment
	// reserved is how many calls may run at once if that is reserved for the function, as the last call said that
	// found no idle environment.
	reserved  int
	provision provision

	launched atomic.Pointer[launched]
}

var _ function.Pool = (*pool)(nil)

// Invoke runs one call; see function.Pool. When the caller goes away, a call that runs is still run to its end.
func (p *pool) Invoke(ctx context.Context, call *function.Call) (*function.Outcome, error) {
	if call.Stream != nil {
		return p.stream(ctx, call)
	}
	return p.call(ctx, call, nil)
}

// call runs one call. If to is not nil, it takes the answer piece by piece.
func (p *pool) call(ctx context.Context, call *function.Call, to *pipe) (*function.Outcome, error) {
	e, err := p.take(ctx, call)
	if err != nil {
		return nil, err
	}
	call.Begin()
	defer call.End()
	outcome, err := e.invoke(ctx, call, to)
	if err != nil {
		p.lose(e)
		return nil, err
	}
	outcome.Provisioned = e.provisioned
	p.put(e)
	return outcome, nil
}

// take returns an environment that nobody else uses.
func (p *pool) take(ctx context.Context, call *function.Call) (*environment, error) {
	p.mu.Lock()
	if call.Provisioned {
		if e := p.takeProvisioned(); e != nil {
			p.mu.Unlock()
			return e, nil
		}
	}
	if n := len(p.idle); n > 0 {
		e := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return e, nil
	}
	p.reserved = call.Reserved
	if e := p.grow(); e != nil {
		p.mu.Unlock()
		return e, nil
	}
	if p.closed || p.host.room.isClosed() {
		p.mu.Unlock()
		return nil, errStopping()
	}
	place := make(chan *environment, 1)
	p.waiters = append(p.waiters, place)
	p.mu.Unlock()
	p.host.makeRoom()
	return p.await(ctx, place)
}

// grow makes an environment if the limits allow it. The caller holds the lock.
func (p *pool) grow() *environment {
	if p.closed || p.size >= max(p.host.cfg.Limit, p.reserved) || !p.host.room.enter(p) {
		return nil
	}
	p.size++
	p.places++
	return newEnvironment(p)
}

// await waits for an environment in the queue.
func (p *pool) await(ctx context.Context, place chan *environment) (*environment, error) {
	timer := time.NewTimer(max(p.host.cfg.Wait, 0))
	defer timer.Stop()
	var gone error
	select {
	case e := <-place:
		return orStopping(e)
	case <-timer.C:
	case <-ctx.Done():
		gone = ctx.Err()
	}
	p.mu.Lock()
	at := slices.Index(p.waiters, place)
	if at >= 0 {
		p.waiters = slices.Delete(p.waiters, at, at+1)
	}
	p.mu.Unlock()
	if at < 0 { // an environment came in the same moment
		e, err := orStopping(<-place)
		if err == nil && gone != nil {
			p.put(e)
			return nil, gone
		}
		return e, err
	}
	if gone != nil {
		return nil, gone
	}
	return nil, fault.Errorf(fault.Throttled, "concurrency", "Rate Exceeded.")
}

func orStopping(e *environment) (*environment, error) {
	if e == nil {
		return nil, errStopping()
	}
	return e, nil
}

func errStopping() error {
	return fault.Errorf(fault.Unavailable, "server", "The server is stopping.")
}

// put gives an environment to whoever waits longest, or keeps it for the next call. One that is too old ends, and those who
// wait get another.
func (p *pool) put(e *environment) {
	if e.old() {
		p.host.running.Go(func() { p.lose(e) })
		return
	}
	p.mu.Lock()
	if p.handOver(e) {
		p.mu.Unlock()
		return
	}
	if e.provisioned {
		kept := p.provision.keep(e)
		p.mu.Unlock()
		if !kept {
			p.host.running.Go(func() { p.discard(e) })
		}
		return
	}
	if p.retired || p.closed || p.host.room.hungry.Load() {
		p.mu.Unlock()
		p.host.running.Go(func() { p.discard(e) })
		return
	}
	e.lastUsed = time.Now()
	if e.live() {
		p.idle = append(p.idle, e)
	} else {
		p.idle = slices.Insert(p.idle, 0, e)
	}
	p.mu.Unlock()
}

// handOver gives an environment to the first waiter. The caller holds the lock.
func (p *pool) handOver(e *environment) bool {
	if len(p.waiters) == 0 {
		return false
	}
	p.waiters[0] <- e
	p.waiters = slices.Delete(p.waiters, 0, 1)
	return true
}

// lose discards an environment that is not among the idle ones.
func (p *pool) lose(e *environment) {
	if e.provisioned {
		p.mu.Lock()
		p.provision.ready--
		p.mu.Unlock()
	}
	p.discard(e)
}

// discard ends an environment and gives its place to who needs it.
func (p *pool) discard(e *environment) {
	e.close()
	p.mu.Lock()
	if p.places--; p.places == 0 {
		p.forget()
	}
	if !e.provisioned {
		p.size--
	}
	p.mu.Unlock()
	if e.provisioned {
		p.host.room.leaveProvisioned(p)
	} else {
		p.host.room.leave(p)
	}
	p.refill()
}

// refill makes environments for those who wait, and then those that are missing of what is provisioned, as far as the
// limits allow.
func (p *pool) refill() {
	p.serveWaiters()
	p.tend()
}

func (p *pool) serveWaiters() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.waiters) > 0 {
		e := p.grow()
		if e == nil {
			if p.host.room.isClosed() { // between the list of those that starve and its place, Close doesn't see a pool
				p.dismiss()
			}
			return
		}
		p.handOver(e)
	}
}

// died moves an idle environment whose process has ended behind those that have one. One that is provisioned is
// replaced at once.
func (p *pool) died(e *environment) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.provision.lost(p, e) {
		p.host.running.Go(func() { p.discard(e) })
		return
	}
	if at := slices.Index(p.idle, e); at > 0 {
		p.idle = slices.Insert(slices.Delete(p.idle, at, at+1), 0, e)
	}
}

// Retire stops what is idle and keeps nothing warm from now on; see function.Pool.
func (p *pool) Retire() {
	p.mu.Lock()
	p.retired = true
	p.mu.Unlock()
	p.end()
	p.endIdle()
}

// close lets no call in any more.
func (p *pool) close() {
	p.mu.Lock()
	p.closed = true
	p.dismiss()
	p.mu.Unlock()
	p.end()
	p.endIdle()
}

// endIdle ends what is idle, and provisions nothing any more.
func (p *pool) endIdle() {
	p.release(func(*environment) bool { return true })
	p.mu.Lock()
	spare := p.provision.drop()
	p.mu.Unlock()
	for _, e := range spare {
		p.host.running.Go(func() { p.discard(e) })
	}
}

// dismiss tells those who wait that the server is stopping. The caller holds the lock.
func (p *pool) dismiss() {
	for _, place := range p.waiters {
		place <- nil
	}
	p.waiters = nil
}

// release ends the idle environments that which chooses, in the background.
func (p *pool) release(which func(*environment) bool) {
	p.mu.Lock()
	var chosen []*environment
	p.idle = slices.DeleteFunc(p.idle, func(e *environment) bool {
		if which(e) {
			chosen = append(chosen, e)
			return true
		}
		return false
	})
	p.mu.Unlock()
	for _, e := range chosen {
		p.host.running.Go(func() { p.discard(e) })
	}
}
