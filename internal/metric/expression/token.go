package expression

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// class sorts tokens.
type class uint8

const (
	ending class = iota
	number
	name   // of an item, a function or a word such as AND
	quoted // text, without its quotes
	symbol
)

// token is a piece of an expression and the byte that it begins at.
type token struct {
	class class
	text  string
	at    int
}

// shown is how complaints name the token.
func (t token) shown() string {
	switch t.class {
	case ending:
		return "the end"
	case quoted:
		return fmt.Sprintf("text %q", t.text)
	}
	return "'" + t.text + "'"
}

// symbols lists those of two bytes before those that they begin with.
var symbols = []string{"==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "^", "(", ")", "[", "]", ","}

// quotes maps each quotation mark that opens a text to the one that closes it. The guide's own examples use the curly
// ones too, and people copy them.
var quotes = map[rune]rune{'"': '"', '\'': '\'', '“': '”'}

// split cuts an expression into tokens; the last is an ending.
func split(text string) ([]token, error) {
	var tokens []token
	at := 0
	for {
		at += len(text[at:]) - len(strings.TrimLeft(text[at:], " \t\r\n"))
		if at == len(text) {
			return append(tokens, token{class: ending, at: at}), nil
		}
		next, width, err := cut(text, at)
		if err != nil {
			return nil, err
		}
		tokens = append(tokens, next)
		at += width
	}
}

// cut reads the token that begins at a byte that is no space, and says how many bytes it takes.
func cut(text string, at int) (token, int, error) {
	rest := text[at:]
	first, _ := utf8.DecodeRuneInString(rest)
	switch {
	case isDigit(rest[0]) || rest[0] == '.':
		width := numberWidth(rest)
		return token{number, rest[:width], at}, width, nil
	case isLetter(rest[0]):
		width := nameWidth(rest)
		return token{name, rest[:width], at}, width, nil
	case quotes[first] != 0:
		return cutQuoted(rest, first, at)
	}
	for _, each := range symbols {
		if strings.HasPrefix(rest, each) {
			return token{symbol, each, at}, len(each), nil
		}
	}
	return token{}, 0, invalidAt(at, "unexpected %q", first)
}

// cutQuoted reads a text; a backslash keeps a quotation mark, or a backslash, from ending it.
func cutQuoted(rest string, open rune, at int) (token, int, error) {
	var text strings.Builder
	escaped := false
	for i, r := range rest {
		switch {
		case i == 0:
		case escaped:
			text.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case r == quotes[open]:
			return token{quoted, text.String(), at}, i + utf8.RuneLen(r), nil
		default:
			text.WriteRune(r)
		}
	}
	return token{}, 0, invalidAt(at, "the text is not closed")
}

// numberWidth measures digits, a point and an exponent. What is no number after all, the parser complains about.
func numberWidth(rest string) int {
	i := 0
	for i < len(rest) && (isDigit(rest[i]) || rest[i] == '.') {
		i++
	}
	if i < len(rest) && (rest[i] == 'e' || rest[i] == 'E') {
		j := i + 1
		if j < len(rest) && (rest[j] == '+' || rest[j] == '-') {
			j++
		}
		if j < len(rest) && isDigit(rest[j]) {
			for i = j; i < len(rest) && isDigit(rest[i]); i++ {
			}
		}
	}
	return i
}

func nameWidth(rest string) int {
	i := 0
	for i < len(rest) && (isLetter(rest[i]) || isDigit(rest[i]) || rest[i] == '_') {
		i++
	}
	return i
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
