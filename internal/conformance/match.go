package conformance

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Deviation is one place where an answer is not what AWS answered.
type Deviation struct {
	File string // of the recording
	Step int    // counts from 0
	Path string // such as "status", "response.Configuration.State" or "error.message"
	Want string // as recorded, with the values of placeholders that are known
	Got  string
}

// String shows a deviation on one line.
func (d Deviation) String() string {
	return fmt.Sprintf("%s step %d: %s: AWS %s, here %s", d.File, d.Step, d.Path, d.Want, d.Got)
}

// absent is shown in place of a value that is not there.
const absent = "nothing"

// comparison compares answers with recorded ones. It is used by one goroutine.
type comparison struct {
	*bindings
	sets    map[string]bool
	literal map[string]bool
	found   []Deviation
}

func newComparison(r *Recording, b *bindings) *comparison {
	c := &comparison{bindings: b, sets: map[string]bool{}, literal: map[string]bool{}}
	for _, name := range r.Sets {
		c.sets[name] = true
	}
	for _, text := range r.Literal {
		c.literal[text] = true
	}
	return c
}

func (c *comparison) deviate(path, want, got string) {
	c.found = append(c.found, Deviation{Path: path, Want: want, Got: got})
}

// same compares two values, both ways, and notes each deviation.
func (c *comparison) same(path string, want, got any) {
	switch w := want.(type) {
	case string:
		if !c.text(w, got) {
			c.deviate(path, c.show(w), show(got))
		}
	case map[string]any:
		if g, ok := document(got).(map[string]any); ok {
			c.structure(path, w, g)
			return
		}
		c.deviate(path, c.show(w), show(got))
	case []any:
		g, ok := document(got).([]any)
		switch {
		case !ok:
			c.deviate(path, c.show(w), show(got))
		case c.sets[lastName(path)]:
			c.set(path, w, g)
		default:
			c.list(path, w, g)
		}
	default:
		if !scalar(want, got) {
			c.deviate(path, show(want), show(got))
		}
	}
}

// equal compares without noting anything, and binds only if the values are equal.
func (c *comparison) equal(want, got any) bool {
	mark, before := c.mark(), len(c.found)
	c.same("", want, got)
	ok := len(c.found) == before
	c.found = c.found[:before]
	if !ok {
		c.undo(mark)
	}
	return ok
}

func (c *comparison) text(want string, got any) bool {
	if !c.literal[want] {
		switch want {
		case "date", "datetime": // the second is how some recordings mask a member of the type timestamp
			return isTime(got)
		case "lambda-url":
			return true
		}
	}
	parts := cut(want, c.literal)
	if len(parts) == 1 && parts[0].name != "" {
		if value, bound := c.value(parts[0].name); bound {
			return scalar(value, got)
		}
		return c.accept(parts[0].name, got)
	}
	text, ok := got.(string)
	return ok && c.matchParts(parts, text)
}

func (c *comparison) structure(path string, want, got map[string]any) {
	for _, name := range names(want, got) {
		w, recorded := want[name]
		g, answered := got[name]
		at := join(path, name)
		switch {
		case !answered:
			c.deviate(at, c.show(w), absent)
		case !recorded:
			c.deviate(at, absent, show(g))
		default:
			c.same(at, w, g)
		}
	}
}

func (c *comparison) list(path string, want, got []any) {
	for i := range max(len(want), len(got)) {
		at := join(path, fmt.Sprint(i))
		switch {
		case i >= len(got):
			c.deviate(at, c.show(want[i]), absent)
		case i >= len(want):
			c.deviate(at, absent, show(got[i]))
		default:
			c.same(at, want[i], got[i])
		}
	}
}

// set compares lists whose order means nothing: it looks for a way to pair their items.
func (c *comparison) set(path string, want, got []any) {
	if len(want) != len(got) || !c.pair(want, got) {
		c.deviate(path, "in any order "+c.show(want), show(got))
	}
}

func (c *comparison) pair(want, got []any) bool {
	if len(want) == 0 {
		return true
	}
	for i := range got {
		mark := c.mark()
		if c.equal(want[0], got[i]) && c.pair(want[1:], slices.Concat(got[:i], got[i+1:])) {
			return true
		}
		c.undo(mark)
	}
	return false
}

// show writes a recorded value with what is bound.
func (c *comparison) show(want any) string {
	text, ok := want.(string)
	if !ok {
		return show(want)
	}
	return show(c.fill(cut(text, c.literal)))
}

// show writes a value on one line, cut short.
func show(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	const most = 600
	if len(text) > most {
		return string(text[:most]) + "…"
	}
	return string(text)
}

// document decodes a text that is JSON: documents in texts are recorded decoded.
func document(value any) any {
	text, ok := value.(string)
	if !ok {
		return value
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var decoded any
	if decoder.Decode(&decoded) != nil || decoder.More() {
		return value
	}
	return decoded
}

func scalar(want, got any) bool {
	w, isNumber := number(want)
	g, alsoNumber := number(got)
	if isNumber && alsoNumber {
		return w == g
	}
	switch want.(type) {
	case nil, bool, string:
		return want == got
	}
	return false
}

func number(value any) (float64, bool) {
	n, ok := value.(json.Number)
	if !ok {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}

func names(a, b map[string]any) []string {
	var all []string
	for name := range a {
		all = append(all, name)
	}
	for name := range b {
		if _, twice := a[name]; !twice {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func lastName(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }
