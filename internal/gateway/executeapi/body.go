package executeapi

import (
	"fmt"

	"sluice/internal/velocity"
)

// OfBody is a body, or a member of it by a JSONPath without its beginning; false if it is not there, or no single word.
func OfBody(body, path string) (string, bool) {
	if path == "" {
		return body, true
	}
	value, err := velocity.NewInput(body, nil, nil, nil).Path("$." + path)
	if err != nil {
		return "", false
	}
	return Word(value)
}

// Word is a value of one word as text; false for maps, lists and nothing.
func Word(value any) (string, bool) {
	switch value.(type) {
	case nil, *velocity.Map, *velocity.List:
		return "", false
	}
	return fmt.Sprint(value), true
}
