package sandbox

import (
	"os"
	"strconv"
)

// maxShared is how much memory programs may share by System V's segments, in bytes: as much as in /dev/shm.
const maxShared = 64 << 20

// limitIPC limits what a program can keep in its IPC namespace, which is in no process's memory. The numbers of queues
// and semaphores are those of Linux 2.6 (see proc_sys_kernel(5)). Older kernels let nobody but root set them; there the
// machine's hold.
func limitIPC() {
	for name, value := range map[string]string{
		"shmall": strconv.Itoa(maxShared / os.Getpagesize()), "msgmni": "16", "sem": "250 32000 32 128",
	} {
		_ = os.WriteFile("/proc/sys/kernel/"+name, []byte(value), 0)
	}
}
