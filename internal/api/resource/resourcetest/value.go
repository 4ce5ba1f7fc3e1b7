package resourcetest

import (
	"fmt"
)

// At returns a value in an answer, by the names and numbers on the way to it.
func At(value any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			found, _ := value.(map[string]any)
			value = found[step]
		case int:
			found, _ := value.([]any)
			if step >= len(found) {
				return nil
			}
			value = found[step]
		}
	}
	return value
}

// Equal compares as text, so that numbers may be of any type.
func (f *Fixture) Equal(what string, got, want any) {
	f.T.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		f.T.Errorf("%s is %v, want %v", what, got, want)
	}
}
