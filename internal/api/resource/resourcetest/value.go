package resourcetest

import (
	"fmt"
	"strconv"
	"strings"
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

// at is At for a way that is written as one text, with dots between. A number is a place in a list.
func at(value any, way string) any {
	var path []any
	for _, step := range strings.Split(way, ".") {
		if number, err := strconv.Atoi(step); err == nil {
			path = append(path, number)
		} else {
			path = append(path, step)
		}
	}
	return At(value, path...)
}
