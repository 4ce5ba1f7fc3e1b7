package pattern

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// maxRegexes is how many regular expressions a pattern may hold (AWS: FilterAndPatternSyntax, quotas).
const maxRegexes = 2

// maxInstructions bounds what an expression is compiled to. Without counts no pattern of MaxLength comes near it; with
// them a short one could grow to a hundred thousand, each of which a message's every character may meet: minutes for one
// event. AWS documents no bound of counts. At this one the worst expression takes seconds for a message of 250 KB.
const maxInstructions = 1100

// regexSymbols are the characters besides letters and digits that AWS takes in a regular expression: symbols first, then
// operators. Parentheses are none of them: subpatterns are not supported.
const regexSymbols = ":_#=@/;,-" + `^$?[]{}|\*+.`

// regex reads `%expression%`. The scanner stands on the first percent sign. Go's expressions match in linear time.
func (s *scanner) regex() (*regexp.Regexp, error) {
	start := s.at
	for s.at++; !s.done() && s.text[s.at] != '%'; s.at++ {
		if c := s.text[s.at]; !isAlphanumeric(c) && !strings.ContainsRune(regexSymbols, rune(c)) {
			return nil, s.unexpected("a letter, a digit or one of " + regexSymbols + " in a regular expression")
		}
	}
	if s.done() {
		s.at = start
		return nil, s.errorf("the regular expression is not closed with %%")
	}
	text := s.text[start+1 : s.at]
	size, err := instructions(text)
	if err != nil || text == "" {
		s.at = start
		return nil, s.errorf("the regular expression cannot be read")
	}
	if size > maxInstructions {
		s.at = start
		return nil, s.errorf("the regular expression is too large: with its repetitions it has %d parts, at most %d are allowed",
			size, maxInstructions)
	}
	expression, err := regexp.Compile(text)
	if err != nil {
		s.at = start
		return nil, s.errorf("the regular expression cannot be read")
	}
	s.at++
	if s.regexes++; s.regexes > maxRegexes {
		s.at = start
		return nil, s.errorf("a pattern may hold at most %d regular expressions", maxRegexes)
	}
	return expression, nil
}

// instructions tells how large an expression is.
func instructions(text string) (int, error) {
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return 0, err
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return 0, err
	}
	return len(program.Inst), nil
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
