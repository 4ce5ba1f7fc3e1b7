package host

import (
	"encoding/json"
	"fmt"
	"time"
)

// failure is an error as Lambda reports it in an invocation's payload.
type failure struct {
	Message string `json:"errorMessage"`
	Type    string `json:"errorType"`
}

func (f failure) json() []byte {
	b, err := json.Marshal(f)
	if err != nil {
		panic("host: two strings can't be encoded: " + err.Error()) // they always can
	}
	return b
}

// Error types that the platform itself gives (recordings test_lambda_runtime_exit, test_lambda_too_large_response,
// test_lambda_invoke_with_timeout).
const (
	typeExit       = "Runtime.ExitError"
	typeTimeout    = "Sandbox.Timedout"
	typeTooLarge   = "Function.ResponseSizeTooLarge"
	typeEntrypoint = "Runtime.InvalidEntrypoint"
	typeUnknown    = "Runtime.Unknown"
)

func timedOut(id string, timeout time.Duration) failure {
	return failure{fmt.Sprintf("RequestId: %s Error: Task timed out after %.2f seconds", id, timeout.Seconds()), typeTimeout}
}

// ended is the failure of a process that ended instead of answering.
func ended(id, how string) failure {
	return failure{"RequestId: " + id + " Error: " + how, typeExit}
}

func tooLarge(limit int) failure {
	return failure{fmt.Sprintf("Response payload size exceeded maximum allowed payload size (%d bytes).", limit), typeTooLarge}
}

// reported is the payload for an error that a runtime posted. AWS passes on what it was given, and builds a payload
// from the header if that was nothing.
func reported(r result) []byte {
	if len(r.body) > 0 {
		return r.body
	}
	return failure{Type: orUnknown(r.errorType)}.json()
}

func orUnknown(errorType string) string {
	if errorType == "" {
		return typeUnknown
	}
	return errorType
}
