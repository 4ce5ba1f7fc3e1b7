package host

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"sluice/internal/function"
	"sluice/internal/host/sandbox"
)

// How often the folders that processes may write are measured; of a process that has no call, one time in idleDisk. What
// takes long to measure is measured less often, so that this costs at most a tenth of a core.
const (
	diskEvery = 250 * time.Millisecond
	diskShare = 10
	idleDisk  = 4
)

// storage is how much a function's temporary files may be, in bytes.
func (e *environment) storage() int64 {
	return int64(cmp.Or(e.pool.version.Config.Storage, function.DefaultStorage)) << 20
}

// watchDisk measures what processes have written until stop is closed, and ends those that wrote too much. AWS's /tmp
// is full then; here no file system can be given a size without root that would also outlive the process.
func (ps *processes) watchDisk(stop <-chan struct{}) {
	disk := inspector{
		processes: ps, look: (*process).sampleDisk, calls: func(p *process) *uint64 { return &p.callsSized }, idle: idleDisk,
	}
	timer := time.NewTimer(diskEvery)
	defer timer.Stop()
	for {
		select {
		case <-stop:
			return
		case <-timer.C:
		}
		began := time.Now()
		disk.inspect()
		timer.Reset(max(diskEvery, diskShare*time.Since(began)))
	}
}

// sampleDisk measures what a process has written. Beyond its limit it is killed, and what is there is removed: the next
// process could not do anything otherwise.
func (p *process) sampleDisk(c *sandbox.Census) {
	if len(p.folders) == 0 || occupied(p.maxDisk, p.folders...)+p.unlinked(c) <= p.maxDisk {
		return
	}
	p.overfull.Store(true)
	p.kill()
}

// empty removes what a process has written too much.
func (p *process) empty() {
	for _, folder := range p.folders {
		names, _ := filepath.Glob(filepath.Join(folder, "*"))
		hidden, _ := filepath.Glob(filepath.Join(folder, ".*"))
		for _, name := range append(names, hidden...) {
			_ = os.RemoveAll(name) // whatever is left is measured again
		}
	}
}

// leastFile is what each file and folder counts as at least, in bytes: an empty one takes something too.
const leastFile = 4 << 10

// occupied returns how many bytes of the disk the files below folders take. It stops counting beyond a limit.
func occupied(limit int64, folders ...string) (total int64) {
	for _, folder := range folders {
		_ = filepath.WalkDir(folder, func(_ string, entry fs.DirEntry, err error) error {
			if err != nil {
				return nil // removed meanwhile, or closed by the function: then little can be in it that we haven't seen
			}
			total += max(blocks(entry), leastFile)
			if total > limit {
				return errEnough
			}
			return nil
		})
	}
	return total
}

// unlinked returns how many bytes files take that the process has removed and still has open.
func (p *process) unlinked(c *sandbox.Census) (total int64) {
	var seen map[uint64]bool
	for _, pid := range c.Take(p.program.members()) {
		c.Unlinked(pid, func(inode uint64, size int64) {
			if seen[inode] {
				return
			}
			if seen == nil {
				seen = map[uint64]bool{}
			}
			seen[inode] = true
			total += size
		})
	}
	return total
}

// writable are the folders on the machine's disk that a program may write and that are its own.
func writable(spec sandbox.Spec, private string) (folders []string) {
	for _, e := range spec.Entries {
		if e.Kind == sandbox.Writable && sandbox.Within(e.From, private) {
			folders = append(folders, e.From)
		}
	}
	return folders
}

func overfull(limit int64) string {
	return fmt.Sprintf("The function was ended, and its temporary files were removed: they were more than %d MB, "+
		"where each counts as %d KB at least", limit>>20, leastFile>>10)
}

var errEnough = errors.New("enough")

// blocks are what a file takes of the disk: a sparse one takes less than its length.
func blocks(entry fs.DirEntry) int64 {
	info, err := entry.Info()
	if err != nil {
		return 0
	}
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return stat.Blocks * 512
	}
	return info.Size()
}
