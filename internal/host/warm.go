package host

import (
	"cmp"
	"context"
	"time"
)

// Warm starts processes until n environments have one, idle or busy; see function.Pool. It waits for those that are being
// provisioned. When ctx ends it returns ctx's error, and what it has begun to start goes on.
func (p *pool) Warm(ctx context.Context, n int) error {
	if err := p.awaitProvision(ctx); err != nil {
		return err
	}
	started := make(chan error, max(n, 0))
	starting := max(n-p.count(), 0)
	for range starting {
		p.host.running.Go(func() { started <- p.warm(ctx, n) })
	}
	var failed error
	for range starting {
		select {
		case err := <-started:
			failed = cmp.Or(failed, err)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return failed
}

// warm readies a new environment, if there are still fewer than n when its turn has come, and puts it with the others.
// That the pool was retired meanwhile is no error.
func (p *pool) warm(ctx context.Context, n int) error {
	leave, err := p.host.ahead.enter(ctx, p.life)
	if err != nil {
		return ctx.Err()
	}
	defer leave()
	e := p.growTo(n)
	if e == nil {
		return nil
	}
	if err := e.prepare(ctx); err != nil {
		p.discard(e)
		return err
	}
	p.put(e)
	return nil
}

// count is how many environments there are.
func (p *pool) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.size + p.provision.ready
}

// growTo makes an environment if there are fewer than n.
func (p *pool) growTo(n int) *environment {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.size+p.provision.ready >= n {
		return nil
	}
	return p.grow()
}

// Hold keeps one environment, whether it is used or not; see function.Pool. It ends at Config.MaxAge all the same.
func (p *pool) Hold() { p.hold(1) }

// Release is the end of a Hold.
func (p *pool) Release() { p.hold(-1) }

func (p *pool) hold(more int) {
	p.mu.Lock()
	p.holds += more
	p.mu.Unlock()
}

// expire ends the environments that nobody has used since a time, but the last if the pool is held.
func (p *pool) expire(since time.Time) {
	p.mu.Lock()
	var kept *environment
	if n := len(p.idle); p.holds > 0 && n > 0 {
		kept = p.idle[n-1]
	}
	p.mu.Unlock()
	p.release(func(e *environment) bool { return e != kept && !e.lastUsed.After(since) })
}

// renew ends idle environments that are too old. What is provisioned is replaced, one at a time.
func (p *pool) renew() {
	p.release((*environment).old)
	p.mu.Lock()
	e := p.provision.old()
	p.mu.Unlock()
	if e != nil {
		p.host.running.Go(func() { p.discard(e) })
	}
}
