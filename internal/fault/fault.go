// Package fault names what can go wrong in Sluice's rules, without saying how a wire protocol spells it.
//
// An error carries a kind and the noun it is about. The rooms of internal/api turn that pair into AWS's code and
// status, each with one table. Protocol names, HTTP statuses and retry rules do not belong here.
package fault

import (
	"errors"
	"fmt"
)

// Kind is the closed set of ways in which a request can fail.
type Kind uint8

// The zero Kind is Internal: an error that nobody classified is our own fault.
const (
	Internal     Kind = iota
	Invalid           // the request can never succeed as it stands
	NotFound          // the noun does not exist
	Conflict          // the noun exists already, or is in a state that forbids the request
	Precondition      // the caller's idea of the noun's revision is out of date
	Denied            // the caller may not
	Limit             // the request would exceed a fixed limit
	TooLarge          // the request's body exceeds a size limit
	Throttled         // try again later
	Unavailable       // the server is stopping, or a thing it needs is missing on this machine
)

var kindNames = [...]string{
	"internal", "invalid", "not found", "conflict", "precondition", "denied", "limit", "too large", "throttled",
	"unavailable",
}

// String names the kind for logs.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "internal"
}

// Error is a failure of a known kind that concerns a noun, such as "function" or "alias". Message is written for
// the person who made the request: it says what is wrong and, where possible, what to do.
type Error struct {
	Kind    Kind
	Noun    string
	Message string
	Cause   error
}

// Errorf makes an Error. A %w verb in the format keeps its operand as the cause.
func Errorf(kind Kind, noun, format string, args ...any) *Error {
	formatted := fmt.Errorf(format, args...)
	return &Error{Kind: kind, Noun: noun, Message: formatted.Error(), Cause: errors.Unwrap(formatted)}
}

// Error returns the message alone.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause, if there is one.
func (e *Error) Unwrap() error { return e.Cause }

// Of returns the first Error in err's chain. An error without one becomes an Internal error whose message is err's.
func Of(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Kind: Internal, Message: err.Error(), Cause: err}
}

// Is reports whether err is about noun and of the given kind. An empty noun matches any.
func Is(err error, kind Kind, noun string) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == kind && (noun == "" || e.Noun == noun)
}
