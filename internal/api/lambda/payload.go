package lambda

import (
	"encoding/json"
	"unicode/utf8"

	"sluice/internal/fault"
)

// checkPayload refuses a payload that is no JSON document in UTF-8. None at all is fine.
func checkPayload(payload []byte) error {
	if len(payload) == 0 || json.Valid(payload) && utf8.Valid(payload) {
		return nil
	}
	c := complaint{text: payload}
	what := c.find()
	return fault.Errorf(fault.Invalid, "payload", "Could not parse request body into json: Could not parse payload into json: %s\n at %s",
		what, c.place(c.at))
}
