package cli

import "encoding/json"

// document prints a value as JSON that people can read too.
func (s *streams) document(value any) error {
	encoder := json.NewEncoder(s.out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// line prints a value as JSON on a line of its own.
func (s *streams) line(value any) error {
	encoder := json.NewEncoder(s.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}
