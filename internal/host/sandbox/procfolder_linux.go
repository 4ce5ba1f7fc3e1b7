package sandbox

import (
	"encoding/binary"
	"strconv"
	"unsafe"

	"golang.org/x/sys/unix"
)

// procFolder reads a /proc with the system calls themselves: what package os does more for each file, this need not, and
// it is done for each process several times a second. Its zero value is closed.
type procFolder struct {
	fd   int
	is   bool   // open
	text []byte // what was read last
	name []byte
}

func (p *procFolder) openAt(path string) (err error) {
	p.fd, err = unix.Open(path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	p.is = err == nil
	return err
}

func (p *procFolder) close() {
	if p.is {
		_ = unix.Close(p.fd)
		p.is = false
	}
}

// open opens what the kernel tells of a process: in one of its folders if n is not 0, which names it. It returns -1 if
// there is no such thing.
func (p *procFolder) open(pid int, what string, n int, rest string) int {
	p.name = append(append(strconv.AppendInt(p.name[:0], int64(pid), 10), '/'), what...)
	if n != 0 {
		p.name = append(strconv.AppendInt(p.name, int64(n), 10), rest...)
	}
	p.name = append(p.name, 0)
	for {
		fd, _, errno := unix.Syscall6(unix.SYS_OPENAT, uintptr(p.fd), uintptr(unsafe.Pointer(&p.name[0])),
			unix.O_RDONLY|unix.O_CLOEXEC, 0, 0, 0)
		switch errno {
		case 0:
			return int(fd)
		case unix.EINTR:
		default:
			return -1
		}
	}
}

// firstRead is for how many bytes there is room at first: for all that is read of a usual process.
const firstRead = 4 << 10

// read returns the text of such a thing, until the next read; nothing if the process is not there.
func (p *procFolder) read(pid int, what string, n int, rest string) []byte {
	fd := p.open(pid, what, n, rest)
	if fd < 0 {
		return nil
	}
	defer func() { _ = unix.Close(fd) }()
	if p.text == nil {
		p.text = make([]byte, firstRead)
	}
	for size := 0; ; {
		if size == len(p.text) {
			p.text = append(p.text, make([]byte, len(p.text))...)
		}
		got, err := unix.Read(fd, p.text[size:])
		switch {
		case err == unix.EINTR:
		case err != nil || got == 0:
			return p.text[:size]
		default:
			size += got
		}
	}
}

// numbers adds the names in an open folder that are numbers.
func (p *procFolder) numbers(fd int, to []int) []int {
	if p.text == nil {
		p.text = make([]byte, firstRead)
	}
	for {
		size, err := unix.Getdents(fd, p.text)
		if err == unix.EINTR {
			continue
		}
		if err != nil || size <= 0 {
			return to
		}
		to = addNumbers(p.text[:size], to)
	}
}

// addNumbers reads what getdents64(2) has written.
func addNumbers(entries []byte, to []int) []int {
	const length, begin = unsafe.Offsetof(unix.Dirent{}.Reclen), unsafe.Offsetof(unix.Dirent{}.Name)
	for len(entries) > int(begin) {
		size := binary.NativeEndian.Uint16(entries[length:])
		name := entries[begin:size]
		if n, _ := number(name); n > 0 || name[0] == '0' {
			to = append(to, n)
		}
		entries = entries[size:]
	}
	return to
}

// number reads digits, and returns what follows the one character behind them.
func number(text []byte) (n int, rest []byte) {
	i := 0
	for ; i < len(text) && '0' <= text[i] && text[i] <= '9'; i++ {
		n = n*10 + int(text[i]-'0')
	}
	return n, text[min(i+1, len(text)):]
}
