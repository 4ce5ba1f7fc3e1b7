package template

// Template is a template as it was written, or as transforms left it.
type Template struct {
	// Tree is the whole template. It may be read by many goroutines and is never changed; a transform makes a tree of its own.
	Tree map[string]any

	places  *place
	oneLine bool
}

// Position says where in the text the value at a path is: keys of maps, and indexes of lists in decimal. A value that the
// text does not have is where the nearest one around it is; both numbers are 0 in a section's member that the text does not have.
func (t *Template) Position(path ...string) (line, column int) {
	return t.places.find(path)
}

// root is the whole tree as a node.
func (t *Template) root() node { return node{t.Tree, t.places} }

// placed finishes an error of this template. A text of one line has no use for places.
func (t *Template) placed(err *Error) error {
	if err == nil {
		return nil
	}
	err.bare = err.bare || t.oneLine
	return err
}

// With is the same template with another tree: what transforms made of it. Places remain those of the text.
func (t *Template) With(tree map[string]any) *Template {
	return &Template{Tree: tree, places: t.places, oneLine: t.oneLine}
}

// Transforms are the names of the top-level transforms, in the order in which the template lists them.
func (t *Template) Transforms() []string {
	return transforms(t.Tree["Transform"])
}

// Includes reports whether the template calls Fn::Transform anywhere.
func (t *Template) Includes() bool { return calls(t.Tree, "Fn::Transform") }

// checkTransform checks the section Transform: a name, an object with one, or a list of them.
func checkTransform(n node) *Error {
	switch value := n.value.(type) {
	case nil, string:
		return nil
	case map[string]any:
		if _, ok := value["Name"].(string); !ok {
			// Recorded: TestMacros.test_error_pass_macro_as_reference.
			return errorAt(n.key("Name").at, "Key Name of transform definition must be a string.")
		}
		return nil
	case []any:
		for _, item := range n.items() {
			if err := checkTransform(item); err != nil {
				return err
			}
		}
		return nil
	}
	return errorAt(n.at, "Template format error: Transform must be a string, an object or a list of them.")
}

func transforms(declared any) []string {
	var names []string
	switch declared := declared.(type) {
	case string:
		names = append(names, declared)
	case map[string]any:
		if name, ok := declared["Name"].(string); ok {
			names = append(names, name)
		}
	case []any:
		for _, each := range declared {
			names = append(names, transforms(each)...)
		}
	}
	return names
}
