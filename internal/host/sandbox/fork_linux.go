package sandbox

import (
	"errors"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Who the program is in a separate sandbox, as on AWS. host writes the files in which programs look these up.
const (
	UserID  = 993
	GroupID = 990
)

// busyRetries is how often a program is tried that the kernel finds open for writing, a millisecond apart: another
// child that was forked while it was unpacked may be about to close it.
const busyRetries = 200

// fork starts the program, whose input is the keeper's own, which is empty. It gets its limits before its first instruction.
func (k *keeper) fork() error {
	attr := &syscall.ProcAttr{
		Dir: k.Dir, Env: k.Env, Files: []uintptr{0, uintptr(k.out), uintptr(k.out)}, Sys: k.credentials(),
	}
	for try := 0; ; try++ {
		var err error
		k.pid, err = syscall.ForkExec(k.Path, k.Args, attr)
		switch {
		case errors.Is(err, syscall.EPERM) && attr.Sys.Ptrace: // where tracing is forbidden, limits come a moment late
			attr.Sys.Ptrace = false
		case errors.Is(err, syscall.ETXTBSY) && try < busyRetries:
			time.Sleep(time.Millisecond)
		case err != nil:
			return err
		default:
			return k.limit(attr.Sys.Ptrace)
		}
	}
}

// credentials take every privilege from the program. In a separate sandbox it has a user namespace of its own: another
// user than the keeper's even if that is not root, and the kernel counts its processes apart from all others.
func (k *keeper) credentials() *syscall.SysProcAttr {
	// Traced, it stops before it begins. A group and not a session of its own: Linux schedules sessions as groups (see
	// sched(7), autogroup), and with one for each function calls took a fifth longer.
	sys := &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL, Ptrace: true}
	if k.Kind != separate {
		return sys
	}
	sys.Cloneflags = unix.CLONE_NEWUSER
	sys.UidMappings = []syscall.SysProcIDMap{{ContainerID: UserID, HostID: k.User, Size: 1}}
	sys.GidMappings = []syscall.SysProcIDMap{{ContainerID: GroupID, HostID: k.User, Size: 1}}
	sys.GidMappingsEnableSetgroups = k.User != 0
	sys.Credential = &syscall.Credential{Uid: UserID, Gid: GroupID}
	return sys
}

// limit sets the program's limits, and lets it go if it was stopped for that.
func (k *keeper) limit(stopped bool) error {
	if stopped {
		if _, err := unix.Wait4(k.pid, nil, 0, nil); err != nil {
			return err
		}
	}
	for _, l := range []struct {
		resource int
		most     uint64
	}{
		{unix.RLIMIT_NPROC, uint64(k.Limits.Processes)}, {unix.RLIMIT_NOFILE, k.Limits.Files},
		{unix.RLIMIT_FSIZE, k.Limits.FileSize},
	} {
		if l.most == 0 {
			continue
		}
		if err := lower(k.pid, l.resource, l.most); err != nil {
			return err
		}
	}
	if err := unix.Prlimit(k.pid, unix.RLIMIT_CORE, &unix.Rlimit{}, nil); err != nil {
		return err
	}
	k.shut()
	if stopped {
		return unix.PtraceDetach(k.pid)
	}
	return nil
}

// shut keeps the program from the keeper, and from what would take it out of sight.
func (k *keeper) shut() {
	if k.Kind == separate {
		ignoreSignals()
		limitIPC()
	}
	if k.Alone {
		forbidNamespaces()
	}
}

// lower sets a limit, or leaves one that is lower already.
func lower(pid, resource int, most uint64) error {
	var now unix.Rlimit
	if err := unix.Prlimit(pid, resource, nil, &now); err != nil {
		return err
	}
	most = min(most, now.Max)
	return unix.Prlimit(pid, resource, &unix.Rlimit{Cur: most, Max: most}, nil)
}
