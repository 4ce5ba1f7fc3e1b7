package host

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"strconv"
	"syscall"
	"time"
)

// conn is one connection of a process to its Runtime API (AWS: lambda/latest/dg/runtimes-api.html, 2018-06-01).
//
// It parses HTTP/1.1 by itself: an invocation crosses it twice, and what net/http does besides took half of the time
// that a call costs here.
type conn struct {
	session *session
	net     net.Conn
	raw     syscall.RawConn
	in      *bufio.Reader
	req     request
}

func newConn(s *session, accepted net.Conn) *conn {
	c := &conn{session: s, net: accepted, in: bufio.NewReaderSize(accepted, maxLine)}
	if tcp, ok := accepted.(*net.TCPConn); ok {
		c.raw, _ = tcp.SyscallConn()
	}
	return c
}

// errTurn says that a runtime asks for what it may not do now.
var errTurn = errors.New("the state transition is not allowed")

// serve answers requests until the connection ends.
func (c *conn) serve() {
	unread := false
	defer func() {
		_ = c.net.Close()
		c.session.leave(c, unread)
	}()
	for {
		err := c.req.readHead(c.in)
		unread = err != nil && c.unread(err)
		if c.session.unpark(c) {
			return // closed, or a second request before the first was answered
		}
		if err == nil {
			err = c.answer()
		}
		if err != nil {
			c.refuse(err)
			return
		}
		if c.req.last {
			return
		}
	}
}

// refuse tells the client what was wrong with its request, if it was the request.
func (c *conn) refuse(err error) {
	for _, bad := range []error{errRequestLine, errHeader, errHeaderSize, errLength, errBody} {
		if errors.Is(err, bad) {
			_ = c.reply("400 Bad Request", "InvalidRequest", "The request is malformed: "+bad.Error())
			return
		}
	}
}

const pathPrefix = "/2018-06-01/runtime/"

// answer handles one request. An error ends the connection.
func (c *conn) answer() error {
	rest, ok := bytes.CutPrefix(c.req.path, []byte(pathPrefix))
	get, post := string(c.req.method) == "GET", string(c.req.method) == "POST"
	switch {
	case ok && string(rest) == "invocation/next":
		if !get {
			return c.wrongMethod()
		}
		return c.next()
	case ok && string(rest) == "init/error":
		if !post {
			return c.wrongMethod()
		}
		return c.initError()
	}
	id, action, found := bytes.Cut(bytes.TrimPrefix(rest, []byte("invocation/")), []byte("/"))
	known := string(action) == "response" || string(action) == "error"
	if !ok || !found || !known || !bytes.HasPrefix(rest, []byte("invocation/")) {
		return c.decline("404 Not Found", "NotFound", "There is no such path in the Runtime API")
	}
	if !post {
		return c.wrongMethod()
	}
	return c.outcome(id, string(action) == "error")
}

func (c *conn) wrongMethod() error {
	return c.decline("405 Method Not Allowed", "MethodNotAllowed", "The path does not take this method")
}

// next parks the connection until there is a call. The goroutine that brings it writes the answer; this one goes back
// to reading, where it notices if the process goes away.
func (c *conn) next() error {
	if err := c.skipBody(); err != nil {
		return err
	}
	m, deadline, err := c.session.park(c)
	if err != nil {
		return c.outOfTurn("InvocationNext")
	}
	if m == nil {
		return nil
	}
	return m.send(c.net, deadline)
}

var (
	accepted = []byte("HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"status\":\"OK\"}\n")
	goOn     = []byte("HTTP/1.1 100 Continue\r\n\r\n")
)

