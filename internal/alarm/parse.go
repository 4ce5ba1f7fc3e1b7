package alarm

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sluice/internal/fault"
)

// ParseRule reads a rule:
//
//	rule    = clause { "OR" clause }
//	clause  = factor { "AND" factor }
//	factor  = { "NOT" } ( "TRUE" | "FALSE" | state "(" alarm ")" | "(" rule ")" )
//	state   = "ALARM" | "OK" | "INSUFFICIENT_DATA"
//
// An alarm is a name or an ARN, in double quotes or without; without quotes it ends at the next parenthesis. AND binds
// more tightly than OR: AWS's pages do not say, so parentheses are safer. Words may be in any case.
// Errors: fault.Invalid "alarm rule", saying where; fault.Limit "alarm rule".
func ParseRule(text string) (*Rule, error) {
	switch {
	case text == "" || strings.TrimSpace(text) != text:
		return nil, errRule("AlarmRule must not contain leading or trailing whitespace or be null")
	case utf8.RuneCountInString(text) > maxRule:
		return nil, fault.Errorf(fault.Limit, "alarm rule", "AlarmRule can have at most %d characters", maxRule)
	}
	p := &ruleParser{text: text}
	root, err := p.rule()
	if err == nil && p.skip() < len(text) {
		err = p.fail("AND or OR was expected")
	}
	if err != nil {
		return nil, err
	}
	if len(p.children) > maxChildren {
		return nil, fault.Errorf(fault.Limit, "alarm rule", "AlarmRule can name at most %d alarms; this one names %d", maxChildren, len(p.children))
	}
	return &Rule{root, p.children}, nil
}

// ruleParser reads a rule from left to right. maxElements bounds how deep it goes.
type ruleParser struct {
	text     string
	at       int // byte
	elements int
	children []string
}

func (p *ruleParser) rule() (term, error) {
	return p.chain("OR", func(a, b term) term { return either{a, b} }, func() (term, error) {
		return p.chain("AND", func(a, b term) term { return both{a, b} }, p.factor)
	})
}

// chain reads parts with a word between them.
func (p *ruleParser) chain(word string, join func(a, b term) term, part func() (term, error)) (term, error) {
	joined, err := part()
	for err == nil && p.take(word) {
		var next term
		if next, err = part(); err == nil {
			joined = join(joined, next)
		}
	}
	return joined, err
}

func (p *ruleParser) factor() (term, error) {
	negated := false
	for p.take("NOT") {
		negated = !negated
	}
	found, err := p.plain()
	if err == nil && negated {
		found = not{found}
	}
	return found, err
}

func (p *ruleParser) plain() (term, error) {
	if p.elements++; p.elements > maxElements {
		return nil, fault.Errorf(fault.Limit, "alarm rule", "AlarmRule can have at most %d elements", maxElements)
	}
	switch {
	case p.open():
		inner, err := p.rule()
		if err == nil && !p.close() {
			err = p.fail("a closing parenthesis was expected")
		}
		return inner, err
	case p.take("TRUE"):
		return constant(true), nil
	case p.take("FALSE"):
		return constant(false), nil
	}
	for _, state := range []State{Ringing, OK, InsufficientData} {
		if p.take(string(state)) {
			child, err := p.alarm()
			return is{state, child}, err
		}
	}
	return nil, p.fail("ALARM, OK, INSUFFICIENT_DATA, TRUE, FALSE, NOT or a parenthesis was expected")
}

// alarm reads an alarm in parentheses.
func (p *ruleParser) alarm() (child string, err error) {
	if !p.open() {
		return "", p.fail("an alarm in parentheses was expected")
	}
	rest := p.text[p.skip():]
	if strings.HasPrefix(rest, `"`) {
		name, _, closed := strings.Cut(rest[1:], `"`)
		if !closed {
			return "", p.fail("the quotes are not closed")
		}
		child, p.at = name, p.at+len(name)+2
	} else {
		name, _, closed := strings.Cut(rest, ")")
		if !closed {
			return "", p.fail("a closing parenthesis was expected behind the alarm")
		}
		child, p.at = strings.TrimSpace(name), p.at+len(name)
	}
	switch {
	case child == "" || utf8.RuneCountInString(child) > maxARN:
		return "", p.fail("an alarm's name or ARN was expected")
	case !p.close():
		return "", p.fail("a closing parenthesis was expected behind the alarm")
	}
	if !slices.Contains(p.children, child) {
		p.children = append(p.children, child)
	}
	return child, nil
}

// take goes behind a word, if it is next. The word ends where letters, digits and underscores do.
func (p *ruleParser) take(word string) bool {
	rest := p.text[p.skip():]
	if len(rest) < len(word) || !strings.EqualFold(rest[:len(word)], word) || len(rest) > len(word) && isWord(rest[len(word)]) {
		return false
	}
	p.at += len(word)
	return true
}

func (p *ruleParser) open() bool  { return p.symbol('(') }
func (p *ruleParser) close() bool { return p.symbol(')') }

func (p *ruleParser) symbol(c byte) bool {
	if at := p.skip(); at == len(p.text) || p.text[at] != c {
		return false
	}
	p.at++
	return true
}

// skip goes behind white space.
func (p *ruleParser) skip() int {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
	return p.at
}

func (p *ruleParser) fail(expected string) error {
	place := utf8.RuneCountInString(p.text[:p.skip()]) + 1
	if p.at == len(p.text) {
		return errRule("AlarmRule ends too early, at character %d: %s", place, expected)
	}
	return errRule("AlarmRule is wrong at character %d: %s", place, expected)
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
