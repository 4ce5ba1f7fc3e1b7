package host

import (
	"os"
	"sync"
	"syscall"

	"sluice/internal/host/sandbox"
)

// program is something that runs, with all that it has started.
type program interface {
	// members are its processes, as far as the machine tells.
	members() sandbox.Members
	// wait returns when it is over, and how it ended, in AWS's words. It is called once.
	wait() string
	// kill ends it. It does not wait, and may be called at any time and again.
	kill()
}

// run starts a program. Its own fault is an entrypointError.
func (c *confinement) run(spec sandbox.Spec, out *os.File) (program, error) {
	if c.launcher == nil {
		return c.runBare(spec, out)
	}
	p, err := c.launcher.Start(spec, out)
	if err != nil {
		return nil, err
	}
	return caged{p}, nil
}

// caged is a program in a sandbox.
type caged struct{ *sandbox.Process }

func (p caged) members() sandbox.Members { return p.Members() }

func (p caged) kill() { p.Kill() }

func (p caged) wait() string {
	status, err := p.Wait()
	if err != nil {
		return endedSomehow
	}
	return ending(status)
}

// bare is a program as the machine starts it, in a group of its own.
type bare struct {
	os      *os.Process
	killing sync.Mutex
	reaped  bool
}

func (c *confinement) runBare(spec sandbox.Spec, out *os.File) (program, error) {
	started, err := c.host.spawner.start(spec.Path, spec.Args, &os.ProcAttr{
		Dir: spec.Dir, Env: spec.Env, Files: []*os.File{c.host.null, out, out}, Sys: isolation(),
	})
	if err != nil {
		return nil, err
	}
	return &bare{os: started}, nil
}

func (p *bare) members() sandbox.Members { return sandbox.MembersOf(p.os.Pid) }

// wait waits for the process to end and kills what is left of its group. Once the process is waited for, the kernel may
// give its number to another, so from then on kill does nothing.
func (p *bare) wait() string {
	awaitEnd(p.os)
	p.killing.Lock()
	defer p.killing.Unlock()
	_ = syscall.Kill(-p.os.Pid, syscall.SIGKILL)
	state, err := p.os.Wait()
	p.reaped = true
	if err != nil {
		return endedSomehow
	}
	status, _ := state.Sys().(syscall.WaitStatus)
	return ending(status)
}

// kill ends the process and all that it started, unless they left its group.
func (p *bare) kill() {
	p.killing.Lock()
	defer p.killing.Unlock()
	if !p.reaped {
		_ = syscall.Kill(-p.os.Pid, syscall.SIGKILL)
	}
}

const endedSomehow = "Runtime exited without providing a reason"

// ending words how a process ended as Lambda does (recording test_lambda_runtime_exit).
func ending(status syscall.WaitStatus) string {
	if status == 0 {
		return endedSomehow
	}
	return "Runtime exited with error: " + sandbox.Ending(status)
}
