package main

import (
	"fmt"
	"regexp"
	"strings"

	runtime "sluice/internal/api/shape"
)

// rewrite spells a pattern that looks ahead or behind for an engine that doesn't.
type rewrite struct{ match, reject string }

// rewrites lists every pattern of the models that RE2 can't read. A lookahead at the beginning takes a language away;
// one in the middle is spelled out: "not only digits" is "somewhere something else".
var rewrites = map[string]rewrite{
	`(?!^[0-9]+$)([a-zA-Z0-9-_]+)`: {match: `[a-zA-Z0-9-_]+`, reject: `[0-9]+`},

	`((?!^\d+$)^[0-9a-zA-Z-_]+$)`: {match: `[0-9a-zA-Z-_]+`, reject: `\d+`},

	`(^(?!(system\x2e)))(^[_a-zA-Z0-9])([^$]*)`: {match: `[_a-zA-Z0-9][^$]*`, reject: `system\x2e.*`},

	`[0-9A-Za-z\.\-_]*(?<!\.)`: {match: `[0-9A-Za-z\.\-_]*`, reject: `.*\.`},

	`(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?` +
		`([a-zA-Z0-9-_]{1,64})(:((?!\d+$)[0-9a-zA-Z-_]+))?`: {
		match: `(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?` +
			`(function:)?([a-zA-Z0-9-_]{1,64})(:[0-9a-zA-Z-_]*[a-zA-Z-_][0-9a-zA-Z-_]*)?`,
	},
}

// codePoint is how the models' engine writes a character by its number, which RE2 writes otherwise.
var codePoint = regexp.MustCompile(`\\u([0-9A-F]{4})`)

// pattern writes the pattern as Go, after checking that RE2 reads it.
func pattern(text string) (string, error) {
	r, known := rewrites[text]
	if !known {
		r.match = codePoint.ReplaceAllString(text, `\x{$1}`)
		known = r.match != text
	}
	for _, expr := range []string{r.match, r.reject} {
		if _, err := regexp.Compile(runtime.Anchored(expr)); err != nil {
			return "", fmt.Errorf("pattern without a rewrite: %w", err)
		}
	}
	parts := []string{"Text: " + quoted(text)}
	if known {
		parts = append(parts, "Match: "+quoted(r.match))
	}
	if r.reject != "" {
		parts = append(parts, "Reject: "+quoted(r.reject))
	}
	return "&shape.Pattern{" + strings.Join(parts, ", ") + "}", nil
}

func quoted(s string) string {
	if strings.Contains(s, "`") {
		return fmt.Sprintf("%q", s)
	}
	return "`" + s + "`"
}
