package template

import (
	"slices"
	"strings"
)

// refer finds what a resource refers to. To name one that is not made is wrong, except in DependsOn, where it counts for
// nothing.
func (b *Bound) refer(r *Resource, n, section node, made map[string]bool, missing *unresolved) {
	seen := map[Reference]bool{}
	needs := map[string]bool{}
	visit := func(part, property string) visitor {
		return func(ref Reference, _ string, at *place) {
			ref.Section, ref.Property = part, property
			switch {
			case made[ref.To]:
				needs[ref.To] = true
			case section.has(ref.To):
				missing.add(ref.To, at)
			}
			if !seen[ref] && !strings.HasPrefix(ref.To, "AWS::") {
				seen[ref], r.References = true, append(r.References, ref)
			}
		}
	}
	taken := func(condition string) bool { return b.Conditions[condition] }
	properties := n.key("Properties")
	for _, name := range properties.names() {
		if name == "Ref" || strings.HasPrefix(name, "Fn::") {
			walkReferences(properties, taken, visit("Properties", ""))
			break
		}
		walkReferences(properties.key(name), taken, visit("Properties", name))
	}
	for _, key := range []string{"UpdatePolicy", "CreationPolicy", "Metadata"} {
		walkReferences(n.key(key), taken, visit(key, ""))
	}
	for _, each := range dependsOn(n) {
		if on, _ := each.value.(string); made[on] {
			needs[on] = true
		}
	}
	for name := range needs {
		r.DependsOn = append(r.DependsOn, name)
	}
	slices.Sort(r.DependsOn)
}

func circular(section node, names []string, edges map[string][]string) *Error {
	loop := cycle(names, edges)
	if loop == nil {
		return nil
	}
	return errorAt(section.member(loop[0]).at, "Circular dependency between resources: [%s]", strings.Join(loop, ", "))
}

// always are the resources that a resource needs however the conditions fall.
func (c *checker) always(n node) []string {
	var needs []string
	never := func(string) bool { return false }
	walkReferences(withoutBranches(n), never, func(r Reference, _ string, _ *place) {
		if c.resources[r.To] {
			needs = append(needs, r.To)
		}
	})
	for _, each := range dependsOn(n) {
		on, _ := each.value.(string)
		needs = append(needs, on)
	}
	return needs
}

// withoutBranches is a value in which each Fn::If stands for nothing.
func withoutBranches(n node) node {
	if !calls(n.value, "Fn::If") {
		return n
	}
	return node{value: dropBranches(n.value)}
}

func dropBranches(value any) any {
	switch value := value.(type) {
	case map[string]any:
		if _, ok := value["Fn::If"]; ok {
			return ""
		}
		object := make(map[string]any, len(value))
		for name, each := range value {
			object[name] = dropBranches(each)
		}
		return object
	case []any:
		list := make([]any, len(value))
		for i, each := range value {
			list[i] = dropBranches(each)
		}
		return list
	}
	return value
}

// dependsOn are the members of DependsOn, which is a name or a list of names.
func dependsOn(n node) []node {
	if !n.has("DependsOn") {
		return nil
	}
	on := n.key("DependsOn")
	if _, ok := on.value.([]any); ok {
		return on.items()
	}
	return []node{on}
}
