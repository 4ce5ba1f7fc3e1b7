package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Fork starts a process as os.StartProcess does. It has to do so on a thread that lives as long as the process.
type Fork func(path string, args []string, attr *os.ProcAttr) (*os.Process, error)

// Launcher starts programs in sandboxes of one kind. Its methods may be called by many goroutines at once.
type Launcher struct {
	kind   string
	shared bool // see Support
	fork   Fork

	mu      sync.Mutex
	spares  []*Process // keepers that wait for orders: starting one takes longer than what it then has to do
	filling bool       // somebody makes some
	closed  bool
	closing chan struct{} // closed with it
	making  sync.WaitGroup
}

// NewLauncher returns a launcher for what s found possible. It starts nothing; Close must be called, once. A launcher for a
// machine without any kind of sandbox sets limits, and keeps what its programs start from outliving them.
func NewLauncher(s Support, fork Fork) *Launcher {
	kind := restricted
	if s.Separate() {
		kind = separate
	}
	return &Launcher{kind: kind, shared: s.shared, fork: fork, closing: make(chan struct{})}
}

// Process is a program in its sandbox.
type Process struct {
	keeper *os.Process
	kind   string
	alone  bool // see order
	conn   *net.UnixConn
	reply  *json.Decoder
}

// ProgramError says why a program could not be started, if that is not the sandbox's fault.
type ProgramError struct {
	Path  string
	Cause error
}

func (e *ProgramError) Error() string { return "fork/exec " + e.Path + ": " + e.Cause.Error() }

func (e *ProgramError) Unwrap() error { return e.Cause }

// Start starts a program whose standard output and error are out. The caller must Wait for it. A ProgramError is the
// program's fault.
func (l *Launcher) Start(spec Spec, out *os.File) (*Process, error) {
	p, err := l.take()
	if err != nil {
		return nil, fmt.Errorf("start a sandbox: %w", err)
	}
	defer l.refill()
	if err := p.start(spec, out); err != nil {
		p.discard()
		return nil, err
	}
	return p, nil
}

// take returns a spare keeper, or a new one.
func (l *Launcher) take() (*Process, error) {
	if spare := l.takeSpare(); spare != nil {
		return spare, nil
	}
	return l.newKeeper()
}

func (l *Launcher) takeSpare() *Process {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := len(l.spares)
	if n == 0 {
		return nil
	}
	spare := l.spares[n-1]
	l.spares = l.spares[:n-1]
	return spare
}

// refill sees to it that there are spares again.
func (l *Launcher) refill() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.spares) < stock && !l.closed && !l.filling {
		l.filling = true
		l.making.Go(l.makeSpares)
	}
}

const (
	// stock is how many spare keepers there are: two versions of a weighted alias start at the same time. Each takes
	// 2.4 MB. More would not help a longer row of starts, in which the processors have no time to make any.
	stock = 2
	// spareAfter is how long after a start they are made: the program that has just started comes first.
	spareAfter = 100 * time.Millisecond
)

func (l *Launcher) makeSpares() {
	select {
	case <-l.closing:
	case <-time.After(spareAfter):
	}
	for l.makeSpare() {
	}
}

// makeSpare makes a spare keeper if one is missing, and reports whether it has.
func (l *Launcher) makeSpare() bool {
	l.mu.Lock()
	l.filling = !l.closed && len(l.spares) < stock
	missing := l.filling
	l.mu.Unlock()
	if !missing {
		return false
	}
	p, err := l.newKeeper()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.filling = err == nil; !l.filling {
		return false // whoever needs one tries again, and tells
	}
	l.spares = append(l.spares, p)
	return true
}

// Close ends the spare keepers. Programs that run are not its business. Nobody may call Start any more.
func (l *Launcher) Close() {
	l.mu.Lock()
	l.closed = true
	close(l.closing)
	l.mu.Unlock()
	l.making.Wait()
	for _, spare := range l.spares {
		spare.discard()
	}
	l.spares = nil
}

func (l *Launcher) newKeeper() (*Process, error) {
	sys, err := attributes(l.kind, l.shared)
	if err != nil {
		return nil, err
	}
	ends, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	ours, theirs := os.NewFile(uintptr(ends[0]), "keeper"), os.NewFile(uintptr(ends[1]), "server")
	defer func() { _ = theirs.Close() }()
	conn, err := net.FileConn(ours)
	_ = ours.Close()
	if err != nil {
		return nil, err
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	defer func() { _ = null.Close() }()
	keeper, err := l.fork("/proc/self/exe", []string{keeperName}, &os.ProcAttr{
		Dir: "/", Files: []*os.File{null, null, null, theirs}, Sys: sys,
		// A keeper does little, and should take little. The last one is for tests under the race detector.
		Env: []string{"GOMAXPROCS=1", "GOGC=off", "GORACE=atexit_sleep_ms=0"},
	})
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return &Process{
		keeper: keeper, kind: l.kind, alone: sys.Cloneflags&unix.CLONE_NEWUSER != 0,
		conn: conn.(*net.UnixConn), reply: json.NewDecoder(conn),
	}, nil
}

func (p *Process) start(spec Spec, out *os.File) error {
	rights := unix.UnixRights(int(out.Fd()))
	if _, _, err := p.conn.WriteMsgUnix([]byte{0}, rights, nil); err != nil {
		return fmt.Errorf("reach the sandbox: %w", err)
	}
	if err := json.NewEncoder(p.conn).Encode(order{Spec: spec, Kind: p.kind, Alone: p.alone}); err != nil {
		return fmt.Errorf("reach the sandbox: %w", err)
	}
	var r report
	if err := p.reply.Decode(&r); err != nil {
		return fmt.Errorf("hear from the sandbox: %w", err)
	}
	switch {
	case r.Step == stepStart && r.Errno != 0:
		return &ProgramError{spec.Path, r.Errno}
	case r.Step != "" && r.Errno != 0:
		return &StepError{r.Step, r.Cause, r.Errno}
	case r.Step != "":
		return &StepError{r.Step, r.Cause, errors.ErrUnsupported}
	}
	return nil
}

// StepError says at which step a sandbox could not be built.
type StepError struct {
	Step, Text string
	Cause      error
}

func (e *StepError) Error() string { return "can't " + e.Step + ": " + e.Text }

func (e *StepError) Unwrap() error { return e.Cause }

// Keeper returns the number of the process whose Descendants are the program and all that it has started. Members are
// the same, looked at more cheaply.
func (p *Process) Keeper() int { return p.keeper.Pid }

// Wait waits until the program and all that it has started are gone, and returns how the program ended, as far as that
// is known: otherwise it was killed. It must be called once.
func (p *Process) Wait() (syscall.WaitStatus, error) {
	r := report{Status: syscall.WaitStatus(unix.SIGKILL)}
	if err := p.reply.Decode(&r); err != nil && !errors.Is(err, io.EOF) {
		r.Status = syscall.WaitStatus(unix.SIGKILL)
	}
	_, err := p.keeper.Wait()
	return r.Status, errors.Join(err, p.conn.Close())
}

// Kill ends the program and all that it has started. It does not wait. It may be called at any time, and again.
func (p *Process) Kill() {
	if p.kind == separate {
		_ = p.keeper.Kill()
		return
	}
	_ = p.conn.CloseWrite()
	_ = p.keeper.Signal(syscall.SIGCONT) // where signals are not closed, its program may have stopped it
}

func (p *Process) discard() {
	p.Kill()
	_, _ = p.Wait()
}
