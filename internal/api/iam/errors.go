package iam

import (
	"net/http"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// key is what an error is looked up by; an empty noun means any other.
type key struct {
	kind fault.Kind
	noun string
}

type name struct {
	code   string
	status int
}

// names are AWS's names for errors (its page "IAM API: common errors" and those of the operations).
var names = map[key]name{
	{fault.NotFound, ""}:               {"NoSuchEntity", http.StatusNotFound},
	{fault.Conflict, "role"}:           {"EntityAlreadyExists", http.StatusConflict},
	{fault.Conflict, "policy"}:         {"EntityAlreadyExists", http.StatusConflict},
	{fault.Conflict, "deletion"}:       {"DeleteConflict", http.StatusConflict},
	{fault.Conflict, "protected role"}: {"UnmodifiableEntity", http.StatusBadRequest},
	{fault.Limit, ""}:                  {"LimitExceeded", http.StatusConflict},
	{fault.Invalid, "document"}:        {"MalformedPolicyDocument", http.StatusBadRequest},
	{fault.Invalid, "input"}:           {"InvalidInput", http.StatusBadRequest},
	{fault.Invalid, ""}:                {"ValidationError", http.StatusBadRequest},
	{fault.Denied, ""}:                 {"AccessDenied", http.StatusForbidden},
	{fault.Unavailable, "document"}:    {"NotImplemented", http.StatusBadRequest},
	{fault.Unavailable, ""}:            {"ServiceUnavailable", http.StatusServiceUnavailable},
}

// translate turns an error into AWS's. Nil means that it is our own fault.
func translate(err error) *wire.Error {
	f := fault.Of(err)
	n, ok := names[key{f.Kind, f.Noun}]
	if !ok {
		n, ok = names[key{f.Kind, ""}]
	}
	if !ok {
		return nil
	}
	return &wire.Error{Code: n.code, Status: n.status, Message: f.Message, Cause: err}
}
