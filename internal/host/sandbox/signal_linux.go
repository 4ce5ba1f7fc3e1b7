package sandbox

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

const lastSignal = 64

// ignoreSignals takes all signal handlers from the keeper, which is process 1 of its namespace: the kernel keeps signals
// without a handler away from it, but Go has one for most. If the server is not root, the program's user is the keeper's
// and might end it by them. It comes after the program has been forked, which would inherit signals that are ignored;
// the server ends a keeper by SIGKILL, which needs no handler.
func ignoreSignals() {
	var byDefault [4]uint64 // a struct sigaction: SIG_DFL, no flags, no restorer, an empty mask
	for signal := uintptr(1); signal <= lastSignal; signal++ {
		// SIGKILL and SIGSTOP are refused, and have no handler anyway.
		_, _, _ = unix.RawSyscall6(unix.SYS_RT_SIGACTION, signal, uintptr(unsafe.Pointer(&byDefault)), 0, 8, 0, 0)
	}
}
