package conformance

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// placeholder finds <name:N>, <name> and <a:len(N)> in a recorded text.
var placeholder = regexp.MustCompile(`<a:len\((\d+)\)>|<[A-Za-z][A-Za-z0-9_-]*(?::\d+)?>`)

// masks are the placeholders that match any value and bind nothing.
var masks = map[string]bool{
	"<any>": true, "<code-size>": true, "<location>": true, "<layer-location>": true, "<date>": true, "<short-date>": true,
	"<duration>": true, "<memory>": true, "<user_arn>": true, "<unreserved_concurrency>": true,
	"<min_unreserved_concurrency>": true,
}

// part is a piece of a recorded text: plain text, or a placeholder's name.
type part struct {
	text string
	name string // empty for plain text
}

// cut takes a recorded text apart. Texts in literal are plain.
func cut(text string, literal map[string]bool) []part {
	var parts []part
	plain := func(s string) {
		switch last := len(parts) - 1; {
		case s == "":
		case last >= 0 && parts[last].name == "":
			parts[last].text += s
		default:
			parts = append(parts, part{text: s})
		}
	}
	end := 0
	for _, at := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		plain(text[end:at[0]])
		end = at[1]
		name := text[at[0]:at[1]]
		switch {
		case literal[name]:
			plain(name)
		case at[2] >= 0:
			n, _ := strconv.Atoi(text[at[2]:at[3]]) // only digits match
			plain(strings.Repeat("a", n))
		default:
			parts = append(parts, part{name: name})
		}
	}
	plain(text[end:])
	return parts
}

// matchParts matches a whole text, binding what it meets for the first time. Where a placeholder may end in several
// places, the first that lets the rest match counts. It leaves the bindings alone when it fails.
func (b *bindings) matchParts(parts []part, text string) bool {
	if len(parts) == 0 {
		return text == ""
	}
	first, rest := parts[0], parts[1:]
	if first.name == "" {
		after, ok := strings.CutPrefix(text, first.text)
		return ok && b.matchParts(rest, after)
	}
	if value, bound := b.value(first.name); bound {
		after, ok := strings.CutPrefix(text, plainText(value))
		return ok && b.matchParts(rest, after)
	}
	if len(rest) == 0 {
		return b.accept(first.name, text)
	}
	for end := range len(text) + 1 {
		if rest[0].name == "" && !strings.HasPrefix(text[end:], rest[0].text) {
			continue
		}
		mark := b.mark()
		if b.accept(first.name, text[:end]) && b.matchParts(rest, text[end:]) {
			return true
		}
		b.undo(mark)
	}
	return false
}

// accept takes value for a placeholder that has none yet.
func (b *bindings) accept(name string, value any) bool {
	text, isText := value.(string)
	switch {
	case name == "<any>":
		return true
	case isText && text == "":
		return false
	case name == "<date>":
		return isTime(value)
	case masks[name]:
		return true
	}
	return b.bind(name, value)
}

// isTime reports whether a value is a timestamp or a list of them: ISO 8601, or a number of seconds.
func isTime(value any) bool {
	switch x := value.(type) {
	case []any:
		for _, each := range x {
			if !isTime(each) {
				return false
			}
		}
		return true
	case string:
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05.000-0700", "2006-01-02T15:04:05-0700"} {
			if _, err := time.Parse(layout, x); err == nil {
				return true
			}
		}
		return false
	}
	_, ok := number(value)
	return ok
}
