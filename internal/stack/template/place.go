package template

import "strconv"

// place is where a value stands in the text, and where its members do. Nil is nowhere: a transform made the value.
type place struct {
	line, column int
	keys         map[string]*place
	items        []*place
}

// find walks down a path as far as it goes. A member of a section that the text lacks is nowhere, not where the section is.
func (p *place) find(path []string) (line, column int) {
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
	if p == nil {
		return 0, 0
	}
	return p.line, p.column
}

func (p *place) member(name string) *place {
	if p == nil {
		return nil
	}
	if p.keys != nil {
		return p.keys[name]
	}
	if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(p.items) {
		return p.items[i]
	}
	return nil
}

// alone is the same place without members: that of what has none in the text.
func (p *place) alone() *place {
	if p == nil || p.keys == nil && p.items == nil {
		return p
	}
	return &place{line: p.line, column: p.column}
}
