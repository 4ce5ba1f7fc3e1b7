package host

import (
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"syscall"

	"sluice/internal/fault"
)

// process is a running runtime with its Runtime API and its output.
type process struct {
	*session
	os     *os.Process
	output *output
	peak   atomic.Int64 // the most memory it was seen to use, in bytes
	limit  int64        // of memory, in bytes
	// ended is closed when the process is over: waited for, its group killed, its output in the journal.
	ended chan struct{}
	how   string // how it ended, in AWS's words; set before ended is closed

	killing sync.Mutex
	reaped  bool
}

// spawn starts a process. Its watcher, which the host owns, calls onEnd when it is over. An entrypointError is the
// function's; fault.Unavailable "server" says that the machine has no room for a process now.
func (h *Host) spawn(l *launch, root string, env []string, j *journal, limit int64, onEnd func()) (*process, error) {
	s, err := newSession()
	if err != nil {
		return nil, errNoProcess(err)
	}
	out, writer, err := newOutput(j)
	if err != nil {
		_ = s.listener.Close()
		return nil, errNoProcess(err)
	}
	p := &process{session: s, output: out, limit: limit, ended: make(chan struct{})}
	env = append(env, "AWS_LAMBDA_RUNTIME_API="+s.listener.Addr().String())
	p.os, err = h.spawner.start(l.path, l.args, &os.ProcAttr{
		Dir: root, Env: env, Files: []*os.File{h.null, writer, writer}, Sys: isolation(),
	})
	_ = writer.Close()
	if err != nil {
		_ = s.listener.Close()
		_ = out.reader.Close()
		if exhausted(err) {
			return nil, errNoProcess(err)
		}
		return nil, &entrypointError{err}
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

// entrypointError says that the function's package has nothing that this machine can start.
type entrypointError struct{ cause error }

func (e *entrypointError) Error() string { return e.cause.Error() }

// exhausted reports whether a process did not start because the machine is short of files, processes or memory.
func exhausted(err error) bool {
	for _, short := range []error{syscall.EMFILE, syscall.ENFILE, syscall.EAGAIN, syscall.ENOMEM} {
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
	state, err := p.reap()
	p.output.close()
	p.how = ending(state, err)
	p.close()
	close(p.ended)
}

// reap waits for the process to end and kills what is left of its group. Once the process is waited for, the kernel may
// give its number to another, so from then on kill does nothing.
func (p *process) reap() (*os.ProcessState, error) {
	awaitEnd(p.os)
	p.killing.Lock()
	defer p.killing.Unlock()
	_ = syscall.Kill(-p.os.Pid, syscall.SIGKILL)
	state, err := p.os.Wait()
	p.reaped = true
	return state, err
}

// kill ends the process and all that it started, unless they left its group. It does not wait.
func (p *process) kill() {
	p.killing.Lock()
	defer p.killing.Unlock()
	if !p.reaped {
		_ = syscall.Kill(-p.os.Pid, syscall.SIGKILL)
	}
}

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

// ending words how a process ended as Lambda does (recording test_lambda_runtime_exit).
func ending(state *os.ProcessState, err error) string {
	if err != nil || state == nil {
		return "Runtime exited without providing a reason"
	}
	if state.Success() {
		return "Runtime exited without providing a reason"
	}
	return "Runtime exited with error: " + state.String()
}
