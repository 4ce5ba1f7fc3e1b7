package pattern

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sluice/internal/fault"
)

// scanner walks over the text of a pattern.
type scanner struct {
	text    string
	at      int
	regexes int // how many regular expressions were read
}

func newScanner(text string) *scanner { return &scanner{text: text} }

// rest is what has not been read.
func (s *scanner) rest() string { return s.text[s.at:] }

func (s *scanner) done() bool { return s.at >= len(s.text) }

// space skips white space.
func (s *scanner) space() {
	s.at = len(s.text) - len(strings.TrimLeftFunc(s.rest(), unicode.IsSpace))
}

// take skips white space and then the given text, if that is what comes next.
func (s *scanner) take(next string) bool {
	s.space()
	if !strings.HasPrefix(s.rest(), next) {
		return false
	}
	s.at += len(next)
	return true
}

// word skips white space and then a word in capitals that stands alone, if it comes next.
func (s *scanner) word(next string) bool {
	s.space()
	after, found := strings.CutPrefix(s.rest(), next)
	if r, _ := utf8.DecodeRuneInString(after); !found || unicode.IsLetter(r) || unicode.IsDigit(r) {
		return false
	}
	s.at += len(next)
	return true
}

// run reads as many characters as are allowed.
func (s *scanner) run(allowed func(rune) bool) string {
	start := s.at
	s.at = len(s.text) - len(strings.TrimLeftFunc(s.rest(), allowed))
	return s.text[start:s.at]
}

// quoted reads a text in double quotes, in which a backslash makes a quote or a backslash plain. The scanner stands on
// the opening quote.
func (s *scanner) quoted() (string, error) {
	var text strings.Builder
	for i := s.at + 1; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '"':
			s.at = i + 1
			return text.String(), nil
		case c == '\\' && i+1 < len(s.text) && (s.text[i+1] == '"' || s.text[i+1] == '\\'):
			i++
			text.WriteByte(s.text[i])
		default:
			text.WriteByte(c)
		}
	}
	return "", s.errorf("the quotation mark is not closed")
}

// unexpected is the error for the character that comes next, in AWS's words with the place added.
func (s *scanner) unexpected(want string) error {
	if s.done() {
		return s.errorf("it ends where %s is expected", want)
	}
	r, _ := utf8.DecodeRuneInString(s.rest())
	return fault.Errorf(fault.Invalid, "pattern", "Invalid character(s) in term '%c' at character %d: expected %s", r, s.column(), want)
}

// errorf says what is wrong at the place the scanner stands on.
func (s *scanner) errorf(format string, args ...any) error {
	return fault.Errorf(fault.Invalid, "pattern", format+" (at character %d)", append(args, s.column())...)
}

// column counts characters from 1.
func (s *scanner) column() int { return utf8.RuneCountInString(s.text[:s.at]) + 1 }
