package velocity

import "strings"

// definition is what #define names: a block that is rendered when it is asked for.
type definition struct {
	name string
	body block
}

func (p *parser) define(from, depth int) (node, error) {
	p.skip(white)
	if p.peek() != '$' {
		return nil, p.errorf(p.at, "#define needs a reference")
	}
	ref, ok := p.reference()
	if !ok {
		return nil, p.errorf(p.at, "#define needs a reference")
	}
	if err := p.close(from); err != nil {
		return nil, err
	}
	body, err := p.body(from, depth)
	return &definition{ref.name, body}, err
}

func (d *definition) render(r *run) error {
	r.variables[d.name] = d
	return nil
}

// text renders the block to a text.
func (d *definition) text(r *run) (string, error) { return r.captured(d.body) }

// macro is what #macro makes.
type macro struct {
	name       string
	parameters []string
	body       block
}

func (p *parser) macro(from, depth int) (node, error) {
	p.skip(white)
	m := &macro{name: p.name()}
	for p.skip(white + ","); p.peek() == '$'; p.skip(white + ",") {
		ref, ok := p.reference()
		if !ok {
			return nil, p.errorf(p.at, "a parameter of #macro has no name")
		}
		m.parameters = append(m.parameters, ref.name)
	}
	if m.name == "" {
		return nil, p.errorf(from, "#macro needs a name")
	}
	if err := p.close(from); err != nil {
		return nil, err
	}
	var err error
	m.body, err = p.body(from, depth)
	return m, err
}

func (m *macro) render(r *run) error {
	if _, there := r.macros[m.name]; !there { // the first stays
		r.macros[m.name] = m
	}
	return nil
}

// invocation is a hash with a name that is no directive: a macro's call, or text if there is no such macro.
type invocation struct {
	source string
	name   string
	args   []expression
}

// invoke reads a call's arguments, which may be separated by white space alone. What is no list of arguments is text.
func (p *parser) invoke(w *writer, name string, from int) error {
	behind := p.at
	call := &invocation{name: name}
	for p.skip(white + ","); !p.take(")"); p.skip(white + ",") {
		each, err := p.primary()
		if err != nil {
			p.at = behind
			w.write(p.text[from:behind])
			return nil
		}
		call.args = append(call.args, each)
	}
	call.source = p.text[from:p.at]
	w.add(call)
	return nil
}

func (c *invocation) render(r *run) error {
	m := r.macros[c.name]
	if m == nil {
		return r.print(c.source)
	}
	values := make([]any, len(m.parameters))
	for i := range min(len(values), len(c.args)) {
		var err error
		if values[i], err = c.args[i].value(r); err != nil {
			return err
		}
	}
	defer r.keep(m.parameters...)()
	for i, name := range m.parameters {
		r.variables[name] = values[i]
	}
	if err := r.enter(); err != nil {
		return err
	}
	defer r.leave()
	return m.body.render(r)
}

// captured renders a block to a text of its own.
func (r *run) captured(body block) (string, error) {
	if err := r.enter(); err != nil {
		return "", err
	}
	defer r.leave()
	outer := r.out
	r.out = &strings.Builder{}
	defer func() { r.out = outer }()
	if err := body.render(r); err != nil {
		return "", err
	}
	return r.made(r.out.String())
}
