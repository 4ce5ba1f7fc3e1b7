package wire

import (
	"net/http"

	"sluice/internal/fault"
)

// Name is how AWS names an error: the code and the status of HTTP.
type Name struct {
	Code   string
	Status int
}

// Names are a service's names for the rules' errors, by their kind and noun.
type Names fault.Table[Name]

// Error turns an error of the rules into the one that a client sees; see Service.Errors. Nil means that it is our own fault.
func (n Names) Error(err error) *Error {
	name, ok := fault.Table[Name](n).Find(err)
	if !ok {
		return nil
	}
	return &Error{Code: name.Code, Status: name.Status, Message: fault.Of(err).Message, Cause: err}
}

// Codes are the names of a service whose errors all have the status 400, but 503 for fault.Unavailable.
type Codes fault.Table[string]

// Error is as that of Names.
func (c Codes) Error(err error) *Error {
	code, ok := fault.Table[string](c).Find(err)
	if !ok {
		return nil
	}
	f := fault.Of(err)
	status := http.StatusBadRequest
	if f.Kind == fault.Unavailable {
		status = http.StatusServiceUnavailable
	}
	return &Error{Code: code, Status: status, Message: f.Message, Cause: err}
}
