package s3

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"sluice/internal/api/wire/sigv4"
	"sluice/internal/bucket"
)

// Config is what a Server needs.
type Config struct {
	Buckets *bucket.Service
	Keys    sigv4.Keys
	// Anyone, if set, lets every well-formed signature in; unknown keys act as this identity.
	Anyone *sigv4.Identity
	Logger *slog.Logger // hears of internal errors and panics
	// IdleTime is how long a client may send nothing of a body; zero means no limit.
	IdleTime time.Duration
	// Now is the time that signatures are checked against; nil means time.Now.
	Now func() time.Time
}

// Server answers S3's requests. It is an http.Handler.
type Server struct {
	config   Config
	buckets  *bucket.Service
	verifier sigv4.Verifier
}

// New returns a Server.
func New(c Config) *Server {
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Server{
		config: c, buckets: c.Buckets,
		verifier: sigv4.Verifier{Keys: c.Keys, Anyone: c.Anyone, Now: c.Now},
	}
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, hr *http.Request) {
	r := newRequest(w, hr, s.config.IdleTime)
	defer func() {
		if broken := recover(); broken != nil {
			if err, ok := broken.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(broken)
			}
			s.fail(r, fmt.Errorf("panic: %v\n%s", broken, debug.Stack()))
		}
	}()
	if err := s.serve(r); err != nil {
		s.fail(r, err)
	}
}

func (s *Server) serve(r *request) error {
	if err := r.locate(); err != nil {
		return err
	}
	if err := s.authenticate(r); err != nil {
		return err
	}
	op, err := r.operation()
	if err != nil {
		return err
	}
	return op(s, r)
}

// fail writes an error, and logs it if it is our own.
func (s *Server) fail(r *request, err error) {
	f := failureOf(err, r)
	if f.status >= http.StatusInternalServerError && r.Context().Err() == nil {
		s.config.Logger.ErrorContext(r.Context(), "request failed", "request", r.id, "service", "S3", "method", r.Method,
			"bucket", r.bucket, "key", r.key, "error", err)
	}
	if r.begun {
		panic(http.ErrAbortHandler) // the status was sent: all that can be told is that the rest does not come
	}
	r.refuse(f)
}
