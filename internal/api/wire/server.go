package wire

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"sluice/internal/api/shape/catalog"
	"sluice/internal/api/wire/sigv4"
)

// Config is what a Server needs.
type Config struct {
	Keys sigv4.Keys // who may call; required
	// Logger hears of internal errors and panics and, if debug messages are enabled, of each request; required.
	Logger *slog.Logger
	// Anyone, if set, lets every well-formed signature in; unknown keys act as this identity.
	Anyone *sigv4.Identity
	// Now is the time that signatures are checked against; nil means time.Now.
	Now func() time.Time
	// BodyTime is how long a client may take to send a body; zero means no limit.
	BodyTime time.Duration
}

// Server answers requests for its services. It is an http.Handler.
type Server struct {
	config   Config
	verifier sigv4.Verifier
	services []*Service
	signing  map[string][]*Service // by the service of a signature's scope
	targets  map[string]*Service   // by target prefix
	verbose  bool                  // each request is logged
}

// NewServer returns a server for services. Of the services in the catalog that are not among them it knows the
// operations' names, and answers that it has none of them.
func NewServer(config Config, services ...*Service) *Server {
	s := &Server{
		config:   config,
		verifier: sigv4.Verifier{Keys: config.Keys, Anyone: config.Anyone, Now: config.Now},
		signing:  map[string][]*Service{},
		targets:  map[string]*Service{},
		verbose:  config.Logger.Enabled(context.Background(), slog.LevelDebug),
	}
	known := map[string]bool{}
	for _, service := range services {
		s.add(service)
		known[service.Model.Name] = true
	}
	for _, model := range catalog.Services() {
		if !known[model.Name] {
			s.add(NewService(model))
		}
	}
	return s
}

func (s *Server) add(service *Service) {
	m := service.Model
	s.services = append(s.services, service)
	s.signing[m.SigningName] = append(s.signing[m.SigningName], service)
	if m.TargetPrefix != "" {
		s.targets[m.TargetPrefix] = service
	}
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, hr *http.Request) {
	r := &Request{ID: newID(), HTTP: hr, w: w, codec: restJSON{}}
	r.id[0] = r.ID
	w.Header()["X-Amzn-Requestid"] = r.id[:]
	defer s.recover(r)
	began := time.Now()
	err := s.serve(r)
	if err != nil {
		s.fail(r, err)
	}
	if s.verbose {
		s.log(r, err, time.Since(began))
	}
}

// log tells of each request that has been answered.
func (s *Server) log(r *Request, err *Error, took time.Duration) {
	var code string
	if err != nil {
		code = err.Code
	}
	s.config.Logger.DebugContext(r.HTTP.Context(), "request", "request", r.ID, "method", r.HTTP.Method, "path", r.HTTP.URL.Path,
		"service", r.serviceName(), "operation", r.operationName(), "error", code, "took", took)
}

// serve takes the request through the steps that the package comment lists.
func (s *Server) serve(r *Request) *Error {
	sig, unsigned := sigv4.Parse(r.HTTP)
	q := s.identify(r.HTTP, &sig, &r.values)
	r.codec = q.codec
	r.take(&q)
	r.Region = sig.Region
	if unsigned != nil {
		if s.open(r, &q, unsigned) {
			return s.dispatch(r, &q)
		}
		return s.refused(r, unsigned)
	}
	if err := s.admit(r, &sig); err != nil {
		return err
	}
	if err := s.parameters(r, &q); err != nil {
		return err
	}
	return s.dispatch(r, &q)
}

// parameters reads those of the query protocol, from the query string and the form, and finds the operation in a form.
func (s *Server) parameters(r *Request, q *question) *Error {
	if _, query := r.codec.(awsQuery); !query {
		return nil
	}
	raw := r.HTTP.URL.RawQuery
	if q.form {
		raw += "&" + string(r.Body)
	}
	var err *Error
	if r.form, err = parseForm(raw); err != nil {
		return err
	}
	if q.inBody {
		q.byParameters(r.form.get, s.candidates(q.signed))
		r.take(q)
	}
	if e := r.endpoint; e != nil && int64(len(r.Body)) > e.limit {
		return tooLarge(e.limit, e.called)
	}
	return nil
}

