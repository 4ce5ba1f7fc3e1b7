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
	invalidRequest  = "InvalidRequest"
	accessDenied    = "AccessDenied"
	notFound        = "NotFound"
	alreadyExists   = "AlreadyExists"
	conflict        = "ResourceConflict"
	throttling      = "Throttling"
	limitExceeded   = "ServiceLimitExceeded"
	notStabilized   = "NotStabilized"
	internalFailure = "InternalFailure"
	generalFailure  = "GeneralServiceException"
)

// refusal is what an operation of a service refused.
type refusal struct {
	service string
	err     error
}

func (r *refusal) Error() string { return r.err.Error() }
func (r *refusal) Unwrap() error { return r.err }

// failure is a reason of a handler's own.
type failure struct {
	code    string // of the handler
	message string
}

func (f *failure) Error() string { return f.message }

func failf(code, format string, args ...any) error {
	return &failure{code, fmt.Sprintf(format, args...)}
}

// classify returns the handler's code for an error. What is gone is told by it alone: notFound.
func classify(err error) string {
	var own *failure
	if errors.As(err, &own) {
		return own.code
	}
	if refused := refusedBy(err); refused != nil {
		return ofException(refused)
	}
	return internalFailure
}

// refusedBy returns an error as the operation's that was called; nil if it is no service's. Rooms that are called without an
// operation say what happened by a kind of fault.
func refusedBy(err error) *wire.Error {
	var refused *wire.Error
	if errors.As(err, &refused) {
		return refused
	}
	var from *refusal
	if status := statuses[fault.Of(err).Kind]; errors.As(err, &from) && status != 0 {
		return &wire.Error{Status: status, Message: fault.Of(err).Message}
	}
	return nil
}

// statuses are those with which a service's own API answers a fault.
var statuses = map[fault.Kind]int{
	fault.NotFound: http.StatusNotFound, fault.Conflict: http.StatusConflict, fault.Denied: http.StatusForbidden, fault.Invalid: http.StatusBadRequest,
}

// classify returns the handler's code for an error of the order: what stands in the way of a change is no double.
func (t *task) classify(err error) string {
	if code := classify(err); code != alreadyExists || t.creating {
		return code
	}
	return conflict
}

// endings tell what an exception is about by how its name ends, without "Exception".
var endings = []struct{ ending, code string }{
	{"NotFound", notFound}, {"NoSuchEntity", notFound}, {"DoesNotExist", notFound},
	{"AlreadyExists", alreadyExists}, {"EntityAlreadyExists", alreadyExists},
	{"LimitExceeded", limitExceeded}, {"CodeStorageExceeded", limitExceeded}, {"TooManyRequests", throttling}, {"Throttling", throttling},
	{"AccessDenied", accessDenied}, {"InvalidParameterValue", invalidRequest},
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
		return notFound
	case status == http.StatusConflict:
		return alreadyExists
	case status == http.StatusForbidden:
		return accessDenied
	case status == http.StatusTooManyRequests:
		return throttling
	case status >= http.StatusInternalServerError:
		return internalFailure
	}
	return invalidRequest
}

// clients are how AWS's own handlers name the services that they call, where the model names them otherwise.
var clients = map[string]string{
	"IAM": "Iam", "SSM": "Ssm", "CloudWatch Logs": "CloudWatchLogs", "API Gateway": "ApiGateway",
}

// reason words an error as the status reason of a stack's event. A context's end stays what it is.
func (t *task) reason(err error) error {
	if err == nil || t.ctx.Err() != nil && (errors.Is(err, t.ctx.Err()) || errors.Is(err, context.Cause(t.ctx))) {
		return err
	}
	var bare *plain
	if errors.As(err, &bare) {
		return err
	}
	return &worded{fmt.Sprintf(`Resource handler returned message: "%s" (RequestToken: %s, HandlerErrorCode: %s)`, message(err), t.Token, t.classify(err)), err}
}

// message is what a handler says of an error.
func message(err error) string {
	var from *refusal
	refused := refusedBy(err)
	if refused == nil || !errors.As(err, &from) {
		return err.Error()
	}
	client := from.service
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

// plain is a reason that no handler wraps: those of the types that are CloudFormation's own.
type plain struct{ text string }

func (p *plain) Error() string { return p.text }

func plainf(format string, args ...any) error { return &plain{fmt.Sprintf(format, args...)} }

func requestID() string {
	id := make([]byte, 16)
	rand.Read(id)
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}
