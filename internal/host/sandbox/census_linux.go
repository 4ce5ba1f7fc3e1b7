package sandbox

import (
	"bytes"
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// Members says which processes are a program and all that it has started.
type Members struct {
	pid    int  // whose descendants they are
	itself bool // this one is a member too
	apart  bool // it is a keeper, in whose own /proc there is nobody else
}

// MembersOf are a process and all that it has started: without the ones that have lost their parent to another.
func MembersOf(pid int) Members { return Members{pid: pid, itself: true} }

// Members are the program and all that it has started. They can be counted from Start to Wait's return.
func (p *Process) Members() Members { return Members{pid: p.keeper.Pid, apart: p.kind == separate} }

// Descendants returns the processes that a process has started, and those that these have, and so on: without the ones
// that have lost their parent to another. It is empty where the kernel does not tell.
func Descendants(pid int) []int {
	var c Census
	defer c.Close()
	return c.Take(Members{pid: pid})
}

// Census looks at programs that run, again and again: it keeps its memory from one to the next. Its zero value is ready.
// One goroutine at a time may use it, and Close ends each use.
type Census struct {
	proc    procFolder
	members []int
	numbers []int // of threads or files
}

// Take counts a program's processes. Their numbers are those of the /proc that they were found in, for the other methods
// alone, until the next Take or Close.
func (c *Census) Take(m Members) []int {
	c.Close()
	c.members = c.members[:0]
	if m.apart && c.takeAll(m.pid) {
		return c.members
	}
	if c.proc.openAt("/proc") != nil {
		return nil
	}
	c.addChildren(m.pid)
	for next := 0; next < len(c.members); next++ {
		c.addChildren(c.members[next])
	}
	if m.itself {
		c.members = append(c.members, m.pid)
	}
	return c.members
}

// takeAll takes all processes that a keeper's /proc shows but the keeper. It reports whether the server may look there.
func (c *Census) takeAll(keeper int) bool {
	if c.proc.openAt("/proc/"+strconv.Itoa(keeper)+"/root/proc") != nil {
		return false
	}
	c.members = c.proc.numbers(c.proc.fd, c.members)
	for i, pid := range c.members {
		if pid == 1 {
			c.members = append(c.members[:i], c.members[i+1:]...)
			return true
		}
	}
	return false // it has just ended
}

func (c *Census) addChildren(pid int) {
	fd := c.proc.open(pid, "task", 0, "")
	if fd < 0 {
		return
	}
	c.numbers = c.proc.numbers(fd, c.numbers[:0])
	_ = unix.Close(fd)
	for _, thread := range c.numbers {
		text := c.proc.read(pid, "task/", thread, "/children")
		for len(text) > 0 {
			var child int
			if child, text = number(text); child > 0 {
				c.members = append(c.members, child)
			}
		}
	}
}

// Resident returns how many bytes of memory a process occupies, what it shares with others included.
func (c *Census) Resident(pid int) int64 {
	_, rest := number(c.proc.read(pid, "statm", 0, ""))
	pages, _ := number(rest)
	return int64(pages) * int64(os.Getpagesize())
}

// Proportional returns how many bytes of memory a process occupies, where what it shares with others counts only in part;
// 0 where the machine does not tell. It takes the kernel long.
func (c *Census) Proportional(pid int) int64 {
	text := c.proc.read(pid, "smaps_rollup", 0, "")
	_, text, _ = bytes.Cut(text, []byte("\nPss:"))
	kilobytes, _ := number(bytes.TrimLeft(text, " "))
	return int64(kilobytes) << 10
}

// Unlinked calls see for each file that processes have open and that is in no folder any more, with the number that
// the file system knows it by and the bytes that it takes of the disk. The same file may come more than once.
func (c *Census) Unlinked(pid int, see func(inode uint64, size int64)) {
	fd := c.proc.open(pid, "fd", 0, "")
	if fd < 0 {
		return
	}
	defer func() { _ = unix.Close(fd) }()
	c.numbers = c.proc.numbers(fd, c.numbers[:0])
	for _, file := range c.numbers {
		var stat unix.Stat_t
		err := unix.Fstatat(fd, strconv.Itoa(file), &stat, 0)
		if err == nil && stat.Mode&unix.S_IFMT == unix.S_IFREG && stat.Nlink == 0 {
			see(stat.Ino, stat.Blocks*512)
		}
	}
}

// Close ends a use.
func (c *Census) Close() { c.proc.close() }
