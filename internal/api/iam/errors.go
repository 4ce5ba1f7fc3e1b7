package iam

import (
	"net/http"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

type name struct {
	code   string
	status int
}

// names are AWS's names for errors (its page "IAM API: common errors" and those of the operations).
var names = fault.Table[name]{
	fault.NotFound: {"": {"NoSuchEntity", http.StatusNotFound}},
	fault.Conflict: {
		"role":           {"EntityAlreadyExists", http.StatusConflict},
		"policy":         {"EntityAlreadyExists", http.StatusConflict},
		"deletion":       {"DeleteConflict", http.StatusConflict},
		"protected role": {"UnmodifiableEntity", http.StatusBadRequest},
	},
	fault.Limit: {"": {"LimitExceeded", http.StatusConflict}},
	fault.Invalid: {
		"document": {"MalformedPolicyDocument", http.StatusBadRequest},
		"input":    {"InvalidInput", http.StatusBadRequest},
		"":         {"ValidationError", http.StatusBadRequest},
	},
	fault.Denied: {"": {"AccessDenied", http.StatusForbidden}},
	fault.Unavailable: {
		"document": {"NotImplemented", http.StatusBadRequest},
		"":         {"ServiceUnavailable", http.StatusServiceUnavailable},
	},
}

// translate turns an error into AWS's. Nil means that it is our own fault.
func translate(err error) *wire.Error {
	f := fault.Of(err)
	n, ok := names.Find(err)
	if !ok {
		return nil
	}
	return &wire.Error{Code: n.code, Status: n.status, Message: f.Message, Cause: err}
}
