package sam

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// order remembers in which order the template lists the members of its maps: lists are made of some of them (tags), and
// hashes of those.
type order map[uintptr]*listing

type listing struct {
	of    map[string]any // keeps its address from another map
	names []string
	at    *step // where the map is in the template
	mixed bool  // names are not in order yet: of most maps nobody asks
}

// step is the last one of a path; nil is the template itself.
type step struct {
	up   *step
	name string
}

func (s *step) path() []string {
	if s == nil {
		return nil
	}
	return append(s.up.path(), s.name)
}

// note says in which order a map that the transform made lists its members.
func (o order) note(m map[string]any, names []string) {
	o[reflect.ValueOf(m).Pointer()] = &listing{of: m, names: names}
}

// listed returns the names of a map of the template in order; nil of another one.
func (t *transform) listed(m map[string]any) []string {
	l := t.order[reflect.ValueOf(m).Pointer()]
	if l == nil {
		return nil
	}
	if l.mixed {
		sortPlaced(l.names, t.position, l.at.path())
		l.mixed = false
	}
	return l.names
}

// keys returns the names of a map as the template lists them, and those that it does not have at the end, sorted.
func (t *transform) keys(m map[string]any) []string {
	if len(m) < 2 {
		return sorted(m)
	}
	listed := t.listed(m)
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

// takeTemplate copies a template, and notes the order of the maps that expansions read.
func (t *transform) takeTemplate(template map[string]any) map[string]any {
	if t.position == nil {
		return clone(template).(map[string]any)
	}
	taken := make(map[string]any, len(template))
	for name, section := range template {
		resources, ok := section.(map[string]any)
		switch {
		case name == "Globals":
			taken[name] = t.take(section, &step{name: name})
		case name == "Resources" && ok:
			taken[name] = t.takeResources(resources)
		default:
			taken[name] = clone(section)
		}
	}
	return taken
}

func (t *transform) takeResources(resources map[string]any) map[string]any {
	taken := make(map[string]any, len(resources))
	section := &step{name: "Resources"}
	t.order[reflect.ValueOf(taken).Pointer()] = &listing{of: taken, names: slices.Collect(maps.Keys(resources)), at: section, mixed: true}
	for id, body := range resources {
		if typ, _ := at(body, "Type").(string); read(typ) {
			taken[id] = t.take(body, &step{section, id})
			continue
		}
		taken[id] = clone(body)
	}
	return taken
}

// read reports whether an expansion reads, or changes, the resources of a type.
func read(typ string) bool {
	return strings.HasPrefix(typ, "AWS::Serverless::") || typ == "AWS::S3::Bucket" || typ == "AWS::Cognito::UserPool"
}

// take copies a value of the template and notes the order of its maps.
func (t *transform) take(value any, at *step) any {
	switch v := value.(type) {
	case map[string]any:
		m := make(map[string]any, len(v))
		if len(v) > 1 {
			t.order[reflect.ValueOf(m).Pointer()] = &listing{of: m, names: slices.Collect(maps.Keys(v)), at: at, mixed: true}
		}
		for name, member := range v {
			if scalar(member) {
				m[name] = member
				continue
			}
			m[name] = t.take(member, &step{at, name})
		}
		return m
	case []any:
		l := make([]any, len(v))
		for i, member := range v {
			if scalar(member) {
				l[i] = member
				continue
			}
			l[i] = t.take(member, &step{at, strconv.Itoa(i)})
		}
		return l
	}
	return value
}

// sortPlaced sorts the names of a map by where their values stand in the template's text.
func sortPlaced(names []string, position func(path ...string) (line, column int), path []string) {
	type place struct {
		name         string
		line, column int
	}
	places := make([]place, 0, len(names))
	for _, name := range names {
		line, column := position(append(path, name)...)
		places = append(places, place{name, line, column})
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column), strings.Compare(a.name, b.name))
	})
	for i, p := range places {
		names[i] = p.name
	}
}
