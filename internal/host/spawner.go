package host

import (
	"errors"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// spawner starts all processes from one thread that lives as long as the host. The kernel kills a child with
// PDEATHSIG when the thread that started it ends, and Go ends threads as it likes, unless they are locked.
type spawner struct {
	requests chan spawning
	fork     atomic.Pointer[forker] // os.StartProcess, unless a test wants the machine to be short of something
	ended    sync.WaitGroup
}

// forker starts a process.
type forker func(path string, args []string, attr *os.ProcAttr) (*os.Process, error)

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
	s.by(os.StartProcess)
	s.ended.Go(func() {
		runtime.LockOSThread()
		for r := range s.requests {
			process, err := (*s.fork.Load())(r.path, r.args, r.attr)
			r.result <- spawned{process, err}
		}
		// Returning while locked ends the thread. No process is left by now: see Host.Close.
	})
	return s
}

// by says what starts processes from now on.
func (s *spawner) by(fork forker) { s.fork.Store(&fork) }

// busyRetries is how often a program is tried that the kernel finds open for writing, a millisecond apart.
const busyRetries = 200

// start starts a process. A program that was unpacked just now may still be open for writing in another child that was
// forked meanwhile and is about to exec, which closes it.
func (s *spawner) start(path string, args []string, attr *os.ProcAttr) (*os.Process, error) {
	result := make(chan spawned, 1)
	for try := 0; ; try++ {
		s.requests <- spawning{path, args, attr, result}
		r := <-result
		if !errors.Is(r.err, syscall.ETXTBSY) || try == busyRetries {
			return r.process, r.err
		}
		time.Sleep(time.Millisecond)
	}
}

// close ends the thread. Nobody may call start any more.
func (s *spawner) close() {
	close(s.requests)
	s.ended.Wait()
}
