package lambda

import (
	"bytes"
	"encoding/json"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// asSent words the refusal of too many variables as AWS does: it shows them in the order in which they were sent.
func asSent(err error, body []byte) error {
	if !fault.Is(err, fault.Invalid, "environment size") {
		return err
	}
	var request struct {
		Environment struct{ Variables json.RawMessage }
	}
	var compact bytes.Buffer
	if json.Unmarshal(body, &request) != nil || json.Compact(&compact, request.Environment.Variables) != nil {
		return err
	}
	return fault.Errorf(fault.Invalid, "environment size", "%s%s", function.EnvironmentTooLarge, compact.Bytes())
}
