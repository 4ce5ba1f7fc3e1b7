package apigateway

import (
	"maps"
	"slices"
	"strings"

	"sluice/internal/api/resource"
)

// patches are the operations of an update, in the order in which they are made.
type patches []any

func (p *patches) add(op, path string, value any) {
	*p = append(*p, resource.With(members{"op": op, "path": path}, members{"value": value}))
}

// replace replaces a scalar that a property changes; what the template gives no more becomes unset.
func (p *patches) replace(t *task, property, path, unset string) {
	switch {
	case !t.Changed(property):
	case t.Has(property):
		p.add("replace", path, t.Text(property))
	default:
		p.add("replace", path, unset)
	}
}

// table changes the entries of a map of texts below a path.
func (p *patches) table(before, after any, path string) {
	old, now := resource.ObjectOf(before), resource.ObjectOf(after)
	for _, key := range slices.Sorted(maps.Keys(old)) {
		if now[key] == nil {
			p.add("remove", path+"/"+escaped(key), nil)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(now)) {
		if !resource.Same(old[key], now[key]) {
			p.add("replace", path+"/"+escaped(key), resource.TextOf(now[key]))
		}
	}
}

// list changes a list of texts, each of which is added or removed: as a value, or as the last segment of the path.
func (p *patches) list(before, after any, path string, asPath bool) {
	add := func(op, each string) {
		if asPath {
			p.add(op, path+"/"+escaped(each), nil)
		} else {
			p.add(op, path, each)
		}
	}
	old, now := textsOf(before), textsOf(after)
	for _, each := range old {
		if !slices.Contains(now, each) {
			add("remove", each)
		}
	}
	for _, each := range now {
		if !slices.Contains(old, each) {
			add("add", each)
		}
	}
}

func textsOf(value any) (texts []string) {
	for _, each := range resource.ListOf(value) {
		texts = append(texts, resource.TextOf(each))
	}
	return texts
}

// escaped writes a name within a patch's path.
func escaped(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

// patch updates something, if there is anything to change.
func patch(t *task, operation string, in members, p patches) error {
	if len(p) == 0 {
		return nil
	}
	_, err := call(t, operation, resource.With(in, members{"patchOperations": []any(p)}))
	return err
}
