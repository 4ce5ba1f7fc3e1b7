package stack

import (
	"bytes"
	"encoding/json"
)

// Values are an object of a template or a resource: strings, bools, nil, json.Number, []any and map[string]any, and nothing
// else. Numbers stay as they were written.
type Values map[string]any

// UnmarshalJSON implements json.Unmarshaler.
func (v *Values) UnmarshalJSON(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return decoder.Decode((*map[string]any)(v))
}