// take notes what the request asks for.
func (r *Request) take(q *question) {
	r.service, r.endpoint = q.service, q.endpoint
	if q.service != nil {
		r.Service = q.service.Model
	}
	if q.endpoint != nil {
		r.Operation = q.endpoint.op
	}
}

// admit reads the body and checks the signature.
func (s *Server) admit(r *Request, sig *sigv4.Signature) *Error {
	limit, called := r.limit()
	if sig.Streamed() {
		who, body, err := s.verifier.Open(r.HTTP, sig)
		if err != nil {
			return s.refused(r, err)
		}
		r.signedBy(who, sig)
		var failed *Error
		r.Body, failed = s.readBody(r, body, -1, limit, called)
		return failed
	}
	signer, err := s.verifier.Admit(sig)
	if err != nil { // a stranger's body is not waited for
		return s.refused(r, err)
	}
	var failed *Error
	if r.Body, failed = s.readBody(r, r.HTTP.Body, r.HTTP.ContentLength, limit, called); failed != nil {
		return failed
	}
	if err := s.verifier.Check(r.HTTP, sig, signer, r.Body); err != nil {
		return s.refused(r, err)
	}
	r.signedBy(signer.Identity, sig)
	return r.unpack(limit, called)
}

func (r *Request) signedBy(who sigv4.Identity, sig *sigv4.Signature) {
	r.Account = who.Account
	r.Caller = Caller{ARN: who.ARN, KeyID: sig.AccessKeyID, Token: sig.Token}
}

// limit is how many bytes the body may have, packed and unpacked, and what the error calls the operation.
func (r *Request) limit() (bytes int64, called string) {
	if r.endpoint != nil {
		return r.endpoint.limit, r.endpoint.called
	}
	return defaultLimit, "requested"
}

// dispatch calls the handler and writes its reply.
func (s *Server) dispatch(r *Request, q *question) *Error {
	e := q.endpoint
	switch {
	case q.service == nil:
		return noService(q.signed)
	case e == nil:
		return r.codec.unknown(q)
	case e.raw != nil:
		if err := e.raw(r.w, r); err != nil {
			return e.service.failure(err)
		}
		return nil
	case e.typed == nil:
		return notImplemented(q.service.Model, e.op.Name)
	}
	out, err := e.typed(r.HTTP.Context(), r)
	if err != nil {
		return e.service.failure(err)
	}
	if err := r.codec.write(r, out); err != nil {
		return e.service.internal(fmt.Errorf("write the reply: %w", err))
	}
	return nil
}

// refused tells of a failed check of the signature.
func (s *Server) refused(r *Request, err error) *Error {
	var reason *sigv4.Error
	if !errors.As(err, &reason) {
		return &Error{Code: "InternalFailure", Status: http.StatusInternalServerError, Cause: err,
			Message: "An internal error occurred."}
	}
	return r.codec.unsigned(reason)
}

// fail writes an error, and logs it if it is our own. A caller who leaves makes none: whatever waited for his sake ends
// then with his context.
func (s *Server) fail(r *Request, e *Error) {
	left := errors.Is(e.Cause, context.Canceled) && r.HTTP.Context().Err() != nil
	if e.Status >= http.StatusInternalServerError && e.Cause != nil && !left {
		s.config.Logger.ErrorContext(r.HTTP.Context(), "request failed", "request", r.ID, "service", r.serviceName(),
			"operation", r.operationName(), "error", e.Cause)
	}
	r.leave()
	r.codec.fail(r, e)
}

// recover answers a request whose handler panicked.
func (s *Server) recover(r *Request) {
	broken := recover()
	if broken == nil {
		return
	}
	if err, ok := broken.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(broken)
	}
	cause := fmt.Errorf("panic: %v\n%s", broken, debug.Stack())
	service := r.service
	if service == nil {
		service = &Service{}
	}
	s.fail(r, service.internal(cause))
}

func (r *Request) serviceName() string {
	if r.Service == nil {
		return ""
	}
	return r.Service.Name
}

func (r *Request) operationName() string {
	if r.Operation == nil {
		return ""
	}
	return r.Operation.Name
}
