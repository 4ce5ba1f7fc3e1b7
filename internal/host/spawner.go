package host

import (
	"os"
	"runtime"
	"sync"
)

// spawner starts all processes from one thread that lives as long as the host. The kernel kills a child with
// PDEATHSIG when the thread that started it ends, and Go ends threads as it likes, unless they are locked.
type spawner struct {
	requests chan spawning
	ended    sync.WaitGroup
}

type spawning struct {
	path   string
	args   []string
	attr   *os.ProcAttr
	result chan<- spawned
}

type spawned struct {
	process *os.Process
	err     error
}

func newSpawner() *spawner {
	s := &spawner{requests: make(chan spawning)}
	s.ended.Go(func() {
		runtime.LockOSThread()
		for r := range s.requests {
			process, err := os.StartProcess(r.path, r.args, r.attr)
			r.result <- spawned{process, err}
		}
		// Returning while locked ends the thread. No process is left by now: see Host.Close.
	})
	return s
}

func (s *spawner) start(path string, args []string, attr *os.ProcAttr) (*os.Process, error) {
	result := make(chan spawned, 1)
	s.requests <- spawning{path, args, attr, result}
	r := <-result
	return r.process, r.err
}

// close ends the thread. Nobody may call start any more.
func (s *spawner) close() {
	close(s.requests)
	s.ended.Wait()
}
