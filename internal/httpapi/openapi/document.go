package openapi

import "sluice/internal/oas"

// object is an object of a document.
type object = oas.Object

// textsAt are the texts of a list; one text is a list of itself.
func textsAt(o object, key string) []string {
	if text := oas.TextAt(o, key); text != "" {
		return []string{text}
	}
	return oas.TextsAt(o, key)
}

// formatAt is a payload's format. One that is written as a number may have lost its fraction.
func formatAt(o object, key string) string {
	format := oas.TextAt(o, key)
	if format == "1" || format == "2" {
		format += ".0"
	}
	return format
}
