package template

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// yamlReader turns the syntax tree of YAML into a plain tree.
type yamlReader struct {
	aliases bool // whether aliases may be there, and merge keys
	anchors map[string]node
	values  int
	depth   int
}

func parseYAML(text string, aliases bool) (value any, places *place, err error) {
	file, bad := syntax(text)
	if bad != nil {
		return nil, nil, bad
	}
	r := &yamlReader{aliases: aliases, anchors: map[string]node{}}
	var body ast.Node
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if body != nil {
			at := nodePlace(doc.Body)
			return nil, nil, notWellFormed("YAML", at.line, at.column, "there is more than one document")
		}
		body = doc.Body
	}
	if body == nil {
		return nil, &place{line: 1, column: 1}, nil
	}
	n, bad := r.read(body)
	if bad != nil {
		return nil, nil, bad
	}
	return n.value, n.at, nil
}

// syntax parses the text. A panic of the parser counts as text that it can't read: templates come from anybody.
func syntax(text string) (file *ast.File, bad *Error) {
	defer func() {
		if recover() != nil {
			file, bad = nil, notWellFormed("YAML", 1, 1, "")
		}
	}()
	tokens, bad := joinColons(lexer.Tokenize(text))
	if bad == nil {
		bad = check(tokens)
	}
	if bad != nil {
		return nil, bad
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err == nil {
		correctColumns(tokens)
		return file, nil
	}
	line, column, reason := 1, 1, err.Error()
	if known, ok := err.(yaml.Error); ok {
		reason = known.GetMessage()
		if t := known.GetToken(); t != nil && t.Position != nil {
			line, column = t.Position.Line, t.Position.Column
		}
	}
	return nil, notWellFormed("YAML", line, column, reason)
}

// correctColumns moves what follows a tag in its line to where it is: the lexer does not count the blank behind a tag. The parser
// goes by the lexer's columns, so this comes after it.
func correctColumns(tokens token.Tokens) {
	line, missed := 0, 0
	for _, t := range tokens {
		if t.Position.Line != line {
			line, missed = t.Position.Line, 0
		}
		t.Position.Column += missed
		if t.Type == token.TagType {
			missed++
		}
	}
}

func nodePlace(n ast.Node) *place {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return &place{line: t.Position.Line, column: t.Position.Column}
	}
	return &place{line: 1, column: 1}
}

func (r *yamlReader) read(n ast.Node) (node, *Error) {
	at := nodePlace(n)
	if r.depth++; r.depth > maxDepth {
		return node{}, tooDeep(at)
	}
	defer func() { r.depth-- }()
	if r.values++; r.values > maxValues {
		return node{}, tooMany(at)
	}
	switch n := n.(type) {
	case *ast.MappingNode:
		return r.object(n.Values, at)
	case *ast.MappingValueNode:
		return r.object([]*ast.MappingValueNode{n}, at)
	case *ast.SequenceNode:
		return r.list(n, at)
	case *ast.TagNode:
		return r.tagged(n, at)
	case *ast.AnchorNode:
		return r.anchor(n)
	case *ast.AliasNode:
		return r.alias(n, at)
	case *ast.LiteralNode:
		return node{n.Value.Value, at}, nil
	case *ast.StringNode:
		return node{n.Value, at}, nil
	case *ast.NullNode:
		return node{nil, at}, nil
	case *ast.BoolNode:
		return node{n.Value, at}, nil
	}
	return r.scalar(n, at)
}

// scalar is a number, or what looks like one to YAML only: it remains the text that it was.
func (r *yamlReader) scalar(n ast.Node, at *place) (node, *Error) {
	scalarNode, ok := n.(ast.ScalarNode)
	if !ok {
		return node{}, notWellFormed("YAML", at.line, at.column, fmt.Sprintf("%s is not allowed here", strings.ToLower(n.Type().String())))
	}
	text := scalarNode.GetToken().Value
	if isNumber(text) {
		value, _ := scalar(text)
		return node{value, at}, nil
	}
	return node{text, at}, nil
}

