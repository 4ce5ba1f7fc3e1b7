package pattern

import (
	"regexp"
	"strings"
)

// maxRegexes is how many regular expressions a pattern may hold (AWS: FilterAndPatternSyntax, quotas).
const maxRegexes = 2

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
	expression, err := regexp.Compile(s.text[start+1 : s.at])
	if err != nil || s.at == start+1 {
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

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
