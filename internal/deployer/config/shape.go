package config

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// shape is what may stand at one place of the file. Exactly one of its forms counts; a scalar with ${…} in it fits
// any scalar form until it is resolved.
type shape struct {
	form   form
	about  string // for people and editors
	of     *shape // of each item or value
	keys   []key  // of an object
	oneOf  []shape
	values []string // of a word
	match  *regexp.Regexp
	like   string // an example, for errors
	orNull bool
}

type form uint8

const (
	text form = iota
	number
	boolean
	word    // one of values
	items   // a list
	mapping // names chosen by the user
	section // keys chosen by us
	anyOf   // one of several shapes
)

type key struct {
	name string
	shape
}

func (s *shape) names() []string {
	names := make([]string, len(s.keys))
	for i, k := range s.keys {
		names[i] = k.name
	}
	return names
}

// check finds where a value does not fit.
func (f *found) check(v *value, s *shape, path string) {
	if v.kind == null {
		if !s.orNull && s.form != section && s.form != mapping {
			f.at(v, "%s has no value: write %s, or leave the key out", path, s.example())
		}
		return
	}
	switch s.form {
	case section, mapping:
		f.checkObject(v, s, path)
	case items:
		f.checkList(v, s, path)
	case anyOf:
		f.checkEither(v, s, path)
	default:
		f.checkScalar(v, s, path)
	}
}

func (f *found) checkObject(v *value, s *shape, path string) {
	if v.kind != object {
		f.at(v, "%s is %s: write %s", place(path), v.kind, s.example())
		return
	}
	for _, e := range v.keys {
		inner := join(path, e.name)
		if s.form == mapping {
			if s.match != nil && !s.match.MatchString(e.name) {
				f.problems = append(f.problems, Problem{e.line, e.column, "the name " + strconv.Quote(e.name) + " in " + path + " does not match " + s.match.String()})
			}
			f.check(e.value, s.of, inner)
			continue
		}
		if i := slices.IndexFunc(s.keys, func(k key) bool { return k.name == e.name }); i >= 0 {
			f.check(e.value, &s.keys[i].shape, inner)
			continue
		}
		hint := "it takes " + strings.Join(s.names(), ", ")
		if near := nearest(e.name, s.names()); near != "" {
			hint = "did you mean " + near + "?"
		}
		f.problems = append(f.problems, Problem{e.line, e.column, place(path) + " has no key " + strconv.Quote(e.name) + ": " + hint})
	}
}

func (f *found) checkList(v *value, s *shape, path string) {
	if v.kind != list {
		f.at(v, "%s is %s: write %s", path, v.kind, s.example())
		return
	}
	for i, item := range v.items {
		f.check(item, s.of, path+"["+strconv.Itoa(i)+"]")
	}
}

// checkEither takes the form that the value has; of several, what the first of that form says is wrong is told.
func (f *found) checkEither(v *value, s *shape, path string) {
	for i := range s.oneOf {
		if s.oneOf[i].kind() == v.kind {
			f.check(v, &s.oneOf[i], path)
			return
		}
	}
	f.at(v, "%s is %s: write %s", path, v.kind, s.example())
}

func (f *found) checkScalar(v *value, s *shape, path string) {
	switch {
	case v.kind != scalar:
		f.at(v, "%s is %s: write %s", path, v.kind, s.example())
	case strings.Contains(v.text, "${"):
	case !s.takes(v.text):
		f.at(v, "%s is %q: write %s", path, v.text, s.example())
	}
}

// takes reports whether a scalar may be this text.
func (s *shape) takes(t string) bool {
	switch s.form {
	case number:
		_, err := strconv.ParseFloat(t, 64)
		return err == nil && (s.match == nil || s.match.MatchString(t))
	case boolean:
		return t == "true" || t == "false"
	case word:
		return slices.Contains(s.values, t)
	}
	return s.match == nil || s.match.MatchString(t)
}

func (s *shape) kind() kind {
	switch s.form {
	case section, mapping:
		return object
	case items:
		return list
	}
	return scalar
}

// example says what to write.
func (s *shape) example() string {
	switch {
	case s.like != "":
		return s.like
	case s.form == boolean:
		return "true or false"
	case s.form == number:
		return "a number"
	case s.form == word:
		return "one of " + strings.Join(s.values, ", ")
	case s.form == items:
		return "a list"
	case s.form == mapping:
		return "a map of names to values"
	case s.form == section:
		return "a map of " + strings.Join(s.names(), ", ")
	case s.form == anyOf:
		return s.oneOf[0].example()
	}
	return "a text"
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// place names where something stands, for people.
func place(path string) string {
	if path == "" {
		return "the file"
	}
	return path
}
