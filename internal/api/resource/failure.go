package resource

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// The codes that CloudFormation's resource handlers fail with (page "Handler error codes" of the CloudFormation CLI's
// guide).
const (
	InvalidRequest  = "InvalidRequest"
	AccessDenied    = "AccessDenied"
	NotFound        = "NotFound"
	AlreadyExists   = "AlreadyExists"
	Conflict        = "ResourceConflict"
	Throttling      = "Throttling"
	LimitExceeded   = "ServiceLimitExceeded"
	NotStabilized   = "NotStabilized"
	InternalFailure = "InternalFailure"
)

// Refusal is what a service refused: an operation of it (a wire.Error), or its rules (a fault.Error).
type Refusal struct {
	Service string // its Model's Name
	Err     error
}

func (r *Refusal) Error() string { return r.Err.Error() }
func (r *Refusal) Unwrap() error { return r.Err }

// failure is a reason of a handler's own.
type failure struct {
	code    string // of the handler
	message string
}

func (f *failure) Error() string { return f.message }

// Failf returns a reason of a handler's own, with one of its codes.
func Failf(code, format string, args ...any) error {
	return &failure{code, fmt.Sprintf(format, args...)}
}

// Classify returns the handler's code for an error.
func Classify(err error) string {
	var own *failure
	if errors.As(err, &own) {
		return own.code
	}
	if refused := refusedBy(err); refused != nil {
		return ofException(refused)
	}
	return InternalFailure
}

// Gone reports whether an error says that what it is about is not there.
func Gone(err error) bool { return Classify(err) == NotFound }

// refusedBy returns an error as the operation's that was called; nil if it is no service's. Rooms that are called without an
// operation say what happened by a kind of fault.
func refusedBy(err error) *wire.Error {
	var refused *wire.Error
	if errors.As(err, &refused) {
		return refused
	}
	var from *Refusal
	if status := statuses[fault.Of(err).Kind]; errors.As(err, &from) && status != 0 {
		return &wire.Error{Status: status, Message: fault.Of(err).Message}
	}
	return nil
}

// statuses are those with which a service's own API answers a fault.
var statuses = map[fault.Kind]int{
	fault.NotFound: http.StatusNotFound, fault.Conflict: http.StatusConflict, fault.Denied: http.StatusForbidden, fault.Invalid: http.StatusBadRequest,
}

// Classify returns the handler's code for an error of the order: what stands in the way of a change is no double.
func (t *Task) Classify(err error) string {
	if code := Classify(err); code != AlreadyExists || t.Creating {
		return code
	}
	return Conflict
}

// endings tell what an exception is about by how its name ends, without "Exception".
var endings = []struct{ ending, code string }{
	{"NotFound", NotFound}, {"NoSuchEntity", NotFound}, {"DoesNotExist", NotFound},
	{"AlreadyExists", AlreadyExists}, {"EntityAlreadyExists", AlreadyExists},
	{"LimitExceeded", LimitExceeded}, {"CodeStorageExceeded", LimitExceeded}, {"TooManyRequests", Throttling}, {"Throttling", Throttling},
	{"AccessDenied", AccessDenied}, {"InvalidParameterValue", InvalidRequest},
}

func ofException(refused *wire.Error) string {
	for _, each := range endings {
		if strings.HasSuffix(strings.TrimSuffix(refused.Code, "Exception"), each.ending) {
			return each.code
		}
	}
	return ofStatus(refused.Status)
}

func ofStatus(status int) string {
	switch {
	case status == http.StatusNotFound:
		return NotFound
	case status == http.StatusConflict:
		return AlreadyExists
	case status == http.StatusForbidden:
		return AccessDenied
	case status == http.StatusTooManyRequests:
		return Throttling
	case status >= http.StatusInternalServerError:
		return InternalFailure
	}
	return InvalidRequest
}

// clients are how AWS's own handlers name the services that they call, where the model names them otherwise.
var clients = map[string]string{
	"IAM": "Iam", "SSM": "Ssm", "CloudWatch Logs": "CloudWatchLogs", "API Gateway": "ApiGateway",
}

// reason words an error as the status reason of a stack's event. A context's end stays what it is.
func (t *Task) reason(err error) error {
	if err == nil || t.Context.Err() != nil && (errors.Is(err, t.Context.Err()) || errors.Is(err, context.Cause(t.Context))) {
		return err
	}
	var bare *plain
	if errors.As(err, &bare) {
		return err
	}
	return &worded{fmt.Sprintf(`Resource handler returned message: "%s" (RequestToken: %s, HandlerErrorCode: %s)`, message(err), t.Token, t.Classify(err)), err}
}

// message is what a handler says of an error.
func message(err error) string {
	var from *Refusal
	refused := refusedBy(err)
	if refused == nil || !errors.As(err, &from) {
		return err.Error()
	}
	client := from.Service
	if other, ok := clients[client]; ok {
		client = other
	}
	return fmt.Sprintf("%s (Service: %s, Status Code: %d, Request ID: %s)", refused.Message, client, refused.Status, requestID())
}

// worded is an error whose text is a status reason.
type worded struct {
	text  string
	cause error
}

func (w *worded) Error() string { return w.text }
func (w *worded) Unwrap() error { return w.cause }

// plain is what Plainf returns.
type plain struct{ text string }

func (p *plain) Error() string { return p.text }

// Plainf returns a reason that no handler wraps: of the types that are CloudFormation's own.
func Plainf(format string, args ...any) error { return &plain{fmt.Sprintf(format, args...)} }

func requestID() string {
	id := make([]byte, 16)
	rand.Read(id)
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// HasCode reports whether a service refused with a certain exception.
func HasCode(err error, code string) bool {
	var refused *wire.Error
	return errors.As(err, &refused) && refused.Code == code
}
