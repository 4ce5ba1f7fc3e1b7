package template

import "strings"

// Reference is a value that a property takes from a resource or parameter.
type Reference struct {
	Section   string // Properties, Metadata, UpdatePolicy or CreationPolicy; empty outside of resources
	Property  string // the property of the first level; empty outside the properties
	To        string // logical id, or the name of a parameter
	Attribute string // empty is Ref; "*" is one that a function names
}

// visitor is told each reference, the function that makes it, and its place.
type visitor func(r Reference, function string, at *place)

// walkReferences finds the references in a value, in the order of the text. taken says which branch of an Fn::If counts;
// nil counts both. The shapes of functions have been checked.
func walkReferences(n node, taken func(condition string) bool, visit visitor) {
	name, arg, ok := n.function()
	switch {
	case !ok:
		walkMembers(n, taken, visit)
	case name == "Ref":
		if to, ok := arg.value.(string); ok {
			visit(Reference{To: to}, name, arg.at)
		}
	case name == "Fn::GetAtt":
		walkAttribute(arg, taken, visit)
	case name == "Fn::Sub":
		walkSubstitute(arg, taken, visit)
	case name == "Fn::If" && taken != nil:
		walkBranch(arg, taken, visit)
	default:
		walkReferences(arg, taken, visit)
	}
}

func walkMembers(n node, taken func(string) bool, visit visitor) {
	switch value := n.value.(type) {
	case map[string]any:
		if !mayRefer(value) {
			return
		}
		for _, name := range n.names() {
			walkReferences(n.key(name), taken, visit)
		}
	case []any:
		for _, item := range n.items() {
			walkReferences(item, taken, visit)
		}
	}
}

// mayRefer spares the sorting of maps that hold nothing but scalars.
func mayRefer(object map[string]any) bool {
	for _, value := range object {
		switch value.(type) {
		case map[string]any, []any:
			return true
		}
	}
	return false
}

func walkBranch(arg node, taken func(string) bool, visit visitor) {
	items := arg.items()
	if len(items) != 3 {
		return
	}
	condition, _ := items[0].value.(string)
	if taken(condition) {
		walkReferences(items[1], taken, visit)
	} else {
		walkReferences(items[2], taken, visit)
	}
}

func walkAttribute(arg node, taken func(string) bool, visit visitor) {
	resource, attribute, ok := attributeOf(arg.value)
	if !ok {
		return
	}
	if attribute == "" {
		attribute = "*"
		walkReferences(arg.item(1), taken, visit)
	}
	visit(Reference{To: resource, Attribute: attribute}, "Fn::GetAtt", arg.at)
}

func walkSubstitute(arg node, taken func(string) bool, visit visitor) {
	text, variables := subText(arg)
	body, _ := text.value.(string)
	all, _ := pieces(body)
	for _, piece := range all {
		if !piece.variable || variables.has(piece.text) {
			continue
		}
		resource, attribute, _ := strings.Cut(piece.text, ".")
		visit(Reference{To: resource, Attribute: attribute}, "Fn::Sub", text.at)
	}
	walkReferences(variables, taken, visit)
}

// unresolved collects the names that a block refers to and that nothing has.
type unresolved struct {
	names []string
	at    *place
}

func (u *unresolved) add(name string, at *place) {
	if u.at == nil {
		u.at = at
	}
	for _, known := range u.names {
		if known == name {
			return
		}
	}
	u.names = append(u.names, name)
}

// resolves checks that all that a value refers to is declared.
func (c *checker) resolves(n node, missing *unresolved) (err *Error) {
	walkReferences(n, nil, func(r Reference, function string, at *place) {
		switch {
		case err != nil || c.resources[r.To] || r.Attribute == "" && c.values[r.To]:
		case function == "Fn::GetAtt":
			err = errorAt(at, "Template error: instance of Fn::GetAtt references undefined resource %s", r.To)
		case r.Attribute != "":
			err = errorAt(at, "Template error: instance of Fn::Sub references invalid resource attribute %s.%s", r.To, r.Attribute)
		default:
			missing.add(r.To, at)
		}
	})
	return err
}