func (r *yamlReader) object(members []*ast.MappingValueNode, at *place) (node, *Error) {
	object := make(map[string]any, len(members))
	at.keys = make(map[string]*place, len(members))
	var merged []node
	for _, member := range members {
		keyAt := nodePlace(member.Key)
		if _, merge := member.Key.(*ast.MergeKeyNode); merge {
			from, err := r.merge(member.Value, keyAt)
			if err != nil {
				return node{}, err
			}
			merged = append(merged, from...)
			continue
		}
		key, err := r.keyText(member.Key, keyAt)
		if err != nil {
			return node{}, err
		}
		if _, twice := object[key]; twice {
			return node{}, duplicate(keyAt, key)
		}
		value, err := r.read(member.Value)
		if err != nil {
			return node{}, err
		}
		object[key] = value.value
		at.keys[key] = &place{line: keyAt.line, column: keyAt.column, keys: value.at.keys, items: value.at.items}
	}
	for _, from := range merged {
		for key, value := range from.value.(map[string]any) {
			if _, own := object[key]; !own {
				object[key], at.keys[key] = value, from.at.keys[key]
			}
		}
	}
	if len(members) > 0 {
		first := nodePlace(members[0].Key)
		at.line, at.column = first.line, first.column
	}
	return node{object, at}, nil
}

// keyText is a key as it was written: a number or a date is no other text.
func (r *yamlReader) keyText(key ast.MapKeyNode, at *place) (string, *Error) {
	switch key := key.(type) {
	case *ast.StringNode:
		return key.Value, nil
	case ast.ScalarNode:
		if text := key.GetToken().Value; key.Type() != ast.TagType && key.Type() != ast.AnchorType {
			return text, nil
		}
	case *ast.MappingKeyNode:
		if scalar, ok := key.Value.(*ast.StringNode); ok {
			return scalar.Value, nil
		}
	}
	return "", notWellFormed("YAML", at.line, at.column, "a key must be a text")
}

// merge is what a merge key (<<) adds: one map or several.
func (r *yamlReader) merge(value ast.Node, at *place) ([]node, *Error) {
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

func (r *yamlReader) list(n *ast.SequenceNode, at *place) (node, *Error) {
	list := make([]any, 0, len(n.Values))
	at.items = make([]*place, 0, len(n.Values))
	for _, each := range n.Values {
		value, err := r.read(each)
		if err != nil {
			return node{}, err
		}
		list, at.items = append(list, value.value), append(at.items, value.at)
	}
	return node{list, at}, nil
}

func (r *yamlReader) tagged(n *ast.TagNode, at *place) (node, *Error) {
	tag := n.Start.Value
	value := node{nil, &place{line: at.line, column: at.column}}
	if n.Value != nil {
		var err *Error
		if value, err = r.read(n.Value); err != nil {
			return node{}, err
		}
	}
	switch {
	case isShortTag(tag):
		long := longForm(tag, value.value)
		at.keys = make(map[string]*place, 1)
		for name := range long {
			at.keys[name] = value.at
		}
		return node{long, at}, nil
	case tag == "!!str" && n.Value != nil:
		if scalar, ok := n.Value.(ast.ScalarNode); ok {
			return node{text(scalar), at}, nil
		}
	case tag == "!", isPlainTag(tag):
		return value, nil
	}
	return node{}, errorAt(at, "Template format error: the YAML tag %s is not supported.", tag)
}

// text is a scalar's text, whatever YAML takes it for.
func text(n ast.ScalarNode) string {
	switch n := n.(type) {
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.StringNode:
		return n.Value
	}
	if t := n.GetToken(); t.Type != token.ImplicitNullType {
		return t.Value
	}
	return ""
}

func (r *yamlReader) anchor(n *ast.AnchorNode) (node, *Error) {
	value, err := r.read(n.Value)
	if err != nil {
		return node{}, err
	}
	r.anchors[n.Name.GetToken().Value] = value
	return value, nil
}

// alias is what its anchor stands before. Each counts its values again, so that a few lines do not become a great tree.
func (r *yamlReader) alias(n *ast.AliasNode, at *place) (node, *Error) {
	if !r.aliases {
		return node{}, errorAt(at, "Template error: YAML aliases are not allowed in CloudFormation templates")
	}
	value, ok := r.anchors[n.Value.GetToken().Value]
	if !ok {
		return node{}, notWellFormed("YAML", at.line, at.column, "the alias has no anchor before it")
	}
	if r.values += size(value.value); r.values > maxValues {
		return node{}, tooMany(at)
	}
	return value, nil
}

// size counts the values of a tree.
func size(value any) int {
	count := 1
	switch value := value.(type) {
	case map[string]any:
		for _, each := range value {
			count += size(each)
		}
	case []any:
		for _, each := range value {
			count += size(each)
		}
	}
	return count
}
