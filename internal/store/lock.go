package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"sluice/internal/fault"
)

// folderLock keeps a second server off a data folder. The kernel lifts it when the process ends, by kill -9 too, so
// the file that stays behind means nothing. Child processes do not inherit it.
type folderLock struct {
	file *os.File
}

func lockFolder(folder string) (*folderLock, error) {
	path := filepath.Join(folder, "sluice.lock")
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the data folder's lock: %w", err)
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		defer file.Close()
		return nil, fault.Errorf(fault.Conflict, "data folder",
			"another sluice%s is using the data folder %s: stop it, or choose another folder with --data",
			holder(path), folder)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), file.Close())
	}
	lock := &folderLock{file}
	if err := lock.sign(); err != nil {
		return nil, errors.Join(fmt.Errorf("write %s: %w", path, err), file.Close())
	}
	return lock, nil
}

// InUse reports whether a server has a data folder open, this one or another. It changes nothing.
func InUse(folder string) bool {
	file, err := os.Open(filepath.Join(folder, "sluice.lock"))
	if err != nil {
		return false
	}
	defer file.Close()
	return errors.Is(syscall.Flock(int(file.Fd()), syscall.LOCK_SH|syscall.LOCK_NB), syscall.EWOULDBLOCK)
}

// sign writes the process id into the file, for the error that the next one gets.
func (l *folderLock) sign() error {
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err := l.file.WriteAt(fmt.Appendf(nil, "%d\n", os.Getpid()), 0)
	return err
}

// holder names the process that wrote the file, or is empty if it has not yet.
func holder(path string) string {
	content, err := os.ReadFile(path)
	id := strings.TrimSpace(string(content))
	if err != nil || id == "" {
		return ""
	}
	return " (process " + id + ")"
}

func (l *folderLock) release() error { return l.file.Close() }
