package ingress

import (
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

// drained is how much of a body beyond its limit is still read, so that a client that sends before it reads gets the
// error and not a broken connection.
const drained = 64 << 20

// unreadTime is how long the rest of a request is waited for that is refused before its body was read.
const unreadTime = time.Second

// Exchange is one request and the way to answer it. It reads the body once it is wanted. One goroutine may use it.
type Exchange struct {
	W    http.ResponseWriter
	R    *http.Request
	Body []byte // once it has been taken

	limit int           // bytes
	time  time.Duration // that a client may take; zero means no limit
	read  bool          // nothing of the body is left
}

// NewExchange returns an Exchange that takes a body of at most limit bytes, for which a client may take so long; zero means no
// limit of the time.
func NewExchange(w http.ResponseWriter, r *http.Request, limit int, patience time.Duration) Exchange {
	return Exchange{W: w, R: r, limit: limit, time: patience}
}

// What may come of a body that is taken.
var (
	ErrTooLong = errors.New("the body is longer than it may be")
	ErrLate    = errors.New("the body did not arrive in time")
	ErrCut     = errors.New("the body can't be read to its end")
)

// Take reads the whole body, which may come in chunks without a declared length. Its errors are ErrTooLong, ErrLate and ErrCut.
// Once it has been taken, it is not read again.
func (x *Exchange) Take() error {
	if x.read || x.R.ContentLength == 0 {
		return nil
	}
	if x.hopeless() {
		return ErrTooLong
	}
	lift := x.deadline()
	body, err := io.ReadAll(io.LimitReader(x.R.Body, int64(x.limit)+1))
	x.read = true
	if err == nil && len(body) <= x.limit {
		x.Body = body
		lift()
		return nil
	}
	x.W.Header().Set("Connection", "close")
	switch {
	case err == nil:
		_, _ = io.CopyN(io.Discard, x.R.Body, drained)
		return ErrTooLong
	case errors.Is(err, os.ErrDeadlineExceeded):
		return ErrLate
	}
	return ErrCut
}

// hopeless reports whether a body is refused before it comes: one too long that waits for a word, or that is too long to drain.
func (x *Exchange) hopeless() bool {
	length := x.R.ContentLength
	return length > int64(x.limit) && (length > drained || strings.EqualFold(x.R.Header.Get("Expect"), "100-continue"))
}

// deadline bounds how long a client may take to send its body. The function it returns lifts the bound: a deadline that
// passed while the function runs would end the request's context.
func (x *Exchange) deadline() (lift func()) {
	control := http.NewResponseController(x.W)
	if x.time <= 0 || control.SetReadDeadline(time.Now().Add(x.time)) != nil {
		return func() {}
	}
	return func() { _ = control.SetReadDeadline(time.Time{}) }
}

// Leave gives up a body that has not been read: net/http would wait for it before it answers. To be called before the answer's
// head is sent.
func (x *Exchange) Leave() {
	if x.read || x.R.ContentLength == 0 {
		return
	}
	x.W.Header().Set("Connection", "close")
	_ = http.NewResponseController(x.W).SetReadDeadline(time.Now().Add(unreadTime)) // tests have no connection
}
