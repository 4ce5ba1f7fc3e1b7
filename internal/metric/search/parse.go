package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sluice/internal/fault"
)

// MaxLength is how many characters a search text may have (the guide's quota).
const MaxLength = 1024

// maxDepth bounds how deep parentheses may be nested.
const maxDepth = 50

// Parse understands a search text. The error is a fault of kind Invalid about a "search".
func Parse(text string) (*Query, error) {
	if utf8.RuneCountInString(text) > MaxLength {
		return nil, invalid("the search text has more than %d characters", MaxLength)
	}
	words, err := split(text)
	if err != nil {
		return nil, err
	}
	p := &parser{words: words}
	q := &Query{}
	if p.skip("{") {
		if q.schema, err = p.schema(); err != nil {
			return nil, err
		}
	}
	if p.more() {
		if q.term, err = p.either(""); err != nil {
			return nil, err
		}
	}
	if p.more() {
		return nil, invalid("'%s' is not expected in the search text", p.words[p.next].text)
	}
	if q.schema == nil && q.term == nil {
		return nil, invalid("the search text is empty")
	}
	return q, nil
}

func invalid(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "search", "Invalid search: "+format, args...)
}

// word is a piece of a search text: a name, a quoted text or a sign.
type word struct {
	text   string
	quoted bool
	sign   bool
}

// split cuts a search text into words. Commas only separate.
func split(text string) (words []word, err error) {
	for text != "" {
		switch c := text[0]; {
		case strings.IndexByte(" \t\r\n,", c) >= 0:
			text = text[1:]
		case strings.IndexByte("{}()=", c) >= 0:
			words = append(words, word{text: text[:1], sign: true})
			text = text[1:]
		case c == '"':
			var quoted string
			if quoted, text, err = unquote(text[1:]); err != nil {
				return nil, err
			}
			words = append(words, word{text: quoted, quoted: true})
		default:
			end := strings.IndexAny(text, " \t\r\n,{}()=\"")
			if end < 0 {
				end = len(text)
			}
			words = append(words, word{text: text[:end]})
			text = text[end:]
		}
	}
	return words, nil
}

// unquote reads up to the closing quotation mark; a backslash keeps the character behind it.
func unquote(text string) (quoted, rest string, err error) {
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '"':
			return out.String(), text[i+1:], nil
		case text[i] == '\\' && i+1 < len(text):
			i++
		}
		out.WriteByte(text[i])
	}
	return "", "", invalid("a quotation mark is not closed")
}

type parser struct {
	words []word
	next  int
	depth int
}

func (p *parser) more() bool { return p.next < len(p.words) }

// skip takes a sign, or an operator, if it is next.
func (p *parser) skip(text string) bool {
	if p.more() && p.words[p.next].text == text && !p.words[p.next].quoted {
		p.next++
		return true
	}
	return false
}

func (p *parser) schema() (*schema, error) {
	var names []string
	for p.more() && !p.words[p.next].sign {
		names = append(names, p.words[p.next].text)
		p.next++
	}
	if !p.skip("}") || len(names) == 0 {
		return nil, invalid("braces hold a namespace and the names of dimensions")
	}
	slices.Sort(names[1:])
	return &schema{names[0], slices.Compact(names[1:])}, nil
}

// either reads terms joined by OR, within a property's parentheses or, if that is empty, anywhere.
func (p *parser) either(property string) (term, error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return nil, invalid("parentheses are nested more than %d deep", maxDepth)
	}
	var terms either
	for {
		t, err := p.all(property)
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
		if !p.skip("OR") {
			return terms, nil
		}
	}
}

// all reads terms joined by AND, or by nothing.
func (p *parser) all(property string) (term, error) {
	var terms all
	for {
		t, err := p.single(property)
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
		if !p.skip("AND") && (!p.more() || p.words[p.next] == (word{text: "OR"}) || p.words[p.next] == (word{text: ")", sign: true})) {
			return terms, nil
		}
	}
}

func (p *parser) single(property string) (term, error) {
	negative := false
	for p.skip("NOT") {
		negative = !negative
	}
	t, err := p.operand(property)
	if err == nil && negative {
		t = not{t}
	}
	return t, err
}

func (p *parser) operand(property string) (term, error) {
	if p.skip("(") {
		t, err := p.either(property)
		if err == nil && !p.skip(")") {
			err = invalid("a parenthesis is not closed")
		}
		return t, err
	}
	if !p.more() {
		return nil, invalid("the search text ends where a term should be")
	}
	w := p.words[p.next]
	if w.sign || w == (word{text: "AND"}) || w == (word{text: "OR"}) {
		return nil, invalid("'%s' stands where a term should be", w.text)
	}
	p.next++
	if property == "" && p.skip("=") {
		return p.operand(w.text)
	}
	return newValue(property, w.text, w.quoted), nil
}
