package iam

import (
	"net/http"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// names are AWS's names for errors (its page "IAM API: common errors" and those of the operations).
var names = wire.Names{
	fault.NotFound: {"": {Code: "NoSuchEntity", Status: http.StatusNotFound}},
	fault.Conflict: {
		"role":           {Code: "EntityAlreadyExists", Status: http.StatusConflict},
		"policy":         {Code: "EntityAlreadyExists", Status: http.StatusConflict},
		"deletion":       {Code: "DeleteConflict", Status: http.StatusConflict},
		"protected role": {Code: "UnmodifiableEntity", Status: http.StatusBadRequest},
	},
	fault.Limit: {"": {Code: "LimitExceeded", Status: http.StatusConflict}},
	fault.Invalid: {
		"document": {Code: "MalformedPolicyDocument", Status: http.StatusBadRequest},
		"input":    {Code: "InvalidInput", Status: http.StatusBadRequest},
		"":         {Code: "ValidationError", Status: http.StatusBadRequest},
	},
	fault.Denied: {"": {Code: "AccessDenied", Status: http.StatusForbidden}},
	fault.Unavailable: {
		"document": {Code: "NotImplemented", Status: http.StatusBadRequest},
		"":         {Code: "ServiceUnavailable", Status: http.StatusServiceUnavailable},
	},
}
