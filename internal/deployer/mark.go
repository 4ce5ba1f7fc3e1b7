package deployer

import "strings"

// A mark is what Sluice writes into a description that people write into too: "their text [sluice name=value …]".
const (
	markOpens = "[sluice "
	markEnds  = "]"
)

// maxDescription is Lambda's limit for the description of a version or an alias, in characters. Counted in bytes, it holds in any case.
const maxDescription = 256

// maxMarkValue bounds each value of a mark, so that all of them fit: names and tags may be longer than there is room.
const maxMarkValue = 40

type field struct{ name, value string }

// mark returns a description with text and fields. Text that leaves no room is cut; a value never holds a space.
func mark(text string, fields []field) string {
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(markOpens, " "))
	for _, f := range fields {
		if value := markValue(f.value); value != "" {
			b.WriteString(" " + f.name + "=" + value)
		}
	}
	b.WriteString(markEnds)
	text = cut(strings.TrimSpace(text), maxDescription-b.Len()-1)
	return strings.TrimSpace(text + " " + b.String())
}

// markValue keeps a value to one word without brackets.
func markValue(s string) string {
	s = strings.Map(func(r rune) rune {
		if r <= ' ' || r == '[' || r == ']' || r == 0x7f {
			return '_'
		}
		return r
	}, s)
	return cut(s, maxMarkValue)
}

// cut returns the first bytes of a text, whole characters only.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	end := 0
	for i, r := range s {
		if i+len(string(r)) > most {
			break
		}
		end = i + len(string(r))
	}
	return s[:end]
}

// readMark takes a description apart. ok is false if it has no mark; text is then the whole of it.
func readMark(description string) (text string, fields map[string]string, ok bool) {
	before, rest, ok := strings.Cut(description, markOpens)
	if !ok {
		return description, nil, false
	}
	inside, _, ok := strings.Cut(rest, markEnds)
	if !ok {
		return description, nil, false
	}
	fields = map[string]string{}
	for _, word := range strings.Fields(inside) {
		if name, value, ok := strings.Cut(word, "="); ok {
			fields[name] = value
		}
	}
	return strings.TrimSpace(before), fields, true
}
