package policy

import "strings"

// Like reports whether a text matches a pattern in which * stands for any characters and ? for one. It takes no more
// steps than the product of both lengths.
func Like(pattern, text string) bool {
	var p, t int
	star, resume := -1, 0 // the last * and where the text goes on if it takes one byte more
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, resume = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p++
			t++
		case star >= 0:
			resume++
			p, t = star+1, resume
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// arnLike reports whether an ARN matches a pattern part by part: a wildcard does not reach over a colon, save in the last of
// the six parts (AWS's page "IAM JSON policy elements: Condition operators").
func arnLike(pattern, arn string) bool {
	patterns, parts := strings.SplitN(pattern, ":", 6), strings.SplitN(arn, ":", 6)
	if len(patterns) != len(parts) {
		return pattern == "*"
	}
	for i, p := range patterns {
		if !Like(p, parts[i]) {
			return false
		}
	}
	return true
}
