package host

import (
	"errors"
	"io"
	"os"
	"sync"
	"syscall"
)

// output reads what a process writes to its standard output and error, which share one pipe so that their order is
// kept, and gives it to the journal. It never holds more than one buffer, so a flood is slowed down to the pace of the
// log and fills no memory.
type output struct {
	journal *journal
	reader  *os.File
	raw     syscall.RawConn
	mu      sync.Mutex // held during each read and its way into the journal, so that two readers keep the order
	ended   chan struct{}
}

// buffers are shared by all outputs: most of them are silent most of the time.
var buffers = sync.Pool{New: func() any { return new([32 << 10]byte) }}

// maxDrain bounds what is read on behalf of one call after its answer, if the process goes on to write.
const maxDrain = 1 << 20

// newOutput makes the pipe. The caller gives the writer to the process and closes it.
func newOutput(j *journal) (*output, *os.File, error) {
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	raw, err := reader.SyscallConn()
	if err != nil {
		return nil, nil, errors.Join(err, reader.Close(), writer.Close())
	}
	// The process's end must block: hardly a program can write to one that does not.
	if err := syscall.SetNonblock(int(writer.Fd()), false); err != nil {
		return nil, nil, errors.Join(err, reader.Close(), writer.Close())
	}
	return &output{journal: j, reader: reader, raw: raw, ended: make(chan struct{})}, writer, nil
}

// follow reads until the pipe is closed.
func (o *output) follow() {
	defer close(o.ended)
	_ = o.raw.Read(func(fd uintptr) bool {
		for {
			if _, err := o.read(int(fd)); err != nil {
				return !errors.Is(err, syscall.EAGAIN) // otherwise wait for more
			}
		}
	})
}

// drain reads what the process has written so far, before its call is reported as ended.
func (o *output) drain() {
	_ = o.raw.Control(func(fd uintptr) {
		for total := 0; total < maxDrain; {
			n, err := o.read(int(fd))
			if err != nil {
				return
			}
			total += n
		}
	})
}

// read moves one buffer, or returns EAGAIN if there is nothing now.
func (o *output) read(fd int) (int, error) {
	buffer := buffers.Get().(*[32 << 10]byte)
	defer buffers.Put(buffer)
	o.mu.Lock()
	defer o.mu.Unlock()
	for {
		n, err := syscall.Read(fd, buffer[:])
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case err != nil:
			return 0, err
		case n == 0:
			return 0, io.EOF
		}
		o.journal.output(buffer[:n])
		return n, nil
	}
}

// close ends reading. What the process wrote before it ended has been read when it returns.
func (o *output) close() {
	o.drain()
	_ = o.reader.Close() // wakes follow, even if a stray child still holds the other end
	<-o.ended
}
