package doctor

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// kinds names file systems by the numbers that statfs(2) gives them; remote ones are reached over a network or through
// another system.
var kinds = map[uint32]struct {
	name   string
	remote bool
}{
	unix.EXT4_SUPER_MAGIC: {"ext4", false}, unix.XFS_SUPER_MAGIC: {"xfs", false}, unix.BTRFS_SUPER_MAGIC: {"btrfs", false},
	unix.TMPFS_MAGIC: {"tmpfs", false}, unix.OVERLAYFS_SUPER_MAGIC: {"overlay", false}, unix.F2FS_SUPER_MAGIC: {"f2fs", false},
	0x2fc12fc1: {"zfs", false}, unix.NFS_SUPER_MAGIC: {"nfs", true}, unix.SMB2_SUPER_MAGIC: {"smb", true},
	unix.CIFS_SUPER_MAGIC: {"cifs", true}, unix.V9FS_MAGIC: {"9p", true}, unix.FUSE_SUPER_MAGIC: {"fuse", true},
	unix.CEPH_SUPER_MAGIC: {"ceph", true},
}

// fileSystem names the file system of a folder, and says how many bytes are free.
func fileSystem(folder string) (name string, remote bool, free uint64) {
	var stat unix.Statfs_t
	if err := unix.Statfs(folder, &stat); err != nil {
		return err.Error(), false, 0
	}
	kind, known := kinds[uint32(stat.Type)]
	if !known {
		kind.name = fmt.Sprintf("of kind %#x", uint32(stat.Type))
	}
	return kind.name, kind.remote, stat.Bavail * uint64(stat.Bsize)
}
