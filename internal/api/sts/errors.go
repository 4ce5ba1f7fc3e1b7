package sts

import (
	"net/http"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// names are AWS's names for errors. Those for tags and durations are recorded (TestSTSAssumeRoleTagging and
// test_sts_invalid_parameters of LocalStack).
var names = wire.Names{
	fault.Denied:      {"": {Code: "AccessDenied", Status: http.StatusForbidden}},
	fault.Invalid:     {"": {Code: "ValidationError", Status: http.StatusBadRequest}, "tags": {Code: "InvalidParameterValue", Status: http.StatusBadRequest}},
	fault.Unavailable: {"": {Code: "ServiceUnavailable", Status: http.StatusServiceUnavailable}},
}
