package host

import (
	"context"
	"errors"
	"sync/atomic"
	"syscall"

	"sluice/internal/fault"
	"sluice/internal/host/sandbox"
)

// process is a running runtime with its Runtime API and its output.
type process struct {
	*session
	program  program
	output   *output
	peak     atomic.Int64 // the most memory it was seen to use, in bytes
	limit    int64        // of memory, in bytes
	folders  []string     // that it may write
	maxDisk  int64        // what may be in them, in bytes
	overfull atomic.Bool  // there was more in them
	tooMuch  []byte       // the line that says so
	// How many calls it had been offered when its memory and its disk were measured last; for those who measure.
	callsSampled, callsSized uint64
	// ended is closed when the process is over: waited for, with all that it started, its output in the journal.
	ended chan struct{}
	how   string // how it ended, in AWS's words; set before ended is closed
}

// spawn starts a process of an environment. Its watcher, which the host owns, calls onEnd when it is over. An
// entrypointError is the function's; fault.Unavailable "server" says that the machine has no room for a process now.
func (h *Host) spawn(spec sandbox.Spec, e *environment, onEnd func()) (*process, error) {
	s, err := newSession()
	if err != nil {
		return nil, errNoProcess(err)
	}
	out, writer, err := newOutput(e.journal)
	if err != nil {
		_ = s.listener.Close()
		return nil, errNoProcess(err)
	}
	p := &process{session: s, output: out, limit: int64(e.pool.version.Config.Memory) << 20, ended: make(chan struct{})}
	if h.confinement.launcher != nil {
		p.folders, p.maxDisk = writable(spec, h.dir()), e.storage()
		p.tooMuch = e.platform.warning(overfull(p.maxDisk))
	}
	spec.Env = append(spec.Env, "AWS_LAMBDA_RUNTIME_API="+s.listener.Addr().String())
	p.program, err = h.confinement.run(spec, writer)
	_ = writer.Close()
	if err != nil {
		_ = s.listener.Close()
		_ = out.reader.Close()
		return nil, notStarted(err)
	}
	h.processes.add(p)
	h.running.Go(out.follow)
	h.running.Go(s.serve)
	h.running.Go(func() {
		p.watch()
		h.processes.remove(p)
		onEnd()
	})
	return p, nil
}

// notStarted tells what is the function's fault from what is the machine's.
func notStarted(err error) error {
	if exhausted(err) {
		return errNoProcess(err)
	}
	if _, ok := errors.AsType[*sandbox.StepError](err); ok {
		return errNoProcess(err)
	}
	return &entrypointError{err}
}

// entrypointError says that the function's package has nothing that this machine can start.
type entrypointError struct{ cause error }

func (e *entrypointError) Error() string { return e.cause.Error() }

// exhausted reports whether a process did not start because the machine is short of files, processes or memory.
func exhausted(err error) bool {
	// The last two are what is said when there are too many user namespaces, or too deep ones.
	for _, short := range []error{syscall.EMFILE, syscall.ENFILE, syscall.EAGAIN, syscall.ENOMEM, syscall.ENOSPC, syscall.EUSERS} {
		if errors.Is(err, short) {
			return true
		}
	}
	return false
}

func errNoProcess(err error) error {
	return fault.Errorf(fault.Unavailable, "server", "The server can't start a process for the function now; try again: %w", err)
}

// watch waits for the process to end and clears up after it.
func (p *process) watch() {
	how := p.program.wait()
	p.output.close()
	if p.overfull.Load() {
		p.empty() // before the next process comes
		p.output.journal.line(p.tooMuch)
	}
	p.how = how
	p.close()
	close(p.ended)
}

// kill ends the process and all that it started. It does not wait.
func (p *process) kill() { p.program.kill() }

// end kills the process, waits for its end, and returns how it ended. One that was ending already keeps its own end.
func (p *process) end() string {
	p.kill()
	<-p.ended
	return p.how
}

// alive reports whether the process has not ended yet.
func (p *process) alive() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// awaitReady waits until the process asks for its first call. It returns what went wrong otherwise.
func (p *process) awaitReady(ctx context.Context) startFailure {
	select {
	case <-p.ready:
		return startFailure{}
	case <-p.failed:
		r, _ := p.startError()
		return startFailure{status: "error", errorType: orUnknown(r.errorType), payload: reported(r)}
	case <-p.ended:
		if r, ok := p.startError(); ok { // it reported, and ended before we looked
			return startFailure{status: "error", errorType: orUnknown(r.errorType), payload: reported(r)}
		}
		return startFailure{status: "error", errorType: typeExit, how: p.how}
	case <-ctx.Done():
		return startFailure{status: "timeout", errorType: typeTimeout}
	}
}

// startFailure says why a process did not get as far as asking for a call. Its zero value means that it did.
type startFailure struct {
	status    string // error or timeout, as INIT_REPORT writes it
	errorType string
	payload   []byte // what the runtime reported, if it did
	how       string // how the process ended, if that is what happened
}
