package account

import (
	"slices"
	"strings"
)

// operators are those that a trust policy's conditions may use here. With another one a condition never holds where it allows
// and always where it denies, so a policy is never taken to be wider than it is.
var operators = map[string]func(wanted, got string) bool{
	"StringEquals":           func(wanted, got string) bool { return wanted == got },
	"StringEqualsIgnoreCase": strings.EqualFold,
	"StringLike":             like,
	"ArnEquals":              like,
	"ArnLike":                like,
	"Bool":                   strings.EqualFold,
}

// holds says whether all conditions of a statement are met. values are by the key in lower case; unknown is what is said of a
// condition whose operator nobody knows here.
func holds(conditions map[string]map[string]texts, values map[string][]string, unknown bool) bool {
	for operator, keys := range conditions {
		for key, wanted := range keys {
			if !met(operator, wanted, values[strings.ToLower(key)], unknown) {
				return false
			}
		}
	}
	return true
}

func met(operator string, wanted, got []string, unknown bool) bool {
	if operator == "Null" {
		return slices.Contains(wanted, "true") == (len(got) == 0)
	}
	operator, optional := strings.CutSuffix(operator, "IfExists")
	operator, each := strings.CutPrefix(operator, "ForAllValues:")
	operator = strings.TrimPrefix(operator, "ForAnyValue:")
	matches, negated := operators[operator], false
	if matches == nil {
		matches, negated = operators[strings.Replace(operator, "Not", "", 1)], true
	}
	switch {
	case matches == nil:
		return unknown
	case len(got) == 0:
		return optional || negated || each // as AWS has it: what is not there differs from everything
	}
	one := func(got string) bool {
		return slices.ContainsFunc(wanted, func(wanted string) bool { return matches(wanted, got) }) != negated
	}
	if each {
		return !slices.ContainsFunc(got, func(got string) bool { return !one(got) })
	}
	return slices.ContainsFunc(got, one)
}

// like matches a text with a pattern in which * stands for any characters and ? for one. It takes time in proportion to the
// product of their lengths at most.
func like(pattern, text string) bool {
	p, t, star, mark := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p++
			t++
		case star >= 0:
			mark++
			p, t = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
