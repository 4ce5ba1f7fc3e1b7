package velocity

// listing is [a, b].
type listing []expression

// span is [a..b].
type span struct{ from, to expression }

// mapping is {a: b}.
type mapping []struct{ key, value expression }

func (p *parser) listOrRange() (expression, error) {
	from := p.at
	p.skip(white)
	if p.take("]") {
		return listing{}, nil
	}
	first, err := p.nested()
	if err != nil {
		return nil, err
	}
	p.skip(white)
	switch {
	case p.take("]"):
		return listing{first}, nil
	case p.take(".."):
		last, err := p.nested()
		p.skip(white)
		if err == nil && !p.take("]") {
			err = p.errorf(from, "] is missing")
		}
		return &span{first, last}, err
	case p.take(","):
		if p.skip(white); p.peek() == ']' {
			return nil, p.errorf(p.at, "a value is missing")
		}
		rest, err := p.arguments("]")
		return append(listing{first}, rest...), err
	}
	return nil, p.errorf(from, "] is missing")
}

func (p *parser) mapping() (expression, error) {
	from := p.at
	var m mapping
	for {
		p.skip(white)
		if len(m) == 0 && p.take("}") {
			return m, nil
		}
		key, err := p.nested()
		if err != nil {
			return nil, err
		}
		p.skip(white)
		if !p.take(":") {
			return nil, p.errorf(from, "a key of a map has no colon")
		}
		value, err := p.nested()
		if err != nil {
			return nil, err
		}
		m = append(m, struct{ key, value expression }{key, value})
		p.skip(white)
		if p.take("}") {
			return m, nil
		}
		if !p.take(",") {
			return nil, p.errorf(from, "} is missing")
		}
	}
}

func (l listing) value(r *run) (any, error) {
	list := &List{}
	for _, each := range l {
		item, err := each.value(r)
		if err != nil {
			return nil, err
		}
		list.items = append(list.items, item)
	}
	return list, r.spend(len(l))
}

// value counts up or down, both ends included.
func (s *span) value(r *run) (any, error) {
	first, err := s.from.value(r)
	if err != nil {
		return nil, err
	}
	last, err := s.to.value(r)
	if err != nil {
		return nil, err
	}
	from, ok := first.(int64)
	to, okay := last.(int64)
	if !ok || !okay {
		return nil, nil
	}
	step := int64(1)
	if from > to {
		step = -1
	}
	count := (to-from)*step + 1
	if count < 1 || count > maxItems {
		return nil, tooMuch("a range is too long")
	}
	list := &List{items: make([]any, 0, count)}
	for i := range count {
		list.items = append(list.items, from+i*step)
	}
	return list, r.spend(int(count))
}

func (m mapping) value(r *run) (any, error) {
	made := &Map{}
	for _, each := range m {
		key, err := each.key.value(r)
		if err != nil {
			return nil, err
		}
		value, err := each.value.value(r)
		if err != nil {
			return nil, err
		}
		name, err := r.text(key)
		if err != nil {
			return nil, err
		}
		made.Set(name, value)
	}
	return made, r.spend(len(m))
}
