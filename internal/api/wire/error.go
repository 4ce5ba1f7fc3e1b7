package wire

import (
	"net/http"

	"sluice/internal/api/shape"
	"sluice/internal/api/wire/sigv4"
)

// Error is a failure as a client sees it. A handler may return one; other errors pass through Service.Errors.
type Error struct {
	Code    string // such as "ResourceNotFoundException"
	Status  int    // of HTTP
	Message string
	// Type is what the body's Type says: "User" or "Service" in Lambda; empty leaves it out. The XML protocols write
	// Sender or Receiver, from Status, where it is empty.
	Type string
	// MessageKey is the name of the message in a restJson1 body; empty means "message". AWS writes "Message" for some
	// exceptions.
	MessageKey string
	// NullMessage writes null in place of Message, as AWS does for some denials.
	NullMessage bool
	// Extra are further members of a JSON or CBOR body, such as "Reason".
	Extra map[string]any
	// QueryCode is the code in the XML protocols and, for services whose model says QueryErrors, in the header that
	// tells it to clients which once spoke them; empty means Code.
	QueryCode string
	// Cause is what went wrong inside. It is logged where Status is 500 or more, and never sent.
	Cause error

	mistyped *Mistyped
}

// Error returns the code and the message.
func (e *Error) Error() string { return e.Code + ": " + e.Message }

// Unwrap returns the cause, if there is one.
func (e *Error) Unwrap() error { return e.Cause }

func (e *Error) oldCode() string {
	if e.QueryCode != "" {
		return e.QueryCode
	}
	return e.Code
}

// party is who is to blame, in the XML protocols' words.
func (e *Error) party() string {
	if e.Type != "" {
		return e.Type
	}
	if e.Status >= http.StatusInternalServerError {
		return "Receiver"
	}
	return "Sender"
}

func serialization(message string) *Error {
	return &Error{Code: "SerializationException", Status: http.StatusBadRequest, Message: message}
}

// invalid is the answer to a request that violates constraints, where the service has no other.
func invalid(violations []shape.Violation) *Error {
	return &Error{Code: "ValidationException", QueryCode: "ValidationError", Status: http.StatusBadRequest,
		Message: shape.Message(violations)}
}

// notImplemented is the answer to an operation that AWS has and Sluice hasn't. It is no 5xx, because the request can
// never succeed and SDKs would repeat it; see docs/decisions/0002-unimplemented-operations.md.
func notImplemented(model *shape.Model, operation string) *Error {
	return &Error{
		Code: "NotImplementedException", QueryCode: "NotImplemented", Status: http.StatusBadRequest,
		Message: "Sluice does not implement the operation " + operation + " of " + model.Name + ".",
	}
}

// noService is the answer to a request signed for a service that Sluice does not know.
func noService(name string) *Error {
	return &Error{Code: "NotImplementedException", QueryCode: "NotImplemented", Status: http.StatusBadRequest,
		Message: "Sluice does not implement the service " + name + "."}
}

// malformed is the answer to a request whose body ends early or arrives too slowly.
func malformed(message string, status int) *Error {
	code := "MalformedHttpRequestException"
	if status == http.StatusRequestTimeout {
		code = "RequestTimeoutException"
	}
	return &Error{Code: code, Status: status, Message: message}
}

// spelling is how a protocol names a failed check of the signature.
type spelling struct {
	code    string
	status  int
	message string // in place of sigv4's, if not empty
}

// spelled turns a failed check of the signature into the protocol's error.
func spelled(table map[sigv4.Reason]spelling, err *sigv4.Error) *Error {
	s := table[err.Reason]
	if s.message == "" {
		s.message = err.Message
	}
	return &Error{Code: s.code, Status: s.status, Message: s.message}
}
