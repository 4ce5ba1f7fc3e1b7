package host

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// processes are those that run now. Their memory is looked at while there are any.
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
	ps.mu.Lock()
	members := make([]*process, 0, len(ps.members))
	for p := range ps.members {
		members = append(members, p)
	}
	ps.mu.Unlock()
	for _, p := range members {
		f(p)
	}
	return len(members)
}

// sampleEvery is how often a process's memory is measured. AWS enforces memory with a control group, for which one has
// to be root. Measuring is the way that works for everybody: an address space limit would stop Go and Node, which
// reserve much more than they use. A process can exceed its memory for this long.
const sampleEvery = 100 * time.Millisecond

// watch measures memory until stop is closed, and kills processes that use more than they have.
func (ps *processes) watch(stop <-chan struct{}) {
	ticker := time.NewTicker(sampleEvery)
	defer ticker.Stop()
	for {
		select {
		case <-stop:
			return
		case <-ps.some:
		}
		ticker.Reset(sampleEvery)
		for ps.each((*process).sample) > 0 {
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
func (p *process) sample() {
	used := p.memory()
	if used > p.peak.Load() {
		p.peak.Store(used)
	}
	if used > p.limit {
		p.kill()
	}
}

// memory returns how many bytes the process and what it has started occupy.
func (p *process) memory() (used int64) {
	pids := p.program.pids()
	for _, pid := range pids {
		used += residentSize(pid)
	}
	if used <= p.limit || len(pids) < 2 {
		return used
	}
	// Memory that processes share was counted for each of them. Telling it apart takes long, so only when it matters.
	var shared int64
	for _, pid := range pids {
		shared += proportionalSize(pid)
	}
	if shared == 0 {
		return used
	}
	return shared
}

// proportionalSize returns how many bytes of memory a process occupies, where what it shares with others counts only in
// part; 0 where the machine does not tell.
func proportionalSize(pid int) int64 {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/smaps_rollup")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if size, ok := strings.CutPrefix(line, "Pss:"); ok {
			kilobytes, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(size), " kB"), 10, 64)
			return kilobytes << 10
		}
	}
	return 0
}

// residentSize returns how many bytes of memory a process occupies, or 0 where there is no /proc.
func residentSize(pid int) int64 {
	var b [128]byte
	f, err := os.Open("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return 0
	}
	n, _ := f.Read(b[:])
	_ = f.Close()
	fields := bytes.Fields(b[:n])
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
