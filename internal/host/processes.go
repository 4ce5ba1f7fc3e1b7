package host

import (
	"sync"

	"sluice/internal/host/sandbox"
)

// processes are those that run now. What they use is looked at while there are any.
type processes struct {
	mu      sync.Mutex
	members map[*process]struct{}
	some    chan struct{} // has an element when the first member came
}

func newProcesses() *processes {
	return &processes{members: map[*process]struct{}{}, some: make(chan struct{}, 1)}
}

func (ps *processes) add(p *process) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.members[p] = struct{}{}
	select {
	case ps.some <- struct{}{}:
	default:
	}
}

func (ps *processes) remove(p *process) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	delete(ps.members, p)
}

// each calls f for all members.
func (ps *processes) each(f func(*process)) (n int) {
	all := ps.all(nil)
	for _, p := range all {
		f(p)
	}
	return len(all)
}

// all adds all members to a list.
func (ps *processes) all(to []*process) []*process {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	for p := range ps.members {
		to = append(to, p)
	}
	return to
}

// inspector looks at what processes use, again and again. One goroutine has it.
type inspector struct {
	processes *processes
	look      func(*process, *sandbox.Census)
	calls     func(*process) *uint64 // where it notes how many calls a process had when it was looked at
	idle      int                    // an idle process is looked at in one round of so many
	rounds    int
	members   []*process // of a round; kept for its memory
	census    sandbox.Census
}

// inspect is one round. It passes those over that have had no call since they were looked at: they are not frozen as on
// AWS, but do little. It returns how many processes there are.
func (i *inspector) inspect() int {
	i.rounds++
	i.members = i.processes.all(i.members[:0])
	for _, p := range i.members {
		calls, busy := p.activity()
		if seen := i.calls(p); busy || calls != *seen || i.rounds%i.idle == 0 {
			*seen = calls
			i.look(p, &i.census)
		}
	}
	i.census.Close()
	n := len(i.members)
	clear(i.members) // those that end meanwhile are not held
	return n
}
