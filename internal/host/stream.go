package host

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http/httputil"
	"strconv"
	"time"

	"sluice/internal/function"
)

// maxStreamed is AWS's limit for an answer that is streamed, in bytes
// (AWS: lambda/latest/dg/configuration-response-streaming.html).
const maxStreamed = 200 << 20

// typeTruncated is the error of an answer that broke off: what callers on AWS see of a process that ends while it
// streams.
const typeTruncated = "Runtime.TruncatedResponse"

// stream runs one call whose answer is handed on while the process writes it. The process is free for another call when
// it has written all, whether or not all was read.
func (p *pool) stream(ctx context.Context, call *function.Call) (*function.Outcome, error) {
	to := newPipe()
	var outcome *function.Outcome
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer to.end()
		outcome, err = p.call(ctx, call, to)
	}()
	defer func() { // even if the stream panics
		to.deafen()
		<-done
	}()
	to.pass(call.Stream, p.version.Number)
	<-done
	if err == nil && !outcome.Failed && !to.hasBegun() {
		to.passWhole(call.Stream, p.version.Number, outcome.Payload)
		outcome.Payload = nil
	}
	return outcome, err
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

// broken is the type of the error that ended an answer which had begun.
func broken(r result) string {
	switch r.kind {
	case answered, unseen:
		return ""
	case refused:
		return orUnknown(r.errorType)
	case oversized:
		return typeTooLarge
	case expired:
		return typeTimeout
	case exited:
	}
	return typeTruncated
}

// streamed takes an answer that the runtime writes while it works, for a caller who reads it meanwhile.
func (c *conn) streamed(id []byte, to *pipe) error {
	if err := c.goAhead(); err != nil {
		return err
	}
	c.session.begins(id)
	to.label(c.req.contentType)
	body := c.req.bodyReader(c.in)
	switch err := carry(to, body); {
	case errors.Is(err, errOversize):
		return c.tooMuch(id, body)
	case errors.Is(err, errOver):
		return err
	case err == nil && c.req.length < 0:
		if err := c.req.readTrailer(c.in); err != nil {
			return err
		}
	case err != nil:
		return err
	}
	r := result{kind: answered, at: time.Now()}
	if c.req.failed() {
		r = c.req.failure(r.at)
	} else {
		to.write(nil) // an empty answer begins too
	}
	return c.receipt(c.session.finish(id, r))
}

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

// tooMuch ends a call whose answer is too long, and lets the runtime write a little more, so that it reads why.
func (c *conn) tooMuch(id []byte, rest io.Reader) error {
	c.session.finish(id, result{kind: oversized, at: time.Now()})
	if _, err := io.CopyN(io.Discard, rest, maxDiscard); !errors.Is(err, io.EOF) {
		return errBody
	}
	if c.req.length < 0 {
		if err := c.req.readTrailer(c.in); err != nil {
			return err
		}
	}
	return c.reply("413 Request Entity Too Large", "RequestEntityTooLarge",
		"Exceeded maximum allowed payload size ("+strconv.Itoa(maxStreamed)+" bytes).")
}

// begins notes that a call's answer comes piece by piece. A process that asks for another call before the answer's end
// has given it up.
func (s *session) begins(id []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.torn = s.current == string(id)
}

// bodyReader reads the body up to its end; what follows the last chunk is left to readTrailer.
func (r *request) bodyReader(in io.Reader) io.Reader {
	if r.length < 0 {
		return httputil.NewChunkedReader(in)
	}
	return &exactReader{in, r.length}
}

// exactReader reads a body of known length; io.ErrUnexpectedEOF says that it ended before.
type exactReader struct {
	in   io.Reader
	left int64
}

func (r *exactReader) Read(b []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n, err := r.in.Read(b[:min(int64(len(b)), r.left)])
	if r.left -= int64(n); errors.Is(err, io.EOF) && r.left > 0 {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// piecemeal reports whether the body is an answer that comes piece by piece. AWS's library for Go writes every answer
// in chunks and says no more of it; others name the response mode.
func (r *request) piecemeal() bool { return r.streaming || r.length < 0 }

// failed reports whether an answer ended in an error.
func (r *request) failed() bool { return len(r.trailerType)+len(r.trailerBody) > 0 }

// failure is that error: its type is in one trailer, its JSON as base64 in another
// (AWS: lambda/latest/dg/runtimes-custom.html, "Response streaming").
func (r *request) failure(at time.Time) result {
	body, err := base64.StdEncoding.DecodeString(string(r.trailerBody))
	if err != nil {
		body = nil
	}
	return result{kind: refused, body: body, errorType: string(r.trailerType), at: at}
}
