package velocity

import (
	"errors"
	"strings"

	"sluice/internal/fault"
)

// Template is a parsed template. It may be rendered by many goroutines at once.
type Template struct{ body block }

// Parse reads a template.
// Errors: fault.Invalid "template", with line and column; fault.Limit "template".
func Parse(text string) (*Template, error) {
	if len(text) > MaxTemplate {
		return nil, tooMuch("its text is too long")
	}
	p := &parser{text: text}
	body, end, err := p.block(0)
	if err == nil && end != "" {
		err = p.errorf(p.at, "#%s belongs to nothing", end)
	}
	if err != nil {
		return nil, err
	}
	return &Template{body}, nil
}

// Render runs the template. variables are what its references begin with, without the dollar sign: values as Map.Set takes
// them, or what NewInput and NewTools return. Maps and lists among them are changed by a template that changes them, so no
// other Render may use them meanwhile. A reference to a variable that was never set is written as it stands; one whose value is
// nothing, such as a key that is not there, is written as nothing.
// Errors: fault.Limit "template".
func (t *Template) Render(variables map[string]any) (string, error) {
	r := newRun(variables)
	err := t.body.render(r)
	if err != nil && !errors.Is(err, errStop) && !errors.Is(err, errBreak) {
		return "", err
	}
	return r.out.String(), nil
}

// node is a piece of a template.
type node interface{ render(r *run) error }

// expression is a part of a directive that has a value.
type expression interface{ value(r *run) (any, error) }

type block []node

func (b block) render(r *run) error {
	for _, each := range b {
		if err := r.spend(1); err != nil {
			return err
		}
		if err := each.render(r); err != nil {
			return err
		}
	}
	return nil
}

// parser reads a template's text from at on.
type parser struct {
	text  string
	at    int
	depth int // of expressions
}

func (p *parser) errorf(at int, format string, args ...any) error {
	before := p.text[:min(at, len(p.text))]
	line := strings.Count(before, "\n") + 1
	column := len(before) - strings.LastIndexByte(before, '\n')
	return fault.Errorf(fault.Invalid, "template", "line %d, column %d: "+format, append([]any{line, column}, args...)...)
}

func (p *parser) rest() string { return p.text[p.at:] }

func (p *parser) done() bool { return p.at >= len(p.text) }

// peek is the next byte, 0 at the end.
func (p *parser) peek() byte {
	if p.done() {
		return 0
	}
	return p.text[p.at]
}

// take takes a text if it comes next.
func (p *parser) take(text string) bool {
	if strings.HasPrefix(p.rest(), text) {
		p.at += len(text)
		return true
	}
	return false
}

func (p *parser) skip(set string) {
	for !p.done() && strings.IndexByte(set, p.peek()) >= 0 {
		p.at++
	}
}

const white = " \t\r\n"

// name takes an identifier, which may be empty. Those of Velocity 1.7 may have hyphens.
func (p *parser) name() string {
	from := p.at
	for !p.done() && inName(p.peek(), p.at > from) {
		p.at++
	}
	return p.text[from:p.at]
}

func inName(c byte, later bool) bool {
	letter := c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z'
	return letter || later && (c == '-' || c >= '0' && c <= '9')
}

// lineEnd takes white space up to the end of a line, if nothing else is before it: a directive takes it with it.
func (p *parser) lineEnd() {
	from := p.at
	p.skip(" \t")
	if !p.take("\r\n") && !p.take("\n") && !p.take("\r") {
		p.at = from
	}
}
