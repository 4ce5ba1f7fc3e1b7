package template

import (
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// yamlReader turns the nodes of YAML into a plain tree.
type yamlReader struct {
	aliases bool // whether aliases may be there, and merge keys
	values  int
	depth   int
}

func parseYAML(text string, aliases bool) (any, *place, error) {
	document, bad := syntax(text)
	if bad != nil {
		return nil, nil, bad
	}
	if document == nil {
		return nil, &place{line: 1, column: 1}, nil
	}
	n, bad := (&yamlReader{aliases: aliases}).read(document)
	if bad != nil {
		return nil, nil, bad
	}
	return n.value, n.at, nil
}

// syntax reads the nodes of the only document of a text; nil if there is none. A panic of the reader counts as text that it can't
// read: templates come from anybody.
func syntax(text string) (document *yaml.Node, bad *Error) {
	defer func() {
		if recover() != nil {
			document, bad = nil, notWellFormed("YAML", 1, 1, "")
		}
	}()
	deep := false
	limits := loaderlimits.New(loaderlimits.DepthFunc(func(depth int, _ *loaderlimits.DepthContext) error {
		if deep = depth > maxDepth; deep {
			return errors.New("too deep")
		}
		return nil
	}))
	loader, err := yaml.NewLoader(strings.NewReader(text), yaml.WithV4Defaults(), yaml.WithPlugin(limits))
	if err != nil {
		return nil, unreadable(err, false)
	}
	var first, second yaml.Node
	if err := loader.Load(&first); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, unreadable(err, deep)
	}
	switch err := loader.Load(&second); {
	case err == nil:
		return nil, notWellFormed("YAML", second.Line, second.Column, "there is more than one document")
	case !errors.Is(err, io.EOF):
		return nil, unreadable(err, deep)
	case len(first.Content) == 0:
		return nil, nil
	}
	return first.Content[0], nil
}

// unreadable is the error for text that is not YAML, or that is nested too deeply.
func unreadable(err error, deep bool) *Error {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		return notWellFormed("YAML", 1, 1, err.Error())
	}
	if deep {
		return tooDeep(&place{line: load.Mark.Line, column: load.Mark.Column})
	}
	reason := load.Message
	if load.ContextMsg != "" {
		reason = load.ContextMsg + ", " + reason
	}
	return notWellFormed("YAML", max(load.Mark.Line, 1), max(load.Mark.Column, 1), reason)
}

func (r *yamlReader) read(n *yaml.Node) (node, *Error) {
	at := &place{line: n.Line, column: n.Column}
	if r.depth++; r.depth > maxDepth {
		return node{}, tooDeep(at)
	}
	defer func() { r.depth-- }()
	if r.values++; r.values > maxValues {
		return node{}, tooMany(at)
	}
	if n.Kind == yaml.AliasNode {
		if !r.aliases {
			return node{}, errorAt(at, "Template error: YAML aliases are not allowed in CloudFormation templates")
		}
		return r.read(n.Alias)
	}
	if isShortTag(n.Tag) {
		return r.tagged(n, at)
	}
	if n.Style&yaml.TaggedStyle != 0 && !isPlainTag(n.ShortTag()) {
		return node{}, errorAt(at, "Template format error: the YAML tag %s is not supported.", n.ShortTag())
	}
	return r.untagged(n, at)
}

func (r *yamlReader) untagged(n *yaml.Node, at *place) (node, *Error) {
	switch n.Kind {
	case yaml.MappingNode:
		return r.object(n, at)
	case yaml.SequenceNode:
		return r.list(n, at)
	}
	return node{plainValue(n), at}, nil
}

// tagged writes a short tag out. A scalar behind one is a text, whatever it looks like.
func (r *yamlReader) tagged(n *yaml.Node, at *place) (node, *Error) {
	value := node{n.Value, &place{line: at.line, column: at.column}}
	if n.Kind != yaml.ScalarNode {
		var err *Error
		if value, err = r.untagged(n, value.at); err != nil {
			return node{}, err
		}
	}
	long := longForm(n.Tag, value.value)
	at.keys = make(map[string]*place, 1)
	for name := range long {
		at.keys[name] = value.at
	}
	return node{long, at}, nil
}

// plainValue is what a scalar is. Only true, false, null and the numbers of JSON are more than text; dates and the like are kept
// as they were written.
func plainValue(n *yaml.Node) any {
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int", "!!float":
		if isNumber(n.Value) {
			value, _ := scalar(n.Value)
			return value
		}
	}
	return n.Value
}

func (r *yamlReader) object(n *yaml.Node, at *place) (node, *Error) {
	object := make(map[string]any, len(n.Content)/2)
	at.keys = make(map[string]*place, len(n.Content)/2)
	var merged []node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		keyAt := &place{line: key.Line, column: key.Column}
		if key.ShortTag() == "!!merge" {
			from, err := r.merge(value, keyAt)
			if err != nil {
				return node{}, err
			}
			merged = append(merged, from...)
			continue
		}
		if key.Kind != yaml.ScalarNode || isShortTag(key.Tag) {
			return node{}, notWellFormed("YAML", keyAt.line, keyAt.column, "a key must be a text")
		}
		if _, twice := object[key.Value]; twice {
			return node{}, duplicate(keyAt, key.Value)
		}
		read, err := r.read(value)
		if err != nil {
			return node{}, err
		}
		keyAt.keys, keyAt.items = read.at.keys, read.at.items
		object[key.Value], at.keys[key.Value] = read.value, keyAt
	}
	mergeInto(object, at, merged)
	return node{object, at}, nil
}

// mergeInto adds what merge keys bring: what a map has itself stays, and of two the earlier counts.
func mergeInto(object map[string]any, at *place, merged []node) {
	for _, from := range merged {
		for key, value := range from.value.(map[string]any) {
			if _, own := object[key]; !own {
				object[key], at.keys[key] = value, from.at.keys[key]
			}
		}
	}
}

// merge is what a merge key (<<) adds: one map or several.
func (r *yamlReader) merge(value *yaml.Node, at *place) ([]node, *Error) {
	if !r.aliases {
		return nil, errorAt(at, "Template error: YAML merge keys (<<) are not allowed in CloudFormation templates")
	}
	read, err := r.read(value)
	if err != nil {
		return nil, err
	}
	from := []node{read}
	if _, several := read.value.([]any); several {
		from = read.items()
	}
	for _, each := range from {
		if _, ok := each.value.(map[string]any); !ok {
			return nil, notWellFormed("YAML", at.line, at.column, "only a map can be merged")
		}
	}
	return from, nil
}

func (r *yamlReader) list(n *yaml.Node, at *place) (node, *Error) {
	list := make([]any, 0, len(n.Content))
	at.items = make([]*place, 0, len(n.Content))
	for _, each := range n.Content {
		value, err := r.read(each)
		if err != nil {
			return node{}, err
		}
		list, at.items = append(list, value.value), append(at.items, value.at)
	}
	return node{list, at}, nil
}
