package host

import (
	"time"

	"sluice/internal/host/sandbox"
)

// How often a process's memory is measured: one that has a call, and one in idleMemory times one that has none. AWS
// enforces memory with a control group, for which one has to be root. Measuring is the way that works for everybody: an
// address space limit would stop Go and Node, which reserve much more than they use. A process can exceed its memory for
// this long.
const (
	sampleEvery = 100 * time.Millisecond
	idleMemory  = 10
)

// watch measures memory until stop is closed, and kills processes that use more than they have.
func (ps *processes) watch(stop <-chan struct{}) {
	memory := inspector{
		processes: ps, look: (*process).sample, calls: func(p *process) *uint64 { return &p.callsSampled }, idle: idleMemory,
	}
	ticker := time.NewTicker(sampleEvery)
	defer ticker.Stop()
	for {
		select {
		case <-stop:
			return
		case <-ps.some:
		}
		ticker.Reset(sampleEvery)
		for memory.inspect() > 0 {
			select {
			case <-stop:
				return
			case <-ticker.C:
			}
		}
		ticker.Stop()
	}
}

// sample measures the memory of a process that has, or may have had, a call. Beyond its limit it is killed, as on AWS.
func (p *process) sample(c *sandbox.Census) {
	used := p.memory(c)
	if used > p.peak.Load() {
		p.peak.Store(used)
	}
	if used > p.limit {
		p.kill()
	}
}

// memory returns how many bytes the process and what it has started occupy.
func (p *process) memory(c *sandbox.Census) (used int64) {
	pids := c.Take(p.program.members())
	for _, pid := range pids {
		used += c.Resident(pid)
	}
	if used <= p.limit || len(pids) < 2 {
		return used
	}
	// Memory that processes share was counted for each of them. Telling it apart takes long, so only when it matters.
	var shared int64
	for _, pid := range pids {
		shared += c.Proportional(pid)
	}
	if shared == 0 {
		return used
	}
	return shared
}
