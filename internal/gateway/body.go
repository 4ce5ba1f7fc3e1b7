package gateway

import (
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"sluice/internal/function"
)

// drained is how much of a body beyond its limit is still read, so that a client that sends before it reads gets the
// error and not a broken connection.
const drained = 64 << 20

// unreadTime is how long the rest of a request is waited for that is refused before its body was read.
const unreadTime = time.Second

// intake reads the body of a request, once it is wanted.
type intake struct {
	w     http.ResponseWriter
	r     *http.Request
	limit int           // bytes
	time  time.Duration // that a client may take; zero means no limit

	body []byte
	read bool // nothing of the body is left
}

// arrival is how a body came.
type arrival int

const (
	whole   arrival = iota
	tooLong         // more than the limit
	late            // not in time
	cut             // broken off, or no body
)

// take reads the whole body, which may come in chunks without a declared length.
func (in *intake) take() arrival {
	if in.read || in.r.ContentLength == 0 {
		return whole
	}
	if in.hopeless() {
		return tooLong
	}
	lift := in.deadline()
	body, err := io.ReadAll(io.LimitReader(in.r.Body, int64(in.limit)+1))
	if err == nil && len(body) <= in.limit {
		in.body, in.read = body, true
		lift()
		return whole
	}
	in.read = true
	in.w.Header().Set("Connection", "close")
	switch {
	case err == nil:
		_, _ = io.CopyN(io.Discard, in.r.Body, drained)
		return tooLong
	case errors.Is(err, os.ErrDeadlineExceeded):
		return late
	}
	return cut
}

// hopeless reports whether a body is refused before it comes: one too long that waits for a word, or that is too long to drain.
func (in *intake) hopeless() bool {
	length := in.r.ContentLength
	return length > int64(in.limit) && (length > drained || strings.EqualFold(in.r.Header.Get("Expect"), "100-continue"))
}

// deadline bounds how long a client may take to send its body. The function it returns lifts the bound: a deadline that
// passed while the function runs would end the request's context.
func (in *intake) deadline() (lift func()) {
	control := http.NewResponseController(in.w)
	if in.time <= 0 || control.SetReadDeadline(time.Now().Add(in.time)) != nil {
		return func() {}
	}
	return func() { _ = control.SetReadDeadline(time.Time{}) }
}

// leave gives up a body that has not been read: net/http would wait for it before it answers.
func (in *intake) leave() {
	if in.read || in.r.ContentLength == 0 {
		return
	}
	in.w.Header().Set("Connection", "close")
	_ = http.NewResponseController(in.w).SetReadDeadline(time.Now().Add(unreadTime)) // tests have no connection
}

// readBody reads the body of a visit.
func (v *visit) readBody() *refusal {
	switch v.take() {
	case tooLong:
		return tooLarge
	case late:
		return &refusal{status: http.StatusRequestTimeout, message: "The request's body did not arrive in time."}
	case cut:
		return &refusal{status: http.StatusBadRequest, message: "The request's body can't be read to its end."}
	}
	return nil
}

// newIntake reads the body of a request to a function.
func (g *Gateway) newIntake(w http.ResponseWriter, r *http.Request) intake {
	return intake{w: w, r: r, limit: function.MaxPayload, time: g.config.BodyTime}
}
