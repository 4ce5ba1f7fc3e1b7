package signal

import (
	"encoding/json"
	"fmt"
)

// Condition is what is sent to a wait condition's handle (page "Wait condition signal JSON format"). Status is SUCCESS or
// FAILURE, UniqueId is not empty.
type Condition struct{ Status, Reason, UniqueId, Data string }

// wrong is what is wrong with a signal: a sentence for whoever sent it, and for the stack's events.
type wrong string

func (w wrong) Error() string { return string(w) }

// ReadCondition reads a signal of a wait condition, of at most MaxLength bytes. Its errors are for people to read.
func ReadCondition(body []byte) (got Condition, err error) {
	switch {
	case len(body) > MaxLength:
		return got, wrong(fmt.Sprintf("The signal is longer than %d bytes.", MaxLength))
	case json.Unmarshal(body, &got) != nil:
		return got, wrong("The signal is not a JSON object whose Status, Reason, UniqueId and Data are strings.")
	case got.Status != "SUCCESS" && got.Status != "FAILURE":
		return got, wrong(fmt.Sprintf("The signal's Status must be SUCCESS or FAILURE, not '%s'.", got.Status))
	case got.UniqueId == "":
		return got, wrong("The signal has no UniqueId.")
	}
	return got, nil
}
