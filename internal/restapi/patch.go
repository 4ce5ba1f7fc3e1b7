package restapi

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"sluice/internal/fault"
)

// Patch is one change of a record, as in a JSON Patch. AWS's page "Patch Operations" says which of them each record takes.
type Patch struct {
	Op    string // add, remove, replace or copy
	Path  string // in which ~1 stands for a slash within a name; "null" was not given
	Value *string
	From  string // of a copy
}

// text is the patch's value; empty if it has none.
func (p *Patch) text() string {
	if p.Value == nil {
		return ""
	}
	return *p.Value
}

// field is a part of a record that patches may change.
type field struct {
	// path is that of the patch. A last segment of * is any name, which set gets unescaped.
	path string
	ops  []string
	set  func(p *Patch, name string) error
}

// match reports whether the field is what a path names.
func (f *field) match(path string) (name string, ok bool) {
	prefix, many := strings.CutSuffix(f.path, "*")
	if !many {
		return "", path == f.path
	}
	name, ok = strings.CutPrefix(path, prefix)
	if !ok || name == "" || strings.Contains(name, "/") {
		return "", false
	}
	return unescape(name), true
}

var unescaper = strings.NewReplacer("~1", "/", "~0", "~")

// unescape reads a name within a JSON pointer.
func unescape(name string) string { return unescaper.Replace(name) }

// complaint words a patch that no field takes. ops are those that its path takes, none if there is no such path.
type complaint func(p *Patch, ops []string, fields []field) error

// apply makes the changes in their order. The record is spoilt if one fails.
func apply(patches []Patch, complain complaint, fields ...field) error {
	for i := range patches {
		p := &patches[i]
		if err := applyOne(p, complain, fields); err != nil {
			return err
		}
	}
	return nil
}

func applyOne(p *Patch, complain complaint, fields []field) error {
	for _, f := range fields {
		name, ok := f.match(p.Path)
		if !ok {
			continue
		}
		if !slices.Contains(f.ops, p.Op) {
			return complain(p, f.ops, fields)
		}
		return f.set(p, name)
	}
	return complain(p, nil, fields)
}

// badPath is what most records say of a path that they do not have.
func badPath(p *Patch, ops []string, _ []field) error {
	if ops == nil {
		return invalidPath(p.Path)
	}
	return fault.Errorf(fault.Invalid, "patch", "Invalid patch operation specified. Must be one of: [%s]", strings.Join(ops, ", "))
}

func invalidPath(path string) error {
	return fault.Errorf(fault.Invalid, "patch", "Invalid patch path %s", path)
}

// anyBadPath is what records say that do not tell a bad path from a bad operation.
func anyBadPath(p *Patch, _ []string, _ []field) error { return invalidPath(p.Path) }

// listed is what records say that list the paths they take (recording TestApiGatewayApiModels.test_update_model).
func listed(p *Patch, _ []string, fields []field) error {
	var paths []string
	for _, f := range fields {
		if slices.Contains(f.ops, p.Op) {
			paths = append(paths, f.path)
		}
	}
	if paths == nil {
		return fault.Errorf(fault.Invalid, "patch",
			"Invalid patch path  '%s' specified for op '%s'. Please choose supported operations", p.Path, p.Op)
	}
	return fault.Errorf(fault.Invalid, "patch",
		"Invalid patch path  '%s' specified for op '%s'. Must be one of: [%s]", p.Path, p.Op, strings.Join(paths, ", "))
}

// The operations that fields take.
var (
	replaced = []string{"replace"}
	any3     = []string{"add", "replace", "remove"}
	addedOff = []string{"add", "remove"}
	emptied  = []string{"replace", "remove"}
)

// text is a field that is a text, emptied by removal.
func text(path string, ops []string, to *string) field {
	return field{path, ops, func(p *Patch, _ string) error {
		*to = p.text()
		if p.Op == "remove" {
			*to = ""
		}
		return nil
	}}
}

// flag is a field that is true or false: whatever is not true is false (recording test_update_method_validation).
func flag(path string, ops []string, to *bool) field {
	return field{path, ops, func(p *Patch, _ string) error {
		*to = truth(p)
		return nil
	}}
}

func truth(p *Patch) bool { return p.Op != "remove" && strings.EqualFold(p.text(), "true") }

// entries are the entries of a map of texts. AWS shows a map that has lost its last entry no more.
func entries(path string, ops []string, to *map[string]string) field {
	return field{path + "/*", ops, func(p *Patch, name string) error {
		put(to, p, name, p.text())
		return nil
	}}
}

// flags are the entries of a map of truths.
func flags(path string, ops []string, to *map[string]bool) field {
	return field{path + "/*", ops, func(p *Patch, name string) error {
		put(to, p, name, truth(p))
		return nil
	}}
}

func put[V any](to *map[string]V, p *Patch, name string, value V) {
	if p.Op == "remove" {
		delete(*to, name)
		if len(*to) == 0 {
			*to = nil
		}
		return
	}
	if *to == nil {
		*to = map[string]V{}
	}
	(*to)[name] = value
}

// existing is a field of which only what is there can be replaced or removed.
func existing(f field, there func(name string) bool, absent func() error) field {
	set := f.set
	f.set = func(p *Patch, name string) error {
		if p.Op != "add" && !there(name) {
			return absent()
		}
		return set(p, name)
	}
	return f
}

func has[V any](m map[string]V, name string) bool {
	_, there := m[name]
	return there
}

// names are a list of texts, each of which is added or removed as the last segment of a path.
func names(path string, to *[]string) field {
	return field{path + "/*", any3, func(p *Patch, name string) error {
		*to = slices.DeleteFunc(*to, func(each string) bool { return each == name })
		switch p.Op {
		case "add":
			*to = append(*to, name)
		case "replace":
			*to = append(*to, p.text())
		}
		return nil
	}}
}

// number reads a patch's value as a whole number.
func (p *Patch) number() (int64, error) {
	n, err := strconv.ParseInt(p.text(), 10, 64)
	if err != nil {
		return 0, p.badValue("a whole number")
	}
	return n, nil
}

func (p *Patch) badValue(want string) error {
	return fault.Errorf(fault.Invalid, "patch", "Invalid value %q of patch path %s: it has to be %s", p.text(), p.Path, want)
}

// rate reads a patch's value as a number.
func (p *Patch) rate() (float64, error) {
	f, err := strconv.ParseFloat(p.text(), 64)
	if err != nil || f != f || math.IsInf(f, 0) {
		return 0, p.badValue("a number")
	}
	return f, nil
}

func (p *Patch) String() string { return fmt.Sprintf("%s %s", p.Op, p.Path) }
