package host

import (
	"errors"
	"io"
	"sync"

	"sluice/internal/function"
)

// maxPiece is the most of an answer, in bytes, that waits for its reader. As much again may be on its way to him.
const maxPiece = 64 << 10

// pipe hands an answer from the connection on which a process writes it to the goroutine that passes it on. A slow
// reader slows the process down, until its call is over; one who is gone does not.
type pipe struct {
	mu          sync.Mutex
	changed     sync.Cond
	contentType string // as the runtime gave it
	begun       bool   // the first byte of a streamed answer has come, or its end
	pending     []byte
	deaf        bool // nobody reads any more
	over        bool // nothing more is taken
}

func newPipe() *pipe {
	p := &pipe{}
	p.changed.L = &p.mu
	return p
}

// label notes the content type of the answer that comes.
func (p *pipe) label(contentType []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.contentType = string(contentType)
}

// write waits until there is room for b, which is no longer than maxPiece, and takes it. It reports whether the call
// goes on.
func (p *pipe) write(b []byte) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.pending) > 0 && len(p.pending)+len(b) > maxPiece && !p.deaf && !p.over {
		p.changed.Wait()
	}
	if p.over {
		return false
	}
	p.begun = true
	if !p.deaf {
		p.pending = append(p.pending, b...)
	}
	p.changed.Broadcast()
	return true
}

// end says that no more will come. What has come is still read.
func (p *pipe) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.over = true
	p.changed.Broadcast()
}

// hasBegun reports whether a streamed answer has begun.
func (p *pipe) hasBegun() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.begun
}

// next waits for a piece and gives spare, a piece that is done with, for those to come. It returns whether the answer
// has begun, and whether another piece may follow.
func (p *pipe) next(spare []byte, begun bool) (piece []byte, begins, more bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.pending) == 0 && !p.over && p.begun == begun {
		p.changed.Wait()
	}
	piece, p.pending = p.pending, spare[:0]
	p.changed.Broadcast()
	return piece, p.begun, !p.over
}

// deafen lets the process write on without anybody who reads.
func (p *pipe) deafen() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.deaf, p.pending = true, nil
	p.changed.Broadcast()
}

// pass hands the answer on to its end, or until the process's call is over.
func (p *pipe) pass(to function.Stream, n function.Number) {
	begun, deaf := false, false
	for spare, more := []byte(nil), true; more; {
		var piece []byte
		var begins bool
		piece, begins, more = p.next(spare, begun)
		if begins && !begun {
			begun = true
			to.Begin(p.head(n, true))
		}
		if len(piece) > 0 && !deaf {
			if _, err := to.Write(piece); err != nil {
				deaf = true
				p.deafen()
			}
		}
		spare = piece
	}
}

// head is what is known of the answer.
func (p *pipe) head(n function.Number, streamed bool) function.StreamHead {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := function.StreamHead{ContentType: p.contentType, Streamed: streamed, Executed: n}
	if h.ContentType == "" {
		h.ContentType = "application/octet-stream"
	}
	return h
}

// passWhole hands on an answer that came in one piece.
func (p *pipe) passWhole(to function.Stream, n function.Number, answer []byte) {
	to.Begin(p.head(n, false))
	for len(answer) > 0 {
		size := min(len(answer), maxPiece)
		if _, err := to.Write(answer[:size]); err != nil {
			return
		}
		answer = answer[size:]
	}
}

// maxStreamed is AWS's limit for an answer that is streamed, in bytes
// (AWS: lambda/latest/dg/configuration-response-streaming.html).
const maxStreamed = 200 << 20

// errOver says that the call for which an answer comes has ended.
var errOver = errors.New("the call is over")

// carry copies an answer into a pipe. Errors: errOversize, errOver, errBody.
func carry(to *pipe, body io.Reader) error {
	buffer := buffers.Get().(*[32 << 10]byte)
	defer buffers.Put(buffer)
	for total := 0; ; {
		n, err := body.Read(buffer[:])
		if total += n; total > maxStreamed {
			return errOversize
		}
		if n > 0 && !to.write(buffer[:n]) {
			return errOver
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return errBody
		}
	}
}
