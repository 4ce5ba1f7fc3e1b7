package pattern

import (
	"strings"
	"unicode"
)

// split cuts a message into columns at white space. What stands in brackets or double quotes is one column, without
// them (AWS: FilterAndPatternSyntax, space-delimited log events). With a limit of at least 1 there are no more columns
// than that, and the last is all that is left, as it stands in the message.
func split(message string, limit int) []string {
	cut := cutter{
		// The last closing signs are looked for once, so that a message full of opening ones is read in linear time.
		lastBracket: strings.LastIndexByte(message, ']'), lastQuote: strings.LastIndexByte(message, '"'),
		message: strings.TrimRightFunc(message, unicode.IsSpace),
	}
	var found []string
	for cut.skip(); cut.at < len(cut.message); cut.skip() {
		start := cut.at
		column := cut.column()
		if cut.skip(); len(found)+1 == limit && cut.at < len(cut.message) {
			return append(found, cut.message[start:])
		}
		found = append(found, column)
	}
	return found
}

// cutter walks over a message.
type cutter struct {
	message                string
	at                     int
	lastBracket, lastQuote int // where the last ones stand in the message, -1 if there are none
}

func (c *cutter) skip() {
	c.at = len(c.message) - len(strings.TrimLeftFunc(c.message[c.at:], unicode.IsSpace))
}

// column reads what begins at a character that is no white space.
func (c *cutter) column() string {
	switch {
	case c.message[c.at] == '[' && c.lastBracket > c.at:
		return c.until(']')
	case c.message[c.at] == '"' && c.lastQuote > c.at:
		return c.until('"')
	}
	start := c.at
	if end := strings.IndexFunc(c.message[start:], unicode.IsSpace); end >= 0 {
		c.at += end
	} else {
		c.at = len(c.message)
	}
	return c.message[start:c.at]
}

func (c *cutter) until(closing byte) string {
	start := c.at + 1
	end := start + strings.IndexByte(c.message[start:], closing)
	c.at = end + 1
	return c.message[start:end]
}
