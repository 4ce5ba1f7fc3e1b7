package apigateway

import (
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
// test_put_integration_wrong_type, test_update_gateway_response and test_create_rest_api_verify_defaults).
var orders = [][]string{
	{"HTTP", "MOCK", "AWS_PROXY", "HTTP_PROXY", "AWS"},
	{"add", "remove", "move", "test", "replace", "copy"},
	{"PRIVATE", "EDGE", "REGIONAL"},
}

const enumDemand = "Member must satisfy enum value set: "

// invalid words what violates constraints: AWS says of members of the body in which operation's input they are.
func invalid(op *apishape.Operation, violations []apishape.Violation) *wire.Error {
	input := strings.ToLower(op.Name[:1]) + op.Name[1:] + "Input."
	for i := range violations {
		v := &violations[i]
		v.Demand = strings.Replace(ordered(v.Demand), ", Member must not be null]", "]", 1)
		if v.Path != "responseType" { // which is a label
			v.Path = input + v.Path
		}
	}
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
