//go:build !linux

package host

import (
	"os"
	"syscall"
)

// isolation puts a process into a group of its own, whose children die with it. Only Linux can also kill it when the
// server is killed; elsewhere it ends by itself when its next request to the Runtime API fails, as AWS's runtimes do.
func isolation() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}

// awaitEnd returns when the process has ended. There is no portable way to leave its number taken, so that the short
// time until its group is killed is a risk here that Linux does not have.
func awaitEnd(p *os.Process) {
	_, _ = p.Wait()
}
