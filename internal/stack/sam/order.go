package sam

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// order remembers in which order the template lists the members of its maps: lists are made of some of them (tags), and
// hashes of those.
type order map[uintptr]listing

type listing struct {
	of    map[string]any // keeps its address from another map
	names []string
}

func (o order) note(m map[string]any, names []string) {
	o[reflect.ValueOf(m).Pointer()] = listing{m, names}
}

// keys returns the names of a map as the template lists them, and those that it does not have at the end, sorted.
func (t *transform) keys(m map[string]any) []string {
	listed := t.order[reflect.ValueOf(m).Pointer()].names
	names := make([]string, 0, len(m))
	for _, name := range listed {
		if _, ok := m[name]; ok {
			names = append(names, name)
		}
	}
	if len(names) == len(m) {
		return names
	}
	listed = names
	for _, name := range sorted(m) {
		if !slices.Contains(listed, name) {
			names = append(names, name)
		}
	}
	return names
}

// take copies a value of the template and notes the order of its maps.
func (t *transform) take(value any, position func(path ...string) (line, column int), path []string) any {
	switch v := value.(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		for name, member := range v {
			m[name] = t.take(member, position, append(path, name))
		}
		if len(m) > 1 {
			t.order.note(m, placed(m, position, path))
		}
		return m
	case []any:
		l := make([]any, len(v))
		for i, member := range v {
			l[i] = t.take(member, position, append(path, strconv.Itoa(i)))
		}
		return l
	}
	return value
}

// placed sorts the names of a map by where their values stand in the template's text.
func placed(m map[string]any, position func(path ...string) (line, column int), path []string) []string {
	type place struct {
		name         string
		line, column int
	}
	places := make([]place, 0, len(m))
	for name := range m {
		line, column := position(append(path, name)...)
		places = append(places, place{name, line, column})
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column), strings.Compare(a.name, b.name))
	})
	names := make([]string, len(places))
	for i, p := range places {
		names[i] = p.name
	}
	return names
}
