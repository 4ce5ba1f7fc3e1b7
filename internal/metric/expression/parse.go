package expression

import (
	"math"
	"strconv"

	"sluice/internal/fault"
)

// MaxLength is how many bytes an expression may have (the CloudWatch API's model).
const MaxLength = 2048

// maxDepth bounds how deep brackets, functions and signs may be nested, far beyond what a person writes.
const maxDepth = 200

// Parse checks an expression's grammar. Whether what it refers to exists, and whether its operands fit, is for Compile.
// The error is a fault of kind Invalid about an "expression", and says at which character it went wrong, from 1.
func Parse(text string) error {
	_, err := parse(text)
	return err
}

func parse(text string) (node, error) {
	if len(text) > MaxLength {
		return nil, fault.Errorf(fault.Invalid, "expression", "Invalid syntax: the expression has %d characters, at most %d are allowed", len(text), MaxLength)
	}
	tokens, err := split(text)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: tokens}
	root, err := p.operation(0)
	if err != nil {
		return nil, err
	}
	if p.peek().class != ending {
		return nil, invalidAt(p.peek().at, "unexpected %s", p.peek().shown())
	}
	return root, nil
}

// invalidAt complains about the grammar at a byte.
func invalidAt(at int, format string, args ...any) error {
	args = append([]any{at + 1}, args...)
	return fault.Errorf(fault.Invalid, "expression", "Invalid syntax at character %d: "+format, args...)
}

// parser reads tokens by recursive descent.
type parser struct {
	tokens []token
	next   int
	depth  int
}

func (p *parser) peek() token { return p.tokens[p.next] }

func (p *parser) take() token {
	t := p.tokens[p.next]
	if t.class != ending {
		p.next++
	}
	return t
}

// skip takes a symbol if it is next.
func (p *parser) skip(text string) bool {
	if t := p.peek(); t.class == symbol && t.text == text {
		p.next++
		return true
	}
	return false
}

func (p *parser) expect(text string) error {
	if !p.skip(text) {
		return invalidAt(p.peek().at, "expected '%s', found %s", text, p.peek().shown())
	}
	return nil
}

// enter counts a level of nesting; the caller leaves it again.
func (p *parser) enter() error {
	p.depth++
	if p.depth > maxDepth {
		return invalidAt(p.peek().at, "nested more than %d levels deep", maxDepth)
	}
	return nil
}

func (p *parser) leave() { p.depth-- }

// levels are the operators that bind to the left, loosest first. Words and signs of the same meaning share a name.
var levels = []map[string]string{
	{"OR": "OR", "||": "OR"},
	{"AND": "AND", "&&": "AND"},
	{"==": "==", "!=": "!="},
	{"<": "<", "<=": "<=", ">": ">", ">=": ">="},
	{"+": "+", "-": "-"},
	{"*": "*", "/": "/"},
}

// operation reads operands joined by operators of a level or tighter ones.
func (p *parser) operation(level int) (node, error) {
	if level == len(levels) {
		return p.signed()
	}
	left, err := p.operation(level + 1)
	if err != nil {
		return nil, err
	}
	for {
		t := p.peek()
		operator, ok := levels[level][t.text]
		if !ok || t.class != symbol && t.class != name {
			return left, nil
		}
		p.take()
		right, err := p.operation(level + 1)
		if err != nil {
			return nil, err
		}
		left = binary{t.at, operator, left, right}
	}
}

// signed reads an operand with any number of minuses before it. A power binds more tightly than they do.
func (p *parser) signed() (node, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	if t := p.peek(); p.skip("-") {
		operand, err := p.signed()
		return unary{t.at, operand}, err
	}
	base, err := p.operand()
	if err != nil {
		return nil, err
	}
	if t := p.peek(); p.skip("^") {
		exponent, err := p.signed()
		return binary{t.at, "^", base, exponent}, err
	}
	return base, nil
}

func (p *parser) operand() (node, error) {
	t := p.take()
	switch {
	case t.class == number:
		return numeral(t)
	case t.class == quoted:
		return text{t.at, t.text}, nil
	case t.class == name && p.skip("("):
		arguments, err := p.items(")")
		return call{t.at, t.text, arguments}, err
	case t.class == name:
		return named(t)
	case t.text == "[":
		items, err := p.items("]")
		return list{t.at, items}, err
	case t.text == "(":
		inner, err := p.operation(0)
		if err != nil {
			return nil, err
		}
		return inner, p.expect(")")
	}
	return nil, invalidAt(t.at, "unexpected %s", t.shown())
}

// items reads operations between commas, up to what closes them.
func (p *parser) items(closing string) ([]node, error) {
	var items []node
	if p.skip(closing) {
		return nil, nil
	}
	for {
		item, err := p.operation(0)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
		if !p.skip(",") {
			return items, p.expect(closing)
		}
	}
}

func numeral(t token) (node, error) {
	value, err := strconv.ParseFloat(t.text, 64)
	if err != nil || math.IsInf(value, 0) {
		return nil, invalidAt(t.at, "'%s' is not a number", t.text)
	}
	return literal{t.at, value}, nil
}

// named tells an item's ID, which begins with a lower-case letter, from a function's word.
func named(t token) (node, error) {
	if t.text[0] >= 'a' && t.text[0] <= 'z' {
		return reference{t.at, t.text}, nil
	}
	switch t.text {
	case "AND", "OR":
		return nil, invalidAt(t.at, "unexpected '%s'", t.text)
	}
	return word{t.at, t.text}, nil
}
