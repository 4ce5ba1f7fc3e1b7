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

// readBody reads the whole body, which may come in chunks without a declared length.
func (v *visit) readBody() *refusal {
	if v.r.ContentLength == 0 {
		return nil
	}
	if v.hopeless() {
		return tooLarge
	}
	lift := v.deadline()
	body, err := io.ReadAll(io.LimitReader(v.r.Body, function.MaxPayload+1))
	if err == nil && len(body) <= function.MaxPayload {
		v.body, v.read = body, true
		lift()
		return nil
	}
	v.read = true
	v.w.Header().Set("Connection", "close")
	switch {
	case err == nil:
		_, _ = io.CopyN(io.Discard, v.r.Body, drained)
		return tooLarge
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &refusal{status: http.StatusRequestTimeout, message: "The request's body did not arrive in time."}
	default:
		return &refusal{status: http.StatusBadRequest, message: "The request's body can't be read to its end."}
	}
}

// hopeless reports whether a body is refused before it comes: one too long that waits for a word, or that is too long to drain.
func (v *visit) hopeless() bool {
	length := v.r.ContentLength
	return length > function.MaxPayload && (length > drained || strings.EqualFold(v.r.Header.Get("Expect"), "100-continue"))
}

// deadline bounds how long a client may take to send its body. The function it returns lifts the bound: a deadline that
// passed while the function runs would end the request's context.
func (v *visit) deadline() (lift func()) {
	control := http.NewResponseController(v.w)
	if v.config.BodyTime <= 0 || control.SetReadDeadline(time.Now().Add(v.config.BodyTime)) != nil {
		return func() {}
	}
	return func() { _ = control.SetReadDeadline(time.Time{}) }
}

// leave gives up a body that has not been read: net/http would wait for it before it answers.
func (v *visit) leave() {
	if v.read || v.r.ContentLength == 0 {
		return
	}
	v.w.Header().Set("Connection", "close")
	_ = http.NewResponseController(v.w).SetReadDeadline(time.Now().Add(unreadTime)) // tests have no connection
}
