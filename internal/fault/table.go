package fault

import (
	"maps"
	"slices"
)

// Table is how a protocol spells errors, by their kind and by their noun. The empty noun stands for all of a kind that have
// no row of their own.
type Table[T any] map[Kind]map[string]T

// Find returns the row of err's kind and noun, or else the kind's; false if there is neither.
func (t Table[T]) Find(err error) (row T, found bool) {
	e := Of(err)
	if row, found = t[e.Kind][e.Noun]; found {
		return row, true
	}
	row, found = t[e.Kind][""]
	return row, found
}

// Errors returns an error for each row, ordered by kind and noun, for tests that look at them all.
func (t Table[T]) Errors() (each []*Error) {
	for _, kind := range slices.Sorted(maps.Keys(t)) {
		for _, noun := range slices.Sorted(maps.Keys(t[kind])) {
			each = append(each, Errorf(kind, noun, "the message"))
		}
	}
	return each
}
