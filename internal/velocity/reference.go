package velocity

import "strings"

// reference is $name with what follows it.
type reference struct {
	source string // as it was written
	quiet  bool   // $!name: nothing is written as nothing
	name   string
	steps  []step
}

// step goes from a value to one of its members: by a name, by a method, or by an index.
type step struct {
	name  string
	args  []expression // of a method; not nil
	index expression
}

// reference reads a reference, and says whether there is one.
func (p *parser) reference() (*reference, bool) {
	from := p.at
	p.at++ // the dollar sign
	ref := &reference{quiet: p.take("!")}
	braced := p.take("{")
	if ref.name = p.name(); ref.name == "" {
		return nil, false
	}
	for {
		s, ok := p.step()
		if !ok {
			break
		}
		ref.steps = append(ref.steps, s)
	}
	if braced && !p.take("}") {
		return nil, false
	}
	ref.source = p.text[from:p.at]
	return ref, true
}

// step reads .name, .name(args) or [index]. What is none of these is text behind the reference.
func (p *parser) step() (s step, ok bool) {
	from := p.at
	switch {
	case p.take("["):
		index, err := p.expression()
		p.skip(white)
		if err == nil && p.take("]") {
			return step{index: index}, true
		}
	case p.take("."):
		if s.name = p.name(); s.name == "" {
			break
		}
		behind := p.at
		if p.take("(") {
			args, err := p.arguments(")")
			if err != nil {
				p.at = behind
				return s, true
			}
			s.args = args
		}
		return s, true
	}
	p.at = from
	return step{}, false
}

// arguments reads expressions with commas between them up to a closing sign. The list is never nil.
func (p *parser) arguments(closing string) ([]expression, error) {
	list := []expression{}
	for {
		p.skip(white)
		if len(list) == 0 && p.take(closing) {
			return list, nil
		}
		each, err := p.expression()
		if err != nil {
			return nil, err
		}
		list = append(list, each)
		p.skip(white)
		if p.take(closing) {
			return list, nil
		}
		if !p.take(",") {
			return nil, p.errorf(p.at, "a comma or %s is missing", closing)
		}
	}
}

// value implements expression.
func (ref *reference) value(r *run) (any, error) {
	value, _ := r.lookUp(ref.name)
	if d, ok := value.(*definition); ok {
		text, err := d.text(r)
		if err != nil {
			return nil, err
		}
		value = text
	}
	return ref.walk(r, value, ref.steps)
}

func (ref *reference) walk(r *run, value any, steps []step) (any, error) {
	for _, s := range steps {
		if value == nil { // what leads on from nothing is not asked for
			return nil, nil
		}
		if err := r.spend(1); err != nil {
			return nil, err
		}
		var err error
		if value, err = s.of(r, value); err != nil {
			return nil, err
		}
	}
	return value, nil
}

func (s step) of(r *run, value any) (any, error) {
	switch {
	case s.index != nil:
		index, err := s.index.value(r)
		if err != nil {
			return nil, err
		}
		return at(value, index), nil
	case s.args != nil:
		args := make([]any, len(s.args))
		for i, each := range s.args {
			var err error
			if args[i], err = each.value(r); err != nil {
				return nil, err
			}
		}
		return r.call(value, s.name, args)
	}
	return property(value, s.name), nil
}

// render implements node.
func (ref *reference) render(r *run) error {
	value, err := ref.value(r)
	if err != nil {
		return err
	}
	if value == nil {
		if _, there := r.lookUp(ref.name); there || ref.quiet {
			return nil
		}
		return r.print(ref.source)
	}
	text, err := r.text(value)
	if err != nil {
		return err
	}
	return r.print(text)
}

// escaped is a reference behind backslashes. One that has no value stays as it is.
type escaped struct {
	*reference
	slashes int
}

func (e *escaped) render(r *run) error {
	value, err := e.value(r)
	switch {
	case err != nil:
		return err
	case value == nil:
		return r.print(strings.Repeat(`\`, e.slashes) + e.source)
	}
	if err := r.print(strings.Repeat(`\`, e.slashes/2)); err != nil {
		return err
	}
	if e.slashes%2 == 1 {
		return r.print(e.source)
	}
	return e.reference.render(r)
}

// assign sets what a reference means: a variable, a key of a map or an item of a list. What can't be set is left alone, as
// Velocity does.
func (ref *reference) assign(r *run, value any) error {
	if len(ref.steps) == 0 {
		r.variables[ref.name] = value
		return nil
	}
	start, _ := r.lookUp(ref.name)
	last := ref.steps[len(ref.steps)-1]
	of, err := ref.walk(r, start, ref.steps[:len(ref.steps)-1])
	if err != nil || last.args != nil {
		return err
	}
	var key any = last.name
	if last.index != nil {
		if key, err = last.index.value(r); err != nil {
			return err
		}
	}
	switch v := of.(type) {
	case *Map:
		v.Set(scalar(key), value)
	case *List:
		if i, ok := key.(int64); ok && i >= 0 && i < int64(len(v.items)) {
			v.items[i] = value
		}
	}
	return nil
}
