package velocity

import "strings"

// directive reads what begins with a hash: a comment, a directive, a macro's call or text.
func (p *parser) directive(w *writer, depth int) (end string, err error) {
	from := p.at
	switch {
	case p.take("##"):
		p.comment("\n")
		return "", nil
	case p.take("#*"):
		p.comment("*#")
		return "", nil
	case p.take("#[["):
		w.write(p.until("]]#"))
		return "", nil
	}
	p.at++
	braced := p.take("{")
	name := p.name()
	if braced && !p.take("}") || name == "" {
		p.at = from + 1
		w.write("#")
		return "", nil
	}
	name, behind := ending(name)
	if behind > 0 { // text follows at once
		p.at -= behind
	}
	switch name {
	case "end", "else":
		p.lineEnd()
		return name, nil
	case "elseif":
		return name, nil
	case "stop", "break":
		w.add(jump(name))
		return "", nil
	}
	return "", p.command(w, name, from, depth)
}

// ending cuts off what follows #end or #else without a space, and says how long it is.
func ending(name string) (word string, behind int) {
	for _, each := range []string{"elseif", "else", "end"} {
		if strings.HasPrefix(name, each) {
			return each, len(name) - len(each)
		}
	}
	return name, 0
}

func (p *parser) comment(end string) {
	if at := strings.Index(p.rest(), end); at >= 0 {
		p.at += at + len(end)
		return
	}
	p.at = len(p.text)
}

// until takes a text up to its end, which is taken too.
func (p *parser) until(end string) string {
	text, _, _ := strings.Cut(p.rest(), end)
	p.at = min(len(p.text), p.at+len(text)+len(end))
	return text
}

// command reads a directive that takes arguments in parentheses.
func (p *parser) command(w *writer, name string, from, depth int) error {
	behind := p.at
	p.skip(" \t")
	if !p.take("(") {
		p.at = behind
		if known := p.statement(name); known != nil {
			return p.errorf(from, "#%s has no parenthesis", name)
		}
		w.add(&invocation{source: p.text[from:p.at], name: name})
		return nil
	}
	read := p.statement(name)
	if read == nil {
		return p.invoke(w, name, from)
	}
	if name == "set" {
		w.trim()
	}
	n, err := read(from, depth)
	if err == nil && n != nil {
		w.add(n)
	}
	return err
}

// statement returns what reads a directive behind its parenthesis, nil for one that is none.
func (p *parser) statement(name string) func(from, depth int) (node, error) {
	switch name {
	case "set":
		return p.set
	case "if":
		return p.conditional
	case "foreach":
		return p.loop
	case "define":
		return p.define
	case "macro":
		return p.macro
	}
	return nil
}

// close takes the closing parenthesis of a directive, and the rest of its line if that is empty.
func (p *parser) close(from int) error {
	p.skip(white)
	if !p.take(")") {
		return p.errorf(from, "a closing parenthesis is missing")
	}
	p.lineEnd()
	return nil
}

// body reads a block up to its #end.
func (p *parser) body(from, depth int) (block, error) {
	nodes, end, err := p.block(depth + 1)
	if err == nil && end != "end" {
		err = p.errorf(from, "#end is missing")
	}
	return nodes, err
}

// jump is #stop or #break.
type jump string

func (j jump) render(*run) error {
	if j == "stop" {
		return errStop
	}
	return errBreak
}

// assignment is #set.
type assignment struct {
	to   *reference
	from expression
}

func (p *parser) set(from, _ int) (node, error) {
	p.skip(white)
	if p.peek() != '$' {
		return nil, p.errorf(p.at, "#set needs a reference to set")
	}
	to, ok := p.reference()
	p.skip(white)
	if !ok || !p.take("=") {
		return nil, p.errorf(p.at, "#set needs a reference and =")
	}
	value, err := p.expression()
	if err == nil {
		err = p.close(from)
	}
	return &assignment{to, value}, err
}

// render sets the reference, also to nothing.
func (a *assignment) render(r *run) error {
	value, err := a.from.value(r)
	if err != nil {
		return err
	}
	return a.to.assign(r, value)
}

// branches are #if with #elseif, and #else, whose condition is nil.
type branches []branch

type branch struct {
	condition expression
	body      block
}

func (p *parser) conditional(from, depth int) (node, error) {
	var all branches
	condition, err := p.condition(from)
	for err == nil {
		var body block
		var end string
		if body, end, err = p.block(depth + 1); err != nil {
			break
		}
		all = append(all, branch{condition, body})
		switch end {
		case "end":
			return all, nil
		case "elseif":
			p.skip(" \t")
			if !p.take("(") {
				return nil, p.errorf(p.at, "#elseif has no parenthesis")
			}
			condition, err = p.condition(from)
		case "else":
			condition = nil
		default:
			return nil, p.errorf(from, "#if has no #end")
		}
	}
	return nil, err
}

func (p *parser) condition(from int) (expression, error) {
	c, err := p.expression()
	if err == nil {
		err = p.close(from)
	}
	return c, err
}

func (b branches) render(r *run) error {
	for _, each := range b {
		if each.condition != nil {
			value, err := each.condition.value(r)
			if err != nil {
				return err
			}
			if !truth(value) {
				continue
			}
		}
		return each.body.render(r)
	}
	return nil
}
