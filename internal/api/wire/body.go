package wire

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

	"sluice/internal/api/wire/sigv4"
)

// drained is how much of a body beyond its limit is still read, so that a client that sends before it reads gets the
// error and not a broken connection.
const drained = 256 << 20

// trusted is the length of a body, in bytes, for which memory is taken on the caller's word.
const trusted = 256 << 10

// unreadTime is how long the rest of a request is waited for that is refused before its body was read. A client that
// sends first and reads then gets its answer; one that never sends does not keep the connection.
const unreadTime = time.Second

// leave gives up a body that has not been read: net/http would wait for it before it answers.
func (r *Request) leave() {
	if r.Body != nil || r.HTTP.ContentLength == 0 {
		return
	}
	r.w.Header().Set("Connection", "close")
	_ = http.NewResponseController(r.w).SetReadDeadline(time.Now().Add(unreadTime)) // tests have no connection
}

// readBody reads all of body, which may have limit bytes. Declared is its length, or -1 if nobody knows.
func (s *Server) readBody(r *Request, body io.Reader, declared, limit int64, called string) ([]byte, *Error) {
	if declared == 0 {
		return nil, nil
	}
	lift := s.deadline(r)
	data, err := readUpTo(body, declared, limit)
	if err == nil {
		lift()
		return data, nil
	}
	// The deadline stays, since net/http would wait for the rest of the body before it answers.
	r.w.Header().Set("Connection", "close")
	if errors.Is(err, errTooLong) {
		_, _ = io.CopyN(io.Discard, r.HTTP.Body, drained)
		return nil, tooLarge(limit, called)
	}
	return nil, unreadable(r.codec, err)
}

// deadline bounds how long a client may take to send its body. The function it returns lifts the bound: a deadline
// that passed while the handler runs would end the request's context.
func (s *Server) deadline(r *Request) func() {
	if s.config.BodyTime <= 0 {
		return func() {}
	}
	control := http.NewResponseController(r.w)
	if control.SetReadDeadline(time.Now().Add(s.config.BodyTime)) != nil {
		return func() {}
	}
	return func() { _ = control.SetReadDeadline(time.Time{}) }
}

var errTooLong = errors.New("body beyond its limit")

func readUpTo(body io.Reader, declared, limit int64) ([]byte, error) {
	if declared > limit {
		return nil, errTooLong
	}
	if declared >= 0 {
		return readExactly(body, declared)
	}
	data, err := io.ReadAll(io.LimitReader(body, limit+1))
	if int64(len(data)) > limit {
		return nil, errTooLong
	}
	return data, err
}

// readExactly reads a body of a declared length. Memory is taken as the body comes: a large length is only a promise.
func readExactly(body io.Reader, declared int64) ([]byte, error) {
	if declared <= trusted {
		data := make([]byte, declared)
		_, err := io.ReadFull(body, data)
		return data, err
	}
	data := bytes.NewBuffer(make([]byte, 0, trusted))
	_, err := io.CopyN(data, body, declared)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return data.Bytes(), err
}

func unreadable(c codec, err error) *Error {
	var signature *sigv4.Error
	switch {
	case errors.As(err, &signature):
		return c.unsigned(signature)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return malformed("The request's body did not arrive in time.", http.StatusRequestTimeout)
	}
	return malformed("The request's body ended before its declared length.", http.StatusBadRequest)
}

func tooLarge(limit int64, called string) *Error {
	return &Error{
		Code: "RequestEntityTooLargeException", Status: http.StatusRequestEntityTooLarge,
		Message: "Request must be smaller than " + strconv.FormatInt(limit, 10) + " bytes for the " + called + " operation",
	}
}
