package template

import (
	"github.com/goccy/go-yaml/token"
)

// What the YAML parser is spared: it takes the text of a level again and again, compares each key of a map with all others,
// and gives each value its path as a text of its own. Templates stay far below.
const (
	maxKeys      = 4_000
	maxKeyLength = 1_024      // YAML 1.2.2 §7.4: an implicit key has at most 1,024 characters
	maxPathBytes = 32_000_000 // of all values together
	maxRow       = 20         // tags, anchors and question marks one behind the other
)

// guard counts what the tokens of a text will cost the parser.
type guard struct {
	levels    []level // block levels by column
	flow      []level // brackets
	row       int
	pathBytes int
}

// level is a list or map that is open: the column of its dashes or keys, how many keys came, and how long its path is.
type level struct {
	column, keys, path int
}

// check returns an error if the parser would take long, or would need a deep stack.
func check(tokens token.Tokens) *Error {
	g := &guard{}
	for _, t := range tokens {
		if err := g.count(t); err != nil {
			err.Line, err.Column = t.Position.Line, t.Position.Column
			return err
		}
	}
	return nil
}

func (g *guard) count(t *token.Token) *Error {
	switch t.Type {
	case token.TagType, token.AnchorType, token.MappingKeyType:
		if g.row++; g.row > maxRow {
			return tooDeep(nil)
		}
	case token.MappingStartType, token.SequenceStartType:
		g.flow = append(g.flow, level{path: g.path()})
	case token.MappingEndType, token.SequenceEndType:
		g.flow = g.flow[:max(0, len(g.flow)-1)]
	case token.SequenceEntryType:
		g.open(t.Position.Column, 0)
	case token.MappingValueType:
		if err := g.key(t.Prev); err != nil {
			return err
		}
	case token.DocumentHeaderType, token.DocumentEndType:
		g.levels, g.flow = nil, nil
	default:
		if t.Prev == nil || t.Prev.Type != token.AnchorType { // else it is the anchor's name
			g.row = 0
		}
	}
	g.pathBytes += g.path()
	if len(g.levels)+len(g.flow) > maxDepth {
		return tooDeep(nil)
	}
	if g.pathBytes > maxPathBytes {
		return tooMany(nil)
	}
	return nil
}

// key counts a key, whose colon came.
func (g *guard) key(key *token.Token) *Error {
	length, column := 0, 1
	if key != nil {
		length, column = len(key.Value), key.Position.Column
	}
	if length > maxKeyLength {
		return errorAt(nil, "Template format error: a key is longer than %d characters.", maxKeyLength)
	}
	if len(g.flow) > 0 {
		return nil
	}
	if g.open(column, length); g.levels[len(g.levels)-1].keys > maxKeys {
		return errorAt(nil, "Template format error: a map has more than %d keys.", maxKeys)
	}
	return nil
}

// open goes on with the level of a column, or begins one, and closes those to the right of it.
func (g *guard) open(column, length int) {
	for len(g.levels) > 0 && g.levels[len(g.levels)-1].column > column {
		g.levels = g.levels[:len(g.levels)-1]
	}
	last := len(g.levels) - 1
	if last < 0 || g.levels[last].column < column {
		g.levels, last = append(g.levels, level{column: column}), last+1
	}
	g.levels[last].keys++
	g.levels[last].path = length + 1
	if last > 0 {
		g.levels[last].path += g.levels[last-1].path
	}
}

// path is about how long the path of the next value is.
func (g *guard) path() int {
	length := 0
	if last := len(g.levels) - 1; last >= 0 {
		length = g.levels[last].path
	}
	return length + len(g.flow)*8
}
