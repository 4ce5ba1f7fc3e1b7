package cloudformation

import (
	"net/http"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

type name struct {
	code   string
	status int
}

var invalid = name{"ValidationError", http.StatusBadRequest}

// names are AWS's names for errors (its page "CloudFormation API: common errors" and those of the operations).
var names = fault.Table[name]{
	fault.NotFound: {
		"change set": {"ChangeSetNotFound", http.StatusNotFound},
		"type":       {"TypeNotFoundException", http.StatusNotFound},
		"":           invalid,
	},
	fault.Conflict: {
		"stack":             {"AlreadyExistsException", http.StatusBadRequest},
		"change set":        {"AlreadyExistsException", http.StatusBadRequest},
		"change set status": {"InvalidChangeSetStatus", http.StatusBadRequest},
		"token":             {"TokenAlreadyExistsException", http.StatusBadRequest},
		"":                  invalid,
	},
	fault.Precondition: {"": invalid},
	fault.Invalid:      {"": invalid},
	fault.TooLarge:     {"": invalid},
	fault.Limit:        {"": {"LimitExceededException", http.StatusBadRequest}},
	fault.Denied: {
		"capability": {"InsufficientCapabilitiesException", http.StatusBadRequest},
		"":           {"AccessDenied", http.StatusForbidden},
	},
	fault.Throttled:   {"": {"Throttling", http.StatusBadRequest}},
	fault.Unavailable: {"": {"ServiceUnavailable", http.StatusServiceUnavailable}},
}

// translate turns an error into AWS's. Nil means that it is our own fault.
func translate(err error) *wire.Error {
	n, ok := names.Find(err)
	if !ok {
		return nil
	}
	return &wire.Error{Code: n.code, Status: n.status, Message: fault.Of(err).Message, Cause: err}
}
