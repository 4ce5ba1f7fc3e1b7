package pattern

// condition is a question about the values at the places that a pattern names, by their number.
type condition interface {
	holds(values []value) bool
}

type all []condition

func (c all) holds(values []value) bool {
	for _, each := range c {
		if !each.holds(values) {
			return false
		}
	}
	return true
}

type anyOf []condition

func (c anyOf) holds(values []value) bool {
	for _, each := range c {
		if each.holds(values) {
			return true
		}
	}
	return false
}

// comparison asks how a value relates to an operand.
type comparison struct {
	place    int
	operator string
	operand  operand
}

func (c comparison) holds(values []value) bool {
	v := values[c.place]
	if !v.comparable() {
		return false
	}
	switch c.operator {
	case "=":
		return c.operand.equal(v)
	case "!=":
		return !c.operand.equal(v)
	case "<":
		return v.numeric && v.number < c.operand.number
	case "<=":
		return v.numeric && v.number <= c.operand.number
	case ">":
		return v.numeric && v.number > c.operand.number
	}
	return v.numeric && v.number >= c.operand.number
}

// state asks for what has no operand: null, true, false, and whether the place is there at all.
type state struct {
	place int
	want  func(value) bool
}

func (c state) holds(values []value) bool { return c.want(values[c.place]) }

// operators are those of comparisons, longer ones before their beginnings.
var operators = []string{"!=", "<=", ">=", "=", "<", ">"}

// comparison reads an operator and its operand.
func (s *scanner) comparison(place int) (condition, error) {
	for _, operator := range operators {
		if !s.take(operator) {
			continue
		}
		s.space()
		start := s.at
		o, err := s.operand()
		if err != nil {
			return nil, err
		}
		if ordered := operator != "=" && operator != "!="; ordered && !o.numeric {
			s.at = start
			return nil, s.errorf("%s compares with a number", operator)
		}
		return comparison{place: place, operator: operator, operand: o}, nil
	}
	return nil, s.unexpected("one of = != < <= > >=")
}

// maxNesting is how deep parentheses may stand in each other.
const maxNesting = 32

// expression reads conditions joined by && and ||, of which the first binds closer, with parentheses around some. leaf
// reads one of them.
func (s *scanner) expression(depth int, leaf func() (condition, error)) (condition, error) {
	var alternatives anyOf
	for {
		c, err := s.conjunction(depth, leaf)
		if err != nil {
			return nil, err
		}
		alternatives = append(alternatives, c)
		if !s.take("||") {
			return alternatives, nil
		}
	}
}

func (s *scanner) conjunction(depth int, leaf func() (condition, error)) (condition, error) {
	var together all
	for {
		c, err := s.operandOfAnd(depth, leaf)
		if err != nil {
			return nil, err
		}
		together = append(together, c)
		if !s.take("&&") {
			return together, nil
		}
	}
}

func (s *scanner) operandOfAnd(depth int, leaf func() (condition, error)) (condition, error) {
	if !s.take("(") {
		return leaf()
	}
	if depth >= maxNesting {
		return nil, s.errorf("parentheses are nested more than %d deep", maxNesting)
	}
	c, err := s.expression(depth+1, leaf)
	if err != nil {
		return nil, err
	}
	if !s.take(")") {
		return nil, s.unexpected("a closing parenthesis")
	}
	return c, nil
}