// outcome takes the answer to a call. Whoever waits for it is woken before the runtime gets its receipt.
func (c *conn) outcome(id []byte, failed bool) error {
	to, runs := c.session.taker(id)
	switch {
	case !runs:
		if c.session.idleNow() {
			return c.outOfTurn("InvocationResponse")
		}
		return c.decline("400 Bad Request", "InvalidRequestID", "Invalid request ID")
	case to != nil && !failed && c.req.piecemeal():
		return c.streamed(id, to)
	case to != nil && !failed:
		to.label(c.req.contentType)
	}
	body, err := c.body()
	r := result{kind: answered, body: body, at: time.Now()}
	switch {
	case failed:
		r.kind, r.errorType = refused, string(c.req.errorType)
	case c.req.failed():
		r = c.req.failure(r.at)
	}
	if errors.Is(err, errOversize) {
		c.session.finish(id, result{kind: oversized, at: r.at})
		return c.reply("413 Request Entity Too Large", "RequestEntityTooLarge",
			"Exceeded maximum allowed payload size ("+strconv.Itoa(maxResponse)+" bytes).")
	}
	if err != nil {
		return err
	}
	return c.receipt(c.session.finish(id, r))
}

// receipt tells the runtime whether its answer was the first to the call.
func (c *conn) receipt(first bool) error {
	if !first {
		return c.reply("400 Bad Request", "InvalidRequestID", "Invalid request ID")
	}
	_, err := c.net.Write(accepted)
	return err
}

func (c *conn) initError() error {
	body, err := c.body()
	if err != nil && !errors.Is(err, errOversize) {
		return err
	}
	if !c.session.fail(result{kind: refused, body: body, errorType: string(c.req.errorType), at: time.Now()}) {
		return c.reply("403 Forbidden", "InvalidStateTransition", "The process has already started")
	}
	_, err = c.net.Write(accepted)
	return err
}

// body reads the request's body, and says to a client that asks first that it may send it.
func (c *conn) body() ([]byte, error) {
	if err := c.goAhead(); err != nil {
		return nil, err
	}
	return c.req.readBody(c.in)
}

func (c *conn) goAhead() error {
	if !c.req.expect {
		return nil
	}
	_, err := c.net.Write(goOn)
	return err
}

func (c *conn) skipBody() error {
	if c.req.length == 0 {
		return nil
	}
	_, err := c.body()
	if errors.Is(err, errOversize) {
		return nil
	}
	return err
}

func (c *conn) outOfTurn(what string) error {
	return c.decline("403 Forbidden", "InvalidStateTransition",
		"State transition to "+what+" failed for runtime. Error: State transition is not allowed")
}

// decline answers a well-formed request with an error and keeps the connection.
func (c *conn) decline(status, errorType, text string) error {
	if err := c.skipBody(); err != nil {
		return err
	}
	return c.reply(status, errorType, text)
}

func (c *conn) reply(status, errorType, text string) error {
	body := failure{Message: text, Type: errorType}.json()
	b := append([]byte("HTTP/1.1 "), status...)
	b = append(b, "\r\nContent-Type: application/json\r\nContent-Length: "...)
	b = strconv.AppendInt(b, int64(len(body)), 10)
	b = append(append(b, "\r\n\r\n"...), body...)
	_, err := c.net.Write(b)
	return err
}

// hungUp reports whether the process has closed its end, without waiting and without taking anything from the stream.
// A dead process's sockets are closed before anybody can be told of its death.
func (c *conn) hungUp() bool {
	gone := false
	err := c.raw.Control(func(fd uintptr) {
		var b [1]byte
		n, _, err := syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		gone = (n == 0 && err == nil) || (err != nil && !errors.Is(err, syscall.EAGAIN) && !errors.Is(err, syscall.EINTR))
	})
	return gone || err != nil
}

// unread reports, for a connection that ended with err, that the process did not read what was sent last. A socket that
// is closed with unread bytes resets the connection; so does one that was closed before they came, and then the reset
// shows as a broken pipe.
func (c *conn) unread(err error) bool {
	if errors.Is(err, syscall.ECONNRESET) {
		return true
	}
	pending := 0
	_ = c.raw.Control(func(fd uintptr) {
		pending, _ = syscall.GetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_ERROR)
	})
	return syscall.Errno(pending) == syscall.EPIPE
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
