package velocity

import "strings"

// levels are the operators, the loosest first. Each has the words that mean the same.
var levels = [][]string{
	{"||", "or"},
	{"&&", "and"},
	{"==", "!=", "eq", "ne"},
	{"<=", ">=", "<", ">", "le", "ge", "lt", "gt"},
	{"+", "-"},
	{"*", "/", "%"},
}

// operation is a calculation with two values.
type operation struct {
	operator    string
	left, right expression
}

// negation is ! or not.
type negation struct{ of expression }

func (n *negation) value(r *run) (any, error) {
	value, err := n.of.value(r)
	return !truth(value), err
}

// expression reads an expression.
func (p *parser) expression() (expression, error) { return p.level(0) }

func (p *parser) level(n int) (expression, error) {
	if n == len(levels) {
		return p.unary()
	}
	left, err := p.level(n + 1)
	for err == nil {
		operator := p.operator(levels[n])
		if operator == "" {
			break
		}
		var right expression
		right, err = p.level(n + 1)
		left = &operation{operator, left, right}
	}
	return left, err
}

// operator takes one of some operators, if one comes next. A word ends where no letter follows.
func (p *parser) operator(of []string) string {
	from := p.at
	p.skip(white)
	for _, each := range of {
		before := p.at
		if p.take(each) && (!inName(each[0], false) || !inName(p.peek(), true)) {
			return each
		}
		p.at = before
	}
	p.at = from
	return ""
}

func (p *parser) unary() (expression, error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return nil, tooMuch("its expressions are nested too deeply")
	}
	if p.operator([]string{"!", "not"}) != "" {
		of, err := p.unary()
		return &negation{of}, err
	}
	return p.primary()
}

// primary reads a value that is no calculation.
func (p *parser) primary() (expression, error) {
	p.skip(white)
	from := p.at
	switch c := p.peek(); {
	case c == '$':
		if ref, ok := p.reference(); ok {
			return ref, nil
		}
	case c == '"' || c == '\'':
		return p.quoted(c)
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	case c == '[':
		p.at++
		return p.listOrRange()
	case c == '{':
		p.at++
		return p.mapping()
	case c == '(':
		p.at++
		inner, err := p.nested()
		p.skip(white)
		if err == nil && !p.take(")") {
			err = p.errorf(from, "a closing parenthesis is missing")
		}
		return inner, err
	default:
		switch p.name() {
		case "true":
			return constant{true}, nil
		case "false":
			return constant{false}, nil
		case "null":
			return constant{nil}, nil
		}
	}
	return nil, p.errorf(from, "a value is missing")
}

// nested reads an expression inside another.
func (p *parser) nested() (expression, error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return nil, tooMuch("its expressions are nested too deeply")
	}
	return p.expression()
}

// constant is a value that stands in the template.
type constant struct{ is any }

func (c constant) value(*run) (any, error) { return c.is, nil }

func (p *parser) number() (expression, error) {
	from := p.at
	p.take("-")
	digits := func() { p.skip("0123456789") }
	digits()
	if p.peek() == '.' && !strings.HasPrefix(p.rest(), "..") { // [1..3] is a range
		p.at++
		digits()
	}
	text := p.text[from:p.at]
	switch value := number(strings.TrimSuffix(text, ".")).(type) {
	case int64, float64:
		return constant{value}, nil
	}
	return nil, p.errorf(from, "%.20s is no number", text)
}

// quoted reads a text in quotes, of which two mean one. In double quotes it is a template.
func (p *parser) quoted(quote byte) (expression, error) {
	from := p.at
	p.at++
	var text strings.Builder
	for !p.done() {
		c := p.peek()
		p.at++
		if c == quote {
			if p.peek() != quote {
				return p.unquoted(quote, text.String(), from)
			}
			p.at++
		}
		text.WriteByte(c)
	}
	return nil, p.errorf(from, "a closing quote is missing")
}

func (p *parser) unquoted(quote byte, text string, from int) (expression, error) {
	if quote == '\'' || !strings.ContainsAny(text, "$#") {
		return constant{text}, nil
	}
	inner := &parser{text: text, depth: p.depth + 1}
	if inner.depth > maxDepth {
		return nil, tooMuch("its expressions are nested too deeply")
	}
	body, end, err := inner.block(inner.depth)
	if err != nil || end != "" {
		return nil, p.errorf(from, "the text in quotes is no template")
	}
	return &interpolation{body}, nil
}

// interpolation is a text with references in it.
type interpolation struct{ body block }

func (i *interpolation) value(r *run) (any, error) { return r.captured(i.body) }
