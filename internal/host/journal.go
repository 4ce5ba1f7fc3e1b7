package host

import (
	"bytes"
	"sync"
	"time"
)

const (
	// maxEvent is CloudWatch Logs' limit for one event, in bytes. A longer line becomes several.
	maxEvent = 256 << 10
	// tailSize is how much of a call's log AWS returns with the answer (API reference of Invoke: the last 4 KB).
	tailSize = 4 << 10
)

// journal writes an environment's log stream: the lines of its process and those of the platform. Many goroutines may
// use it.
type journal struct {
	mu      sync.Mutex
	stream  LogStream
	partial []byte // the beginning of a line whose end has not come
	tail    tail
	tailing bool
}

// line adds an event. text ends with its line end; an empty one is no event.
func (j *journal) line(text []byte) {
	if len(text) == 0 {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.append(text)
}

// output adds what a process wrote. Each line is an event of its own. A NUL before a line end joins two lines into
// one event: so our bootstraps mark events of several lines.
func (j *journal) output(b []byte) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for len(b) > 0 {
		end := bytes.IndexByte(b, '\n') + 1
		if end == 0 {
			j.keep(b)
			return
		}
		line := b[:end]
		b = b[end:]
		if joined := len(line) > 1 && line[len(line)-2] == 0; joined {
			j.keep(line[:len(line)-2])
			j.keep([]byte{'\n'})
			continue
		}
		if line[0] == '\n' && len(j.partial) > 0 && j.partial[len(j.partial)-1] == 0 {
			// The mark and the line end came in two pieces.
			j.partial[len(j.partial)-1] = '\n'
			continue
		}
		if len(j.partial) > 0 {
			j.keep(line)
			j.flush()
			continue
		}
		j.append(line)
	}
}

// keep adds to the unfinished line, and lets go of it when it grows too long for one event.
func (j *journal) keep(b []byte) {
	for len(j.partial)+len(b) > maxEvent {
		n := maxEvent - len(j.partial)
		j.partial = append(j.partial, b[:n]...)
		b = b[n:]
		j.flush()
	}
	j.partial = append(j.partial, b...)
}

func (j *journal) flush() {
	if len(j.partial) > 0 {
		j.append(j.partial)
	}
	if cap(j.partial) > 4*tailSize {
		j.partial = nil // one long line is no reason to hold its memory for the process's life
	}
	j.partial = j.partial[:0]
}

// finishLine ends a line whose end did not come before its call was over.
func (j *journal) finishLine() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.partial) > 0 {
		j.partial = append(j.partial, '\n')
		j.flush()
	}
}

func (j *journal) append(text []byte) {
	now := time.Now()
	if j.tailing {
		j.tail.write(text)
	}
	for len(text) > maxEvent {
		j.stream.Append(now, text[:maxEvent])
		text = text[maxEvent:]
	}
	j.stream.Append(now, text)
}

// startTail begins to keep the end of what is written.
func (j *journal) startTail() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.tailing = true
	j.tail = j.tail[:0]
}

// stopTail returns what was kept.
func (j *journal) stopTail() []byte {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.tailing = false
	return bytes.Clone(j.tail.last())
}

// tail keeps at least the last tailSize bytes of what is written to it, and less than twice as many.
type tail []byte

func (t *tail) write(b []byte) {
	if len(b) > tailSize {
		b = b[len(b)-tailSize:]
	}
	if len(*t)+len(b) > 2*tailSize {
		*t = append((*t)[:0], t.last()...)
	}
	*t = append(*t, b...)
}

func (t tail) last() []byte {
	if len(t) > tailSize {
		return t[len(t)-tailSize:]
	}
	return t
}
