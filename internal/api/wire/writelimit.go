package wire

import (
	"net/http"
	"time"
)

// writePiece is how much of an answer is written under one deadline, in bytes: a client may be slow, but must not stand still.
const writePiece = 64 << 10

// LimitWrites bounds how long a client may leave an answer unread: each 64 KiB of it, and what is left at its end, has to be
// taken within limit, or the connection is broken. Without it, a client that stands still holds its request, and all that the
// handler has open, for ever. How long the whole takes is not bounded, and a handler may pause between two writes for as
// long as it likes. A limit of zero means none.
func LimitWrites(next http.Handler, limit time.Duration) http.Handler {
	if limit <= 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		limited := &limitedWriter{ResponseWriter: w, limit: limit}
		next.ServeHTTP(limited, r)
		limited.renew() // for what net/http has kept back: the handler may have paused since it wrote
	})
}

// limitedWriter gives each write a deadline of its own. Flush and FlushError are there for http.Flusher and
// http.ResponseController, which finds the rest by Unwrap.
type limitedWriter struct {
	http.ResponseWriter
	limit time.Duration
	set   time.Time // when the deadline was last moved
}

func (l *limitedWriter) Unwrap() http.ResponseWriter { return l.ResponseWriter }

func (l *limitedWriter) Write(p []byte) (written int, err error) {
	for {
		l.renew()
		n, err := l.ResponseWriter.Write(p[:min(len(p), writePiece)])
		written += n
		if p = p[n:]; err != nil || len(p) == 0 {
			return written, err
		}
	}
}

func (l *limitedWriter) Flush() { _ = l.FlushError() }

func (l *limitedWriter) FlushError() error {
	l.renew()
	return http.NewResponseController(l.ResponseWriter).Flush()
}

// renew moves the deadline, unless that was done a moment ago.
func (l *limitedWriter) renew() {
	if at := time.Now(); at.Sub(l.set) > l.limit/8 {
		l.set = at
		_ = http.NewResponseController(l.ResponseWriter).SetWriteDeadline(at.Add(l.limit)) // tests have no connection
	}
}
