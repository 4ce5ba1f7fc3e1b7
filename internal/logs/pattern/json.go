package pattern

import (
	"bytes"
	"encoding/json"
	"io"
)

// fields is a pattern that asks for values in messages that are JSON documents. Other messages do not match.
type fields struct {
	selectors []selector
	condition condition
}

func compileJSON(s *scanner) (*fields, error) {
	s.take("{")
	p := &fields{}
	c, err := s.expression(0, func() (condition, error) { return p.leaf(s) })
	if err != nil {
		return nil, err
	}
	p.condition = c
	if !s.take("}") {
		return nil, s.unexpected("&&, || or }: if a filter pattern starts with '{' it must end with '}'")
	}
	if s.space(); !s.done() {
		return nil, s.unexpected("nothing after }")
	}
	return p, nil
}

// leaf reads a selector and what is asked about it.
func (p *fields) leaf(s *scanner) (condition, error) {
	s.space()
	place, err := s.selector()
	if err != nil {
		return nil, err
	}
	number := p.place(place)
	switch {
	case s.word("IS"):
		return s.is(number)
	case s.word("NOT"):
		if !s.word("EXISTS") {
			return nil, s.unexpected("EXISTS")
		}
		return state{number, func(v value) bool { return v.kind == absent }}, nil
	case s.word("EXISTS"):
		return state{number, func(v value) bool { return v.kind != absent }}, nil
	}
	return s.comparison(number)
}

// place numbers a selector.
func (p *fields) place(s selector) int {
	for i, known := range p.selectors {
		if known.text == s.text {
			return i
		}
	}
	p.selectors = append(p.selectors, s)
	return len(p.selectors) - 1
}

// is reads what follows IS.
func (s *scanner) is(place int) (condition, error) {
	switch {
	case s.word("NULL"):
		return state{place, func(v value) bool { return v.kind == null }}, nil
	case s.word("TRUE"):
		return state{place, func(v value) bool { return v.kind == boolean && v.text == "true" }}, nil
	case s.word("FALSE"):
		return state{place, func(v value) bool { return v.kind == boolean && v.text == "false" }}, nil
	}
	return nil, s.unexpected("NULL, TRUE or FALSE")
}

func (p *fields) match(message []byte) (Match, bool) {
	document, ok := decode(message)
	if !ok {
		return Match{}, false
	}
	values := make([]value, len(p.selectors))
	for i, s := range p.selectors {
		values[i] = s.in(document)
	}
	if !p.condition.holds(values) {
		return Match{}, false
	}
	return Match{source: &fieldsOf{p.selectors, values, document}}, true
}

// decode reads a message that is an object or an array, and nothing besides.
func decode(message []byte) (document any, ok bool) {
	trimmed := bytes.TrimSpace(message)
	if len(trimmed) == 0 || trimmed[0] != '{' && trimmed[0] != '[' {
		return nil, false
	}
	decoder := json.NewDecoder(bytes.NewReader(trimmed))
	decoder.UseNumber() // keeps a number's text, for equality with texts and for extracted values
	if err := decoder.Decode(&document); err != nil {
		return nil, false
	}
	_, err := decoder.Token()
	return document, err == io.EOF
}

// fieldsOf is a document that matched.
type fieldsOf struct {
	selectors []selector
	found     []value
	document  any
}

func (f *fieldsOf) value(text string) (string, bool) {
	s := newScanner(text)
	place, err := s.selector()
	if err != nil || !s.done() {
		return "", false
	}
	v := place.in(f.document)
	return v.text, v.comparable()
}

func (f *fieldsOf) values() map[string]string {
	values := map[string]string{}
	for i, v := range f.found {
		if v.comparable() {
			values[f.selectors[i].text] = v.text
		}
	}
	return values
}
