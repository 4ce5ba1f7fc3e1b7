package function

import "sync/atomic"

// Gauge counts calls that run at once and lets no more in than its limit. It takes no lock: a call enters by one
// compare-and-swap. The zero Gauge lets nobody in.
type Gauge struct {
	limit   atomic.Int64
	running atomic.Int64
}

// SetLimit changes how many calls may run at once; a negative limit lets nobody in. Calls that run already go on, and
// count.
func (g *Gauge) SetLimit(n int) { g.limit.Store(int64(n)) }

// Limit returns how many calls may run at once.
func (g *Gauge) Limit() int { return int(g.limit.Load()) }

// Running returns how many calls run.
func (g *Gauge) Running() int { return int(g.running.Load()) }

// Enter lets a call in and returns how many run then, this one included. It returns 0 if the limit is reached. Who was
// let in has to Leave.
func (g *Gauge) Enter() int {
	for {
		running := g.running.Load()
		if running >= g.limit.Load() {
			return 0
		}
		if g.running.CompareAndSwap(running, running+1) {
			return int(running + 1)
		}
	}
}

// Leave is the end of a call that was let in.
func (g *Gauge) Leave() { g.running.Add(-1) }
