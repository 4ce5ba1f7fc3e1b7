//go:build !linux

package doctor

import "syscall"

// fileSystem says how many bytes are free on the file system of a folder. What kind it is, systems tell in ways of
// their own.
func fileSystem(folder string) (name string, remote bool, free uint64) {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(folder, &stat); err != nil {
		return err.Error(), false, 0
	}
	return "of this machine", false, stat.Bavail * uint64(stat.Bsize)
}
