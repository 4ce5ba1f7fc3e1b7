package sandbox

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// before is where the machine's own files are while the sandbox's file system is built.
const before = "/.before"

// devices are what programs may expect in /dev.
var devices = []string{"null", "zero", "full", "random", "urandom"}

// separate builds the file system of a keeper in namespaces of its own: an empty one, into which it puts the entries.
// It returns the step that failed.
func (k *keeper) separate() (step string, err error) {
	for _, s := range []struct {
		name string
		do   func() error
	}{
		{"leave the machine's file system", leave},
		{"mount /proc", mountProc},
		{"make /dev", makeDevices},
		{"show files", func() error { return show(k.Entries) }},
		{"forget the machine's file system", forget},
		{"seal the file system", func() error { return seal(k.Entries) }},
	} {
		if err := s.do(); err != nil {
			return s.name, err
		}
	}
	return "", nil
}

// leave makes a new file system the root, and what was there read-only throughout.
func leave() error {
	// Nothing that is mounted from now on may show outside.
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("keep mounts to itself: %w", err)
	}
	// The new root needs a place for a moment; it is the keeper's own view of /tmp, nobody else's.
	const place = "/tmp"
	if err := unix.Mount("sluice", place, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=755,size=1m"); err != nil {
		return fmt.Errorf("mount a tmpfs: %w", err)
	}
	if err := os.Mkdir(place+before, 0o700); err != nil {
		return err
	}
	if err := unix.PivotRoot(place, place+before); err != nil {
		return fmt.Errorf("pivot_root: %w", err)
	}
	if err := unix.Chdir("/"); err != nil {
		return err
	}
	attr := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY | unix.MOUNT_ATTR_NOSUID}
	if err := unix.MountSetattr(unix.AT_FDCWD, before, unix.AT_RECURSIVE, &attr); err != nil {
		return fmt.Errorf("mount_setattr: %w", err)
	}
	return nil
}

func mountProc() error {
	if err := os.Mkdir("/proc", 0o755); err != nil {
		return err
	}
	return unix.Mount("proc", "/proc", "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, "")
}

// makeDevices makes a /dev with little in it. AWS has no shared memory; many a program needs some.
func makeDevices() error {
	if err := os.MkdirAll("/dev/shm", 0o755); err != nil {
		return err
	}
	for _, name := range devices {
		if err := bind(before+"/dev/"+name, "/dev/"+name); err != nil {
			return err
		}
	}
	for name, target := range map[string]string{"fd": "fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2"} {
		if err := os.Symlink("/proc/self/"+target, "/dev/"+name); err != nil {
			return err
		}
	}
	return unix.Mount("shm", "/dev/shm", "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=1777,size=64m")
}

// show puts the entries in their places, outer ones first. An entry that is gone from the machine is left out.
func show(entries []Entry) error {
	for _, e := range entries {
		var err error
		switch e.Kind {
		case Link:
			err = link(e)
		case Empty:
			if err = os.MkdirAll(e.Path, 0o755); err == nil {
				err = unix.Mount("nothing", e.Path, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=755,size=1m")
			}
		default:
			if err = bind(before+e.From, e.Path); err == nil && e.Kind == Writable {
				err = unlock(e.Path)
			}
		}
		if err != nil && (e.Kind != ReadOnly || !errors.Is(err, os.ErrNotExist)) {
			return fmt.Errorf("%s: %w", e.Path, err)
		}
	}
	return nil
}

// unlock makes a folder writable, which the machine's files are not here. Places for entries in it can be made now.
func unlock(path string) error {
	attr := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_NODEV, Attr_clr: unix.MOUNT_ATTR_RDONLY}
	return unix.MountSetattr(unix.AT_FDCWD, path, 0, &attr)
}

func link(e Entry) error {
	if err := os.MkdirAll(filepath.Dir(e.Path), 0o755); err != nil {
		return err
	}
	if err := os.Symlink(e.From, e.Path); !errors.Is(err, os.ErrExist) {
		return err
	}
	return nil
}

// bind shows a file or a folder at another place, which it makes if need be.
func bind(from, path string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); err != nil {
		if err := makePlace(path, info.IsDir()); err != nil {
			return err
		}
	}
	return unix.Mount(from, path, "", unix.MS_BIND|unix.MS_REC, "")
}

func makePlace(path string, folder bool) error {
	if folder {
		return os.MkdirAll(path, 0o755)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// forget lets the machine's own files go. Nobody is left who could find them.
func forget() error {
	if err := unix.Unmount(before, unix.MNT_DETACH); err != nil {
		return err
	}
	return os.Remove(before)
}

// seal lets nothing be written but what may be.
func seal(entries []Entry) error {
	closed := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY}
	for _, e := range entries {
		if e.Kind != Empty {
			continue
		}
		if err := unix.MountSetattr(unix.AT_FDCWD, e.Path, 0, &closed); err != nil {
			return fmt.Errorf("%s: %w", e.Path, err)
		}
	}
	return unix.MountSetattr(unix.AT_FDCWD, "/", 0, &closed)
}
