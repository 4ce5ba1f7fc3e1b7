package template

import "strconv"

// place is where a value stands in the text, and its members.
type place struct {
	line, column int
	keys         map[string]*place
	items        []*place
}

// find walks down a path as far as it goes.
func (p *place) find(path []string) (line, column int) {
	if p == nil {
		return 0, 0
	}
	for depth, name := range path {
		next := p.member(name)
		if next == nil && depth < 2 {
			return 0, 0
		}
		if next == nil {
			break
		}
		p = next
	}
	return p.line, p.column
}

func (p *place) member(name string) *place {
	if p.keys != nil {
		return p.keys[name]
	}
	if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(p.items) {
		return p.items[i]
	}
	return nil
}
