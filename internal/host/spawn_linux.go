package host

import (
	"errors"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// isolation puts a process into a group of its own, whose children die with it, and lets the kernel kill it when the
// server dies, even by SIGKILL.
func isolation() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// awaitEnd returns when the process has ended, before its number is given back: as long as it is not, the number of
// its group means this group and no other.
func awaitEnd(p *os.Process) {
	for {
		err := unix.Waitid(unix.P_PID, p.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		if !errors.Is(err, unix.EINTR) {
			return
		}
	}
}
