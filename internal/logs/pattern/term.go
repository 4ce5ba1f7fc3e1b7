package pattern

import (
	"bytes"
	"regexp"
	"unicode"
)

// terms is a pattern that looks for text anywhere in a message. Matching is case-sensitive.
type terms struct {
	required, optional, excluded []term
}

// term is a text or, if it is not nil, a regular expression that a message may contain.
type term struct {
	text  []byte
	regex *regexp.Regexp
}

// in reports whether a message contains the term. A line's end is not part of it for $: what a function prints has one.
func (t term) in(message []byte) bool {
	if t.regex != nil {
		return t.regex.Match(bytes.TrimSuffix(message, []byte("\n")))
	}
	return bytes.Contains(message, t.text)
}

// match wants each required term, none of the excluded ones, and one of the optional terms if it has only those: beside
// others they count for nothing (AWS: FilterAndPatternSyntax, "Match terms in unstructured log events").
func (p *terms) match(message []byte) (Match, bool) {
	for _, t := range p.excluded {
		if t.in(message) {
			return Match{}, false
		}
	}
	for _, t := range p.required {
		if !t.in(message) {
			return Match{}, false
		}
	}
	if len(p.required) > 0 || len(p.excluded) > 0 {
		return Match{}, true
	}
	for _, t := range p.optional {
		if t.in(message) {
			return Match{}, true
		}
	}
	return Match{}, false
}

func compileTerms(s *scanner) (*terms, error) {
	var p terms
	for s.space(); !s.done(); s.space() {
		into := &p.required
		switch {
		case s.take("?"):
			into = &p.optional
		case s.take("-"):
			into = &p.excluded
		}
		t, err := s.term()
		if err != nil {
			return nil, err
		}
		*into = append(*into, t)
	}
	return &p, nil
}

// term reads one term without its sign.
func (s *scanner) term() (term, error) {
	if s.done() {
		return term{}, s.unexpected("a term")
	}
	switch s.text[s.at] {
	case '%':
		regex, err := s.regex()
		return term{regex: regex}, err
	case '"':
		start := s.at
		text, err := s.quoted()
		if err == nil && text == "" {
			s.at = start
			return term{}, s.unexpected("text between the quotation marks")
		}
		return term{text: []byte(text)}, err
	}
	text := s.run(isTermRune)
	if text == "" || !s.atTermEnd() {
		return term{}, s.unexpected("a space or a letter, a digit or _ (put a term with other characters in double quotes)")
	}
	return term{text: []byte(text)}, nil
}

func (s *scanner) atTermEnd() bool {
	return s.done() || unicode.IsSpace(rune(s.text[s.at]))
}

// isTermRune says what a term may consist of without quotes (AWS: FilterAndPatternSyntax).
func isTermRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
