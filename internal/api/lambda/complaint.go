package lambda

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// complaint looks for the first mistake in a JSON document and words it as the parser does that AWS uses, Jackson
// (recording test_lambda_invoke_payload_encoding_error, and messages that users have reported).
type complaint struct {
	text []byte
	at   int   // offset of what is wrong, once it is found
	open []int // offsets of the brackets that are not closed yet
}

const (
	aValue  = "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
	aName   = "was expecting double-quote to start field name"
	aColon  = "was expecting a colon to separate field name and value"
	closing = "was expecting closing quote for a string value"
)

// find returns what is wrong and leaves at where it is.
func (c *complaint) find() string {
	for {
		if what := c.value(); what != "" {
			return what
		}
		if !c.next() {
			return c.after()
		}
		if what := c.name(); what != "" {
			return what
		}
	}
}

// next goes on behind a value: past a comma, and past the brackets that are closed before it. It reports whether
// another member or item has to follow.
func (c *complaint) next() bool {
	for len(c.open) > 0 {
		switch b := c.skip(); {
		case b == ',':
			c.at++
			return true
		case b == c.bracket()+2: // in ASCII, both closing brackets come two after their opening ones
			c.at++
			c.open = c.open[:len(c.open)-1]
		default:
			return false
		}
	}
	return false
}

// after says what is wrong behind a value that no comma or closing bracket follows.
func (c *complaint) after() string {
	b := c.skip()
	switch {
	case c.ended():
		return c.end()
	case len(c.open) == 0:
		return c.unexpected(aValue)
	case b == ']' || b == '}':
		return fmt.Sprintf("Unexpected close marker '%c': expected '%c' (for %s starting at %s)",
			b, c.bracket()+2, c.container(), c.place(c.open[len(c.open)-1]))
	}
	return fmt.Sprintf("Unexpected character (%s): was expecting comma to separate %s entries", character(b), c.container())
}

// name reads a member's name and its colon, if the innermost open bracket is an object's.
func (c *complaint) name() string {
	if len(c.open) == 0 || c.bracket() != '{' {
		return ""
	}
	switch b := c.skip(); {
	case c.ended():
		return c.end()
	case b != '"':
		return c.unexpected(aName)
	}
	if what := c.quoted(); what != "" {
		return what
	}
	switch b := c.skip(); {
	case c.ended():
		return c.end()
	case b != ':':
		return c.unexpected(aColon)
	}
	c.at++
	return ""
}

// value reads a scalar, an empty container, or the beginnings of containers down to the first scalar in them.
func (c *complaint) value() string {
	for {
		b := c.skip()
		switch {
		case c.ended():
			return c.end()
		case b == '"':
			return c.quoted()
		case b == '-' || isDigit(b):
			return c.number()
		case b != '{' && b != '[':
			return c.word()
		}
		c.open = append(c.open, c.at)
		c.at++
		if c.skip() == b+2 {
			return ""
		}
		if what := c.name(); what != "" {
			return what
		}
	}
}

// quoted reads a string.
func (c *complaint) quoted() string {
	for c.at++; c.at < len(c.text); c.at++ {
		switch b := c.text[c.at]; {
		case b == '"':
			c.at++
			return ""
		case b == '\\':
			c.at++
		case b < ' ':
			return fmt.Sprintf("Illegal unquoted character (%s): has to be escaped using backslash to be included in string value", character(b))
		case b >= utf8.RuneSelf:
			if what := c.broken(); what != "" {
				return what
			}
			_, size := utf8.DecodeRune(c.text[c.at:])
			c.at += size - 1
		}
	}
	c.at = len(c.text)
	return "Unexpected end-of-input: " + closing
}

