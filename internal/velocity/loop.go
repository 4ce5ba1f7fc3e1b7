package velocity

import "errors"

// loop is #foreach.
type loop struct {
	variable string
	over     expression
	body     block
}

func (p *parser) loop(from, depth int) (node, error) {
	p.skip(white)
	if p.peek() != '$' {
		return nil, p.errorf(p.at, "#foreach needs a variable")
	}
	variable, ok := p.reference()
	p.skip(white)
	if !ok || p.name() != "in" {
		return nil, p.errorf(p.at, `#foreach needs a variable and "in"`)
	}
	over, err := p.expression()
	if err == nil {
		err = p.close(from)
	}
	if err != nil {
		return nil, err
	}
	body, err := p.body(from, depth)
	return &loop{variable.name, over, body}, err
}

// render goes through a list, or through a map's values. At most maxRounds: what is behind them is left out.
func (l *loop) render(r *run) error {
	over, err := l.over.value(r)
	if err != nil {
		return err
	}
	items := itemsOf(over)
	if err := r.spend(len(items) / stepSize); err != nil {
		return err
	}
	defer r.keep(l.variable, "foreach", "velocityCount", "velocityHasNext")()
	for i, item := range items[:min(len(items), maxRounds)] {
		r.variables[l.variable] = item
		r.variables["foreach"] = &round{i, len(items)}
		r.variables["velocityCount"] = int64(i + 1)
		r.variables["velocityHasNext"] = i+1 < len(items)
		err := l.body.render(r)
		if errors.Is(err, errBreak) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// itemsOf copies what a loop goes through, so that a body that changes it does not change its own rounds.
func itemsOf(over any) []any {
	switch v := over.(type) {
	case *List:
		return append([]any(nil), v.items...)
	case *Map:
		items := make([]any, 0, v.Len())
		for _, key := range v.keys {
			items = append(items, v.values[key])
		}
		return items
	}
	return nil
}

// round is $foreach.
type round struct{ index, of int }

func (f *round) property(name string) any {
	switch name {
	case "index":
		return int64(f.index)
	case "count":
		return int64(f.index + 1)
	case "hasNext":
		return f.index+1 < f.of
	case "first":
		return f.index == 0
	case "last":
		return f.index+1 == f.of
	}
	return nil
}

func (f *round) call(_ *run, name string, _ []any) (any, bool, error) { //nolint:unparam // implements object
	value := f.property(getter(name))
	return value, value != nil, nil
}
