package apigateway

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	apishape "sluice/internal/api/shape"
	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// names are AWS's names for errors (page "Common errors" of its reference, and those of the operations).
var names = wire.Names{
	fault.NotFound:    {"": {Code: "NotFoundException", Status: http.StatusNotFound}},
	fault.Invalid:     {"": {Code: "BadRequestException", Status: http.StatusBadRequest}},
	fault.Conflict:    {"": {Code: "ConflictException", Status: http.StatusConflict}},
	fault.Limit:       {"": {Code: "LimitExceededException", Status: http.StatusTooManyRequests}},
	fault.Throttled:   {"": {Code: "TooManyRequestsException", Status: http.StatusTooManyRequests}},
	fault.Unavailable: {"": {Code: "ServiceUnavailableException", Status: http.StatusServiceUnavailable}},
}

// orders are lists of values as AWS writes them in its errors, where the model has another order (recordings
// test_put_integration_wrong_type, test_update_gateway_response, test_create_rest_api_verify_defaults, test_gateway_response_validation and
// test_invalid_create_documentation_part_operations).
var orders = [][]string{
	{"HTTP", "MOCK", "AWS_PROXY", "HTTP_PROXY", "AWS"},
	{"add", "remove", "move", "test", "replace", "copy"},
	{"PRIVATE", "EDGE", "REGIONAL"},
	{"REQUEST_TOO_LARGE", "RESOURCE_NOT_FOUND", "AUTHORIZER_CONFIGURATION_ERROR", "MISSING_AUTHENTICATION_TOKEN", "BAD_REQUEST_BODY",
		"INVALID_SIGNATURE", "INVALID_API_KEY", "BAD_REQUEST_PARAMETERS", "AUTHORIZER_FAILURE", "UNAUTHORIZED", "INTEGRATION_TIMEOUT",
		"ACCESS_DENIED", "DEFAULT_4XX", "DEFAULT_5XX", "WAF_FILTERED", "QUOTA_EXCEEDED", "THROTTLED", "API_CONFIGURATION_ERROR",
		"UNSUPPORTED_MEDIA_TYPE", "INTEGRATION_FAILURE", "EXPIRED_TOKEN"},
	{"RESPONSE_BODY", "RESPONSE", "METHOD", "MODEL", "AUTHORIZER", "RESPONSE_HEADER", "RESOURCE", "PATH_PARAMETER", "REQUEST_BODY",
		"QUERY_PARAMETER", "API", "REQUEST_HEADER"},
}

// inPath reports whether a violation is of a member that has its place in the path. Of those only two have a demand.
func inPath(v *apishape.Violation) bool { return v.Path == "responseType" || v.Path == "statusCode" }

func rank(v *apishape.Violation) int {
	if inPath(v) {
		return 1
	}
	return 0
}

const enumDemand = "Member must satisfy enum value set: "

// invalid words what violates constraints: AWS says of members of the body in which operation's input they are, and tells of them
// before it tells of those of the path (recording test_update_method_response_negative_tests).
func invalid(op *apishape.Operation, violations []apishape.Violation) *wire.Error {
	input := strings.ToLower(op.Name[:1]) + op.Name[1:] + "Input."
	for i := range violations {
		v := &violations[i]
		v.Demand = strings.Replace(ordered(v.Demand), ", Member must not be null]", "]", 1)
		if !inPath(v) {
			v.Path = input + v.Path
		}
	}
	slices.SortStableFunc(violations, func(a, b apishape.Violation) int { return cmp.Compare(rank(&a), rank(&b)) })
	return &wire.Error{Code: "ValidationException", Status: http.StatusBadRequest, Message: apishape.Message(violations)}
}

func ordered(demand string) string {
	begin := strings.Index(demand, enumDemand+"[")
	if begin < 0 {
		return demand
	}
	before, list := demand[:begin+len(enumDemand)+1], demand[begin+len(enumDemand)+1:]
	list, after, _ := strings.Cut(list, "]")
	values := slices.Sorted(strings.SplitSeq(list, ", "))
	for _, order := range orders {
		if slices.Equal(values, slices.Sorted(slices.Values(order))) {
			return before + strings.Join(order, ", ") + "]" + after
		}
	}
	return demand
}
