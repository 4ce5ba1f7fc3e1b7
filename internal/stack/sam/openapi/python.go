package openapi

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// Print writes a tree as Python 2.7's str() did: u'text' for the template's text, 'text' for the transform's.
func Print(v any) string {
	var b strings.Builder
	printer{&b, true}.value(v)
	return b.String()
}

// Message writes a value as it stands in an error message: text without quotes, anything else as Python prints it.
func Message(v any) string {
	if s, ok := Text(v); ok {
		return s
	}
	var b strings.Builder
	printer{&b, false}.value(v)
	return b.String()
}

type printer struct {
	*strings.Builder
	marks bool // whether the template's text is marked with u
}

func (p printer) value(v any) {
	switch v := v.(type) {
	case nil:
		p.WriteString("None")
	case bool:
		p.WriteString(map[bool]string{true: "True", false: "False"}[v])
	case string:
		p.text(v)
	case Word:
		p.word(string(v))
	case json.Number:
		p.number(v)
	case []any:
		p.list(v)
	case *Dict:
		p.dict(v)
	case map[string]any:
		p.dict(From(v, nil).(*Dict))
	default:
		fmt.Fprint(p, v)
	}
}

// number marks an integer beyond 64 bits as long.
func (p printer) number(n json.Number) {
	p.WriteString(n.String())
	if _, err := n.Int64(); err != nil && p.marks && !strings.ContainsAny(n.String(), ".eE") {
		p.WriteByte('L')
	}
}

func (p printer) list(list []any) {
	p.WriteByte('[')
	for i, item := range list {
		if i > 0 {
			p.WriteString(", ")
		}
		p.value(item)
	}
	p.WriteByte(']')
}

func (p printer) dict(d *Dict) {
	p.WriteByte('{')
	first := true
	for e := range d.all() {
		if !first {
			p.WriteString(", ")
		}
		first = false
		if e.word {
			p.word(e.key)
		} else {
			p.text(e.key)
		}
		p.WriteString(": ")
		p.value(e.value)
	}
	p.WriteByte('}')
}

// text writes the template's text: ASCII only.
func (p printer) text(s string) {
	if !p.marks {
		p.word(s)
		return
	}
	p.WriteByte('u')
	p.quoted(s, func(r rune) bool { return r < 0x7f })
}

// word writes text as Python 3 does, which leaves what can be printed.
func (p printer) word(s string) {
	p.quoted(s, unicode.IsPrint)
}

func (p printer) quoted(s string, plain func(rune) bool) {
	quote := byte('\'')
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = '"'
	}
	p.WriteByte(quote)
	if isPlain(s) {
		p.WriteString(s)
		p.WriteByte(quote)
		return
	}
	for _, r := range s {
		switch {
		case r == '\\' || r == rune(quote):
			p.WriteByte('\\')
			p.WriteRune(r)
		case r == '\n':
			p.WriteString(`\n`)
		case r == '\r':
			p.WriteString(`\r`)
		case r == '\t':
			p.WriteString(`\t`)
		case r >= ' ' && plain(r):
			p.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(p, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(p, `\u%04x`, r)
		default:
			fmt.Fprintf(p, `\U%08x`, r)
		}
	}
	p.WriteByte(quote)
}

// isPlain reports whether a text stands in quotes as it is.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '\\' || c == '\'' {
			return false
		}
	}
	return true
}

// JSON writes a tree as Python's json.dumps does by default: ", " and ": " between things, ASCII only.
func JSON(v any) string {
	var b strings.Builder
	writeJSON(&b, v)
	return b.String()
}

func writeJSON(b *strings.Builder, v any) {
	switch v := v.(type) {
	case *Dict:
		b.WriteByte('{')
		first := true
		for key, value := range v.All() {
			if !first {
				b.WriteString(", ")
			}
			first = false
			WriteText(b, key)
			b.WriteString(": ")
			writeJSON(b, value)
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			writeJSON(b, item)
		}
		b.WriteByte(']')
	case string:
		WriteText(b, v)
	case Word:
		WriteText(b, string(v))
	default:
		text, _ := json.Marshal(v) // nil, bool, json.Number
		b.Write(text)
	}
}

// WriteText writes a JSON string with everything but printable ASCII escaped.
func WriteText(b *strings.Builder, s string) {
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\b':
			b.WriteString(`\b`)
		case r == '\f':
			b.WriteString(`\f`)
		case r >= ' ' && r <= '~':
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(b, `\u%04x`, r)
		}
	}
	b.WriteByte('"')
}