// broken says what is wrong with the character beyond ASCII at c.at, if it is not UTF-8. As in Jackson, at is then behind
// the byte at which that shows (recording test_lambda_invoke_payload_encoding_error--body).
func (c *complaint) broken() string {
	text := c.text[c.at:]
	if r, size := utf8.DecodeRune(text); r != utf8.RuneError || size > 1 {
		return ""
	}
	more := 0 // bytes that have to follow
	switch b := text[0]; {
	case b&0xe0 == 0xc0:
		more = 1
	case b&0xf0 == 0xe0:
		more = 2
	case b&0xf8 == 0xf0:
		more = 3
	}
	for i := 1; i <= more; i++ {
		if i == len(text) {
			c.at = len(c.text)
			return "Unexpected end-of-input: " + closing
		}
		if text[i]&0xc0 != 0x80 {
			c.at += i + 1
			return fmt.Sprintf("Invalid UTF-8 middle byte 0x%x", text[i])
		}
	}
	c.at++
	return fmt.Sprintf("Invalid UTF-8 start byte 0x%x", text[0])
}

func (c *complaint) number() string {
	minus := c.text[c.at] == '-'
	if minus {
		c.at++
	}
	switch {
	case c.ended():
		return c.end()
	case !isDigit(c.text[c.at]):
		return fmt.Sprintf("Unexpected character (%s) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value",
			character(c.text[c.at]))
	case c.text[c.at] == '0' && c.at+1 < len(c.text) && isDigit(c.text[c.at+1]):
		return "Invalid numeric value: Leading zeroes not allowed"
	}
	for !c.ended() && strings.IndexByte("0123456789+-.eE", c.text[c.at]) >= 0 {
		c.at++
	}
	if len(c.open) == 0 && !c.ended() && strings.IndexByte(" \t\r\n", c.text[c.at]) < 0 {
		return c.unexpected("Expected space separating root-level values")
	}
	return ""
}

// word reads null, true or false. Behind another word, at is one character further than its end, as in Jackson.
func (c *complaint) word() string {
	end := c.at
	for end < len(c.text) && isLetter(c.text[end]) {
		end++
	}
	if end > c.at && end < len(c.text) && c.text[end] >= utf8.RuneSelf {
		rest := complaint{text: c.text, at: end}
		if what := rest.broken(); what != "" {
			c.at = rest.at
			return what
		}
	}
	switch word := string(c.text[c.at:end]); word {
	case "":
		return c.unexpected(aValue)
	case "null", "true", "false":
		c.at = end
		return ""
	default:
		c.at = min(end+1, len(c.text))
		return fmt.Sprintf("Unrecognized token '%s': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", word)
	}
}

// end says what is missing at the end of the text.
func (c *complaint) end() string {
	if len(c.open) == 0 {
		return "Unexpected end-of-input"
	}
	return fmt.Sprintf("Unexpected end-of-input: expected close marker for %s (start marker at %s)",
		c.container(), c.place(c.open[len(c.open)-1]))
}

func (c *complaint) unexpected(wanted string) string {
	return fmt.Sprintf("Unexpected character (%s): %s", character(c.text[c.at]), wanted)
}

// skip goes to the next byte that is no white space and returns it, or 0 at the end.
func (c *complaint) skip() byte {
	for ; !c.ended(); c.at++ {
		if b := c.text[c.at]; strings.IndexByte(" \t\r\n", b) < 0 {
			return b
		}
	}
	return 0
}

func (c *complaint) ended() bool { return c.at >= len(c.text) }

// bracket is the innermost open one.
func (c *complaint) bracket() byte { return c.text[c.open[len(c.open)-1]] }

func (c *complaint) container() string {
	if c.bracket() == '{' {
		return "Object"
	}
	return "Array"
}

// place words an offset.
func (c *complaint) place(offset int) string {
	before := c.text[:min(offset, len(c.text))]
	return fmt.Sprintf("[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: %d, column: %d]",
		1+bytes.Count(before, []byte{'\n'}), len(before)-bytes.LastIndexByte(before, '\n'))
}

func character(b byte) string {
	if b < ' ' || b >= utf8.RuneSelf {
		return fmt.Sprintf("(CTRL-CHAR, code %d)", b)
	}
	return fmt.Sprintf("'%c' (code %d)", b, b)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func isLetter(b byte) bool {
	return 'a' <= b|0x20 && b|0x20 <= 'z' || isDigit(b) || b == '_' || b == '$'
}
