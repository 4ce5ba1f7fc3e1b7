package wire

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"sync"

	"sluice/internal/api/shape"
)

// defaultLimit is the longest body in bytes that an operation accepts if its service sets no other limit.
const defaultLimit = 6 << 20

// Service is an API with its handlers. Handlers are registered before the first request and never after.
type Service struct {
	Model *shape.Model
	// Errors turns what a handler returned into the error that the client sees. It gets every error that is no *Error.
	// Nil from it, or a nil Errors, means an internal one.
	Errors func(error) *Error
	// Invalid words a request that violates constraints; nil means a ValidationException with shape.Message. If it
	// returns nil, the handler gets the request all the same.
	Invalid func(*shape.Operation, []shape.Violation) *Error
	// Mistyped words a value of the wrong type; nil means in Sluice's words.
	Mistyped func(Mistyped) string
	// Internal is the code of errors that nobody expected; empty means "InternalFailure".
	Internal string
	// SystemTags says that clients don't set or remove tags of AWS's own (fault.Invalid "tags"); empty if they may.
	SystemTags string

	endpoints map[string]*endpoint
	routes    func() *node
}

// endpoint is an operation and what handles it.
type endpoint struct {
	service *Service
	op      *shape.Operation
	labels  []string // of the path, in order
	limit   int64    // longest body in bytes
	called  string   // the operation's name in the error for a body beyond the limit
	// unsigned is whether it takes requests without a signature.
	unsigned bool
	typed    func(context.Context, *Request) (any, error)
	raw      func(http.ResponseWriter, *Request) error
}

// NewService returns a service without handlers: each operation of the model answers that it isn't implemented.
func NewService(model *shape.Model) *Service {
	s := &Service{Model: model, endpoints: make(map[string]*endpoint, len(model.Operations))}
	for i := range model.Operations {
		op := &model.Operations[i]
		s.endpoints[op.Name] = &endpoint{service: s, op: op, limit: defaultLimit, called: op.Name}
	}
	s.routes = sync.OnceValue(s.router)
	return s
}

// Handle registers the handler of an operation. In and Out have to be the structures that the model names, and
// shape.Nothing where it names no output. It panics on a wrong one, since only a mistake in the program causes that.
//
// The handler gets a request that satisfies the model's constraints, and may keep it. A nil reply is an empty one.
func Handle[In, Out any](s *Service, operation string, handler func(context.Context, *Request, *In) (*Out, error)) {
	e := s.endpoint(operation)
	if want := reflect.TypeOf(e.op.Input); want != reflect.TypeFor[*In]() {
		panic(fmt.Sprintf("wire: %s takes a %v, not a %v", operation, want, reflect.TypeFor[*In]()))
	}
	if want := reflect.TypeOf(e.op.Output); want != reflect.TypeFor[*Out]() && want != nil {
		panic(fmt.Sprintf("wire: %s returns a %v, not a %v", operation, want, reflect.TypeFor[*Out]()))
	}
	e.typed = func(ctx context.Context, r *Request) (any, error) {
		in := new(In)
		if err := r.Decode(in); err != nil {
			return nil, err
		}
		if err := r.checkTags(in); err != nil {
			return nil, err
		}
		out, err := handler(ctx, r, in)
		if out == nil {
			out = new(Out)
		}
		return out, err
	}
}

// HandleRaw registers a handler that reads the request and writes the reply itself. It may call Request.Decode. If it
// returns an error it must not have written anything; wire writes the error.
func HandleRaw(s *Service, operation string, handler func(http.ResponseWriter, *Request) error) {
	s.endpoint(operation).raw = handler
}

// LimitBody sets the longest body in bytes that an operation accepts. In the error for a longer one AWS calls some
// operations by another name than the model does; called, if not empty, is that name.
func (s *Service) LimitBody(operation string, bytes int64, called string) {
	e := s.endpoint(operation)
	e.limit = bytes
	if called != "" {
		e.called = called
	}
}

func (s *Service) endpoint(operation string) *endpoint {
	e, ok := s.endpoints[operation]
	if !ok {
		panic("wire: " + s.Model.Name + " has no operation " + operation)
	}
	return e
}

// failure turns what a handler returned into what the client sees.
func (s *Service) failure(err error) *Error {
	if e, ok := err.(*Error); ok { //nolint:errorlint // a wrapped one is the service's business
		return e
	}
	if s.Errors != nil {
		if e := s.Errors(err); e != nil {
			return e
		}
	}
	return s.internal(err)
}

func (s *Service) internal(err error) *Error {
	code := s.Internal
	if code == "" {
		code = "InternalFailure"
	}
	return &Error{Code: code, Status: http.StatusInternalServerError, Type: "Service", Cause: err,
		Message: "An internal error occurred."}
}
