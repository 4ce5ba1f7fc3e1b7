package pattern

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// operand is what a value is compared with: a regular expression, a number, or a text with or without wildcards.
type operand struct {
	regex  *regexp.Regexp
	text   string
	number float64
	// numeric says that the operand was written as a number without quotes.
	numeric bool
	// anyBefore and anyAfter say that the text began or ended with an asterisk. One in between is a plain asterisk
	// (AWS answers so for TestMetricFilter).
	anyBefore, anyAfter bool
}

// equal reports whether the value is what the operand describes.
func (o operand) equal(v value) bool {
	switch {
	case o.regex != nil:
		return o.regex.MatchString(v.text)
	case o.numeric && v.numeric:
		return o.number == v.number
	case o.anyBefore && o.anyAfter:
		return strings.Contains(v.text, o.text)
	case o.anyBefore:
		return strings.HasSuffix(v.text, o.text)
	case o.anyAfter:
		return strings.HasPrefix(v.text, o.text)
	}
	return o.text == v.text
}

// operand reads what stands to the right of a comparison.
func (s *scanner) operand() (operand, error) {
	s.space()
	if s.done() {
		return operand{}, s.unexpected("a value")
	}
	switch s.text[s.at] {
	case '%':
		regex, err := s.regex()
		return operand{regex: regex}, err
	case '"':
		text, err := s.quoted()
		return wildcards(text), err
	}
	text := s.run(isOperandRune)
	if text == "" {
		return operand{}, s.unexpected("a value (put one with special characters in double quotes)")
	}
	if number, ok := parseNumber(text); ok {
		return operand{text: text, number: number, numeric: true}, nil
	}
	return wildcards(text), nil
}

// isOperandRune says what a value may consist of without quotes: what addresses, paths and times are made of, and
// wildcards.
func isOperandRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_.-+*:/@#$", r)
}

func wildcards(text string) (o operand) {
	text, o.anyBefore = strings.CutPrefix(text, "*")
	o.text, o.anyAfter = strings.CutSuffix(text, "*")
	return o
}

// parseNumber reads a decimal number, with an exponent if there is one. Infinities, hexadecimals and underscores, which
// the standard library would take, are texts.
func parseNumber(text string) (float64, bool) {
	if strings.Trim(text, "+-.0123456789eE") != "" || !strings.ContainsAny(text, "0123456789") {
		return 0, false
	}
	number, err := strconv.ParseFloat(text, 64)
	return number, err == nil
}
