package pattern

import (
	"slices"
	"strconv"
	"unicode"
)

// columns is a pattern that names the columns of a message and may ask about them. A message with fewer columns does not
// match; the rest of one that has more belongs to the last column, unless an ellipsis stands for as many as there are.
type columns struct {
	names []string
	// ellipsis is the number of names that stand before the three points, or -1 without them.
	ellipsis  int
	condition all // the places are the names' numbers
}

func compileColumns(s *scanner) (*columns, error) {
	s.take("[")
	p := &columns{ellipsis: -1}
	if !s.take("]") {
		if err := p.list(s); err != nil {
			return nil, err
		}
	} else {
		p.ellipsis = 0 // nothing is asked: any number of columns
	}
	if s.space(); !s.done() {
		return nil, s.unexpected("nothing after ]")
	}
	return p, nil
}

// list reads the columns and the closing bracket.
func (p *columns) list(s *scanner) error {
	for {
		if err := p.column(s); err != nil {
			return err
		}
		if s.take("]") {
			return nil
		}
		if !s.take(",") {
			return s.unexpected(", or ]: if a filter pattern starts with '[' it must end with ']'")
		}
	}
}

func (p *columns) column(s *scanner) error {
	if s.take("...") {
		if p.ellipsis >= 0 {
			return s.errorf("a second ... would leave open which columns are meant")
		}
		p.ellipsis = len(p.names)
		return nil
	}
	s.space()
	start := s.at
	s.take("(")
	s.space()
	name := s.run(isKeyRune)
	if name == "" {
		return s.unexpected("the name of a column")
	}
	if slices.Contains(p.names, name) {
		return s.errorf("two columns are called %s", name)
	}
	p.names = append(p.names, name)
	if s.space(); s.done() || s.text[s.at] == ',' || s.text[s.at] == ']' {
		return nil
	}
	s.at = start
	c, err := s.expression(0, func() (condition, error) { return p.leaf(s, name) })
	p.condition = append(p.condition, c)
	return err
}

// leaf reads a comparison of the column in which it stands.
func (p *columns) leaf(s *scanner, column string) (condition, error) {
	s.space()
	if name := s.run(isKeyRune); name != column {
		return nil, s.errorf("the conditions of the column %s may only be about %s", column, column)
	}
	return s.comparison(len(p.names) - 1)
}

func (p *columns) match(message []byte) (Match, bool) {
	limit := len(p.names)
	if p.ellipsis >= 0 {
		limit = -1
	}
	found := split(string(message), limit)
	if len(found) < len(p.names) {
		return Match{}, false
	}
	values := make([]value, len(p.names))
	for i := range p.names {
		values[i] = columnValue(found[p.position(i, len(found))])
	}
	if !p.condition.holds(values) {
		return Match{}, false
	}
	return Match{source: &columnsOf{p, found}}, true
}

// position is where the name with number i stands in a message of count columns: names after the ellipsis count from the
// end.
func (p *columns) position(i, count int) int {
	if p.ellipsis >= 0 && i >= p.ellipsis {
		return count - len(p.names) + i
	}
	return i
}

func columnValue(text string) value {
	number, numeric := parseNumber(text)
	return value{kind: scalar, text: text, number: number, numeric: numeric}
}

// columnsOf is a message that matched.
type columnsOf struct {
	pattern *columns
	found   []string
}

func (c *columnsOf) value(selector string) (string, bool) {
	if len(selector) < 2 || selector[0] != '$' {
		return "", false
	}
	name := selector[1:]
	if i := slices.Index(c.pattern.names, name); i >= 0 {
		return c.found[c.pattern.position(i, len(c.found))], true
	}
	number, err := strconv.Atoi(name)
	if err != nil || !unicode.IsDigit(rune(name[0])) || number < 1 || number > len(c.found) {
		return "", false
	}
	return c.found[number-1], true
}

// values names each column of the message, by its number if the pattern has no name for it (AWS: TestMetricFilter).
func (c *columnsOf) values() map[string]string {
	values := map[string]string{}
	named := map[int]bool{}
	for i, name := range c.pattern.names {
		position := c.pattern.position(i, len(c.found))
		named[position] = true
		values["$"+name] = c.found[position]
	}
	for i, text := range c.found {
		number := "$" + strconv.Itoa(i+1)
		if _, taken := values[number]; !taken && !named[i] {
			values[number] = text
		}
	}
	return values
}
