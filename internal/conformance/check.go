package conformance

import (
	"encoding/base64"
	"slices"
	"strings"
)

// Check is what AWS's answer was asserted to satisfy where no body was recorded: a path, perhaps a key, and one kind of
// demand with its value.
type Check map[string]any

// examined is the part of an answer that a check looks at.
type examined struct {
	*comparison
	value   any
	present bool
	items   []any // of a list; with a key, that member of each item
	check   Check
	answers []any // of the steps before
	sent    any   // the payload, where the step sent one
}

// kinds are the demands that a check can make. Each returns whether it is met.
var kinds = map[string]func(e *examined, want any) bool{
	"equals":        func(e *examined, want any) bool { return e.present && e.equal(want, e.value) },
	"present":       func(e *examined, want any) bool { return e.present == (want == true) },
	"length":        func(e *examined, want any) bool { n, ok := number(want); return ok && e.length() == n },
	"min_length":    func(e *examined, want any) bool { n, ok := number(want); return ok && e.length() >= n },
	"sum":           isSum,
	"same_as":       func(e *examined, want any) bool { return e.equal(e.earlier(want), e.whole()) },
	"reverse_of":    isReverse,
	"each_contains": eachContains,
	"some":          func(e *examined, want any) bool { return e.inOrder([]any{want}, e.items) },
	"matching":      hasCount,
	"in_order":      func(e *examined, want any) bool { w, ok := want.([]any); return ok && e.inOrder(w, e.items) },
	"log_lines":     hasLogLines,
	"words":         hasWords,
	"echo":          func(e *examined, _ any) bool { return e.present && e.equal(document(e.sent), document(e.value)) },
}

// check holds an answer against a recorded check.
func (c *comparison) check(path string, check Check, answer any, answers []any, sent any) {
	at, _ := check["path"].(string)
	e := &examined{comparison: c, check: check, answers: answers, sent: sent}
	e.value, e.present = lookup(answer, at)
	e.items, _ = document(e.value).([]any)
	if key, ok := check["key"].(string); ok {
		e.items = members(e.items, key)
	}
	known := false
	for name, want := range check {
		kind, ok := kinds[name]
		known = known || ok
		if ok && !kind(e, want) {
			c.deviate(join(path, at), name+" "+show(want), e.shown())
		}
	}
	if !known {
		c.deviate(join(path, at), "a check of a known kind", show(check))
	}
}

func members(items []any, key string) []any {
	var found []any
	for _, item := range items {
		if value, ok := lookup(item, key); ok {
			found = append(found, value)
		}
	}
	return found
}

func (e *examined) shown() string {
	if !e.present {
		return absent
	}
	if text, ok := e.decoded(); ok && e.check["log_lines"] != nil {
		return show(text)
	}
	return show(e.value)
}

// whole is the list with the key applied, or the value if it is no list.
func (e *examined) whole() any {
	if e.items != nil {
		return e.items
	}
	return e.value
}

func (e *examined) length() float64 {
	switch x := document(e.value).(type) {
	case string:
		return float64(len(x))
	case map[string]any:
		return float64(len(x))
	}
	return float64(len(e.items))
}

// earlier returns what "step.path" names in an earlier answer.
func (e *examined) earlier(where any) any {
	value := dereference("${"+plainText(where)+"}", e.answers)
	items, ok := document(value).([]any)
	if key, keyed := e.check["key"].(string); ok && keyed {
		return members(items, key)
	}
	return value
}

func isSum(e *examined, want any) bool {
	sum := 0.0
	for _, item := range e.items {
		n, ok := number(item)
		if !ok {
			return false
		}
		sum += n
	}
	n, ok := number(want)
	return ok && sum == n
}

func isReverse(e *examined, want any) bool {
	items, ok := e.earlier(want).([]any)
	if !ok {
		return false
	}
	items = slices.Clone(items)
	slices.Reverse(items)
	return e.equal(items, e.whole())
}

func eachContains(e *examined, want any) bool {
	texts, ok := want.([]any)
	for _, item := range e.items {
		text, isText := item.(string)
		if !isText {
			text = show(item)
		}
		for _, w := range texts {
			ok = ok && strings.Contains(text, plainText(w))
		}
	}
	return ok
}

func hasCount(e *examined, want any) bool {
	matching := 0
	for _, item := range e.items {
		if e.equal(want, item) {
			matching++
		}
	}
	n, ok := number(e.check["count"])
	return ok && float64(matching) == n
}

// inOrder looks for items equal to want, in want's order, with others between them.
func (e *examined) inOrder(want, items []any) bool {
	if len(want) == 0 {
		return true
	}
	for i, item := range items {
		mark := e.mark()
		if e.equal(want[0], item) && e.inOrder(want[1:], items[i+1:]) {
			return true
		}
		e.undo(mark)
	}
	return false
}

func (e *examined) decoded() (string, bool) {
	text, _ := e.value.(string)
	decoded, err := base64.StdEncoding.DecodeString(text)
	return string(decoded), err == nil && e.present
}

func hasLogLines(e *examined, want any) bool {
	text, ok := e.decoded()
	lines, isList := want.([]any)
	var items []any
	for line := range strings.SplitSeq(text, "\n") {
		items = append(items, line)
	}
	return ok && isList && e.inOrder(lines, items)
}

func hasWords(e *examined, want any) bool {
	words := func(value any) []string {
		found := strings.Fields(plainText(value))
		slices.Sort(found)
		return found
	}
	return e.present && slices.Equal(words(want), words(e.value))
}
