package sandbox

import (
	"fmt"
	"os"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// attributes puts a keeper into namespaces. In a user namespace it may mount what it likes even if the server is not
// root, and forbid its program further ones (see forbidNamespaces); a shared one stays in root's.
func attributes(kind string, shared bool) (*syscall.SysProcAttr, error) {
	if kind != separate {
		// No PDEATHSIG: it has to live on for a moment, to kill others. It sees the server's end on its socket.
		return &syscall.SysProcAttr{Setpgid: true}, nil
	}
	sys := &syscall.SysProcAttr{
		Setpgid: true, Pdeathsig: syscall.SIGKILL, Cloneflags: unix.CLONE_NEWPID | unix.CLONE_NEWNS | unix.CLONE_NEWIPC,
	}
	if shared {
		return sys, nil
	}
	sys.Cloneflags |= unix.CLONE_NEWUSER
	if os.Geteuid() != 0 {
		sys.UidMappings = []syscall.SysProcIDMap{{HostID: os.Geteuid(), Size: 1}}
		sys.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getegid(), Size: 1}}
		return sys, nil
	}
	// Root's keeper has to reach files of all users, and to start programs as any.
	var err error
	if sys.UidMappings, err = everyID("/proc/self/uid_map"); err != nil {
		return nil, err
	}
	sys.GidMappings, err = everyID("/proc/self/gid_map")
	sys.GidMappingsEnableSetgroups = true
	return sys, err
}

// everyID maps each number that there is in the server's user namespace to itself.
func everyID(file string) (all []syscall.SysProcIDMap, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		var first, outside, size int
		if _, err := fmt.Sscan(line, &first, &outside, &size); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, syscall.SysProcIDMap{ContainerID: first, HostID: first, Size: size})
	}
	return all, nil
}

// forbidNamespaces lets the program make no user namespace within its own: in one it could mount a tmpfs, whose memory
// is in no process. A limit counts what is below a namespace too, and holds in the keeper's alone, which the program
// can't enter (see namespaces(7), user_namespaces(7) and /proc/sys/user). It comes after the program's namespace: that
// of a try before this one may not be gone yet, and would count. Where a security module closes /proc/sys nothing can
// be done.
func forbidNamespaces() { _ = os.WriteFile("/proc/sys/user/max_user_namespaces", []byte("0"), 0) }
