package search

import (
	"slices"
	"strings"
	"unicode"
)

// tokens cuts a name where its letters change from small to large, where digits begin or end, and at whatever is neither
// ("Tokenization"): SDBFailure2 becomes sdb, failure and 2.
func tokens(name string) []string {
	var found []string
	runes := []rune(name)
	begin := 0
	for i := 0; i <= len(runes); i++ {
		if i < len(runes) && i > begin && !boundary(runes, i) && kindOf(runes[i]) != other {
			continue
		}
		if i > begin && kindOf(runes[begin]) != other {
			found = append(found, strings.ToLower(string(runes[begin:i])))
		}
		begin = i
	}
	return found
}

type kind uint8

const (
	other kind = iota
	digit
	small // and letters that have no case
	large
)

func kindOf(r rune) kind {
	switch {
	case unicode.IsDigit(r):
		return digit
	case unicode.IsUpper(r):
		return large
	case unicode.IsLetter(r):
		return small
	}
	return other
}

// boundary reports whether a token begins at i, where the rune before it belongs to one.
func boundary(runes []rune, i int) bool {
	before, now := kindOf(runes[i-1]), kindOf(runes[i])
	if before == large && now == large { // the last large letter before a small one begins a word
		return i+1 < len(runes) && kindOf(runes[i+1]) == small
	}
	return before != now && (before != large || now != small)
}

// contains reports whether some tokens follow each other in a name's, or whether both are the same when put together.
func contains(name, wanted []string) bool {
	if len(wanted) == 0 {
		return false
	}
	for i := 0; i+len(wanted) <= len(name); i++ {
		if slices.Equal(name[i:i+len(wanted)], wanted) {
			return true
		}
	}
	return strings.Join(name, "") == strings.Join(wanted, "")
}
