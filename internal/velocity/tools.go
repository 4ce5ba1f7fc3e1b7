package velocity

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf16"
)

// Tools is $util.
type Tools struct{}

// NewTools returns $util.
func NewTools() Tools { return Tools{} }

func (Tools) property(string) any { return nil }

func (Tools) call(r *run, name string, args []any) (any, bool, error) {
	do := tools[name]
	if known := do != nil || name == parseJSON; !known || len(args) != 1 {
		return nil, known, nil
	}
	if args[0] == nil {
		return "", true, nil // recording test_input_body_formatting
	}
	text, err := r.text(args[0])
	if err == nil {
		_, err = r.made(text)
	}
	if err != nil {
		return nil, true, err
	}
	if name == parseJSON {
		value, err := ParseJSON(text)
		return value, true, err
	}
	value := do(text)
	if made, ok := value.(string); ok {
		_, err = r.made(made)
	}
	return value, true, err
}

// parseJSON is the method of $util that can fail.
const parseJSON = "parseJson"

// tools are the other methods of $util. Each takes a text, as AWS's page "Variables for data transformations" says.
var tools = map[string]func(text string) any{
	"escapeJavaScript": func(text string) any { return escapeScript(text) },
	"urlEncode":        func(text string) any { return formEscapes.Replace(url.QueryEscape(text)) },
	"urlDecode": func(text string) any {
		plain, err := url.QueryUnescape(text)
		if err != nil {
			return text // it is no escaped text
		}
		return plain
	},
	"base64Encode": func(text string) any { return base64.StdEncoding.EncodeToString([]byte(text)) },
	"base64Decode": func(text string) any {
		plain, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			plain, err = base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
		}
		if err != nil {
			return nil // what can't be decoded is nothing
		}
		return string(plain)
	},
}

// formEscapes are where application/x-www-form-urlencoded, which AWS's page names, differs from Go's escapes of a query.
var formEscapes = strings.NewReplacer("%2A", "*", "~", "%7E")

// scriptEscapes are those of a JavaScript text.
var scriptEscapes = map[rune]string{
	'"': `\"`, '\'': `\'`, '\\': `\\`, '/': `\/`, '\b': `\b`, '\n': `\n`, '\t': `\t`, '\f': `\f`, '\r': `\r`,
}

// escapeScript escapes a text for a JavaScript literal, what is not ASCII in UTF-16.
func escapeScript(text string) string {
	var out strings.Builder
	for _, c := range text {
		switch escape := scriptEscapes[c]; {
		case escape != "":
			out.WriteString(escape)
		case c >= ' ' && c < 0x7f:
			out.WriteRune(c)
		default:
			for _, unit := range utf16.Encode([]rune{c}) {
				fmt.Fprintf(&out, `\u%04X`, unit)
			}
		}
	}
	return out.String()
}
