package stack

import (
	"maps"
	"slices"

	"sluice/internal/stack/template"
)

// difference is what has to change of an instance.
type difference struct {
	properties []string        // the names of those that changed, sorted
	replaces   map[string]bool // those of them that make another resource of it
	attributes []string        // of the template, besides properties: Metadata ... as DescribeChangeSet names them
}

// compare finds what a goal changes of an instance. Properties of the type decide what makes another resource of it.
func compare(schema *Schema, now, goal *Instance) difference {
	d := difference{replaces: map[string]bool{}}
	names := maps.Clone(map[string]any(now.Properties))
	if names == nil {
		names = map[string]any{}
	}
	maps.Copy(names, goal.Properties)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		before, after := now.Properties[name], goal.Properties[name]
		if Same(before, after) {
			continue
		}
		d.properties = append(d.properties, name)
		d.replaces[name] = schema != nil && replacing(schema.Properties[name], before, after)
	}
	for _, each := range []struct {
		name string
		same bool
	}{
		{"Metadata", sameValues(now.Metadata, goal.Metadata)},
		{"UpdatePolicy", sameValues(now.UpdatePolicy, goal.UpdatePolicy)},
		{"DeletionPolicy", now.DeletionPolicy == goal.DeletionPolicy},
		{"UpdateReplacePolicy", now.UpdateReplacePolicy == goal.UpdateReplacePolicy},
	} {
		if !each.same {
			d.attributes = append(d.attributes, each.name)
		}
	}
	return d
}

// replacing reports whether a change of a property makes another resource: by itself or by a field of it.
func replacing(p *Property, before, after any) bool {
	if p == nil || p.Replaces {
		return p != nil
	}
	old, _ := before.(map[string]any)
	next, _ := after.(map[string]any)
	for name, field := range p.Fields {
		if !Same(old[name], next[name]) && replacing(field, old[name], next[name]) {
			return true
		}
	}
	return false
}

func sameValues(a, b Values) bool {
	return len(a) == 0 && len(b) == 0 || Same(map[string]any(a), map[string]any(b))
}

// Same reports whether two values of a template or a resource are equal. Scalars are by their text, as CloudFormation takes "60" for 60.
func Same(a, b any) bool {
	switch a := a.(type) {
	case map[string]any:
		b, ok := b.(map[string]any)
		return ok && maps.EqualFunc(a, b, Same)
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, Same)
	case nil:
		return b == nil
	}
	text, ok := template.Scalar(b)
	own, _ := template.Scalar(a)
	return ok && own == text
}
