package conformance

import (
	"regexp"
	"strconv"
	"strings"
)

// lookup follows a path such as "Configuration.Layers.0.Arn" into a value, and into texts that are JSON. An empty path
// is the value itself.
func lookup(value any, path string) (any, bool) {
	if path == "" {
		return value, true
	}
	for name := range strings.SplitSeq(path, ".") {
		switch inside := document(value).(type) {
		case map[string]any:
			member, ok := inside[name]
			if !ok {
				return nil, false
			}
			value = member
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(inside) {
				return nil, false
			}
			value = inside[i]
		default:
			return nil, false
		}
	}
	return value, true
}

// reference finds "${4.Configuration.RevisionId}". Only a step's number after "${" makes one.
var reference = regexp.MustCompile(`\$\{(\d+)((?:\.[^.}]+)*)\}`)

// dereference puts the values of earlier answers in the place of references to them. A text that is nothing but a
// reference becomes that value; an answer that lacks it leaves the reference as it stands.
func dereference(text string, answers []any) any {
	if whole := reference.FindStringSubmatch(text); whole != nil && whole[0] == text {
		if value, ok := answered(whole, answers); ok {
			return value
		}
		return text
	}
	return reference.ReplaceAllStringFunc(text, func(found string) string {
		if value, ok := answered(reference.FindStringSubmatch(found), answers); ok {
			return plainText(value)
		}
		return found
	})
}

func answered(found []string, answers []any) (any, bool) {
	i, err := strconv.Atoi(found[1])
	if err != nil || i >= len(answers) {
		return nil, false
	}
	return lookup(answers[i], strings.TrimPrefix(found[2], "."))
}
