package sandbox

import (
	"errors"
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// What Landlock may allow below a folder, by what an entry is for.
const (
	mayRead = unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_READ_DIR
	// What can be said of a file, and not only of a folder.
	ofFile = unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_WRITE_FILE |
		unix.LANDLOCK_ACCESS_FS_TRUNCATE | unix.LANDLOCK_ACCESS_FS_IOCTL_DEV
)

// noRoot is SECBIT_NOROOT, which lets a program of root's have no capabilities for that, and SECBIT_NOROOT_LOCKED (see
// capabilities(7)).
const noRoot = 1<<0 | 1<<1

// everything is all that a version of Landlock can forbid. Devices are made nowhere.
func everything(version int) uint64 {
	all := uint64(unix.LANDLOCK_ACCESS_FS_MAKE_SYM<<1 - 1)
	for since, right := range map[int]uint64{
		2: unix.LANDLOCK_ACCESS_FS_REFER, 3: unix.LANDLOCK_ACCESS_FS_TRUNCATE, 5: unix.LANDLOCK_ACCESS_FS_IOCTL_DEV,
	} {
		if version >= since {
			all |= right
		}
	}
	return all
}

// restrict closes all files but the entries to this thread, and so to the program, and other programs' processes as far
// as the kernel can. It uses the system calls themselves: go-landlock restricts all threads, and a keeper in its
// program's own domain could be killed by it. It returns the step that failed.
func (k *keeper) restrict() (step string, err error) {
	// What the program leaves behind is given to the keeper.
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		return "adopt orphans", err
	}
	if os.Geteuid() == 0 {
		// Root's program gets no capabilities: with them it may read what other processes hold, whatever Landlock says.
		if err := unix.Prctl(unix.PR_SET_SECUREBITS, noRoot, 0, 0, 0); err != nil {
			return "give up root's capabilities", err
		}
	}
	version := landlockVersion()
	if version <= 0 {
		return "", nil // Probe has told
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return "give up privileges", err
	}
	return "restrict with Landlock", landlock(version, k.Entries)
}

// landlockVersion returns the kernel's version of Landlock, 0 if it has none.
func landlockVersion() int {
	version, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 {
		return 0
	}
	return int(version)
}

func landlock(version int, entries []Entry) error {
	handled := everything(version)
	attr := unix.LandlockRulesetAttr{Handled_access_fs: handled}
	// An older kernel refuses a longer structure than it knows.
	size := unsafe.Sizeof(attr.Handled_access_fs)
	if version >= 6 {
		attr.Scoped = unix.LANDLOCK_SCOPE_SIGNAL
		size = unsafe.Offsetof(attr.Scoped) + unsafe.Sizeof(attr.Scoped)
	}
	rules, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&attr)), size, 0)
	if errno != 0 {
		return fmt.Errorf("create rules: %w", errno)
	}
	defer func() { _ = unix.Close(int(rules)) }()
	for _, e := range entries {
		allowed := uint64(mayRead)
		if e.Kind == Writable {
			allowed = handled
		}
		if e.Kind == Empty || e.Kind == Link {
			continue
		}
		if err := allow(int(rules), e.From, allowed&handled); err != nil {
			return fmt.Errorf("%s: %w", e.From, err)
		}
	}
	if _, _, errno := unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, rules, 0, 0); errno != 0 {
		return fmt.Errorf("restrict: %w", errno)
	}
	return nil
}

// allow lets a file or what is in a folder be used. One that is not there needs no rule.
func allow(rules int, path string, access uint64) error {
	file, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = unix.Close(file) }()
	var info unix.Stat_t
	if err := unix.Fstat(file, &info); err != nil {
		return err
	}
	if info.Mode&unix.S_IFMT != unix.S_IFDIR {
		access &= ofFile
	}
	attr := unix.LandlockPathBeneathAttr{Allowed_access: access, Parent_fd: int32(file)}
	_, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, uintptr(rules), unix.LANDLOCK_RULE_PATH_BENEATH,
		uintptr(unsafe.Pointer(&attr)), 0, 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}
