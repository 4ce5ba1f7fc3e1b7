package velocity

import (
	"errors"
	"maps"
	"strings"
)

// What #stop and #break end.
var (
	errStop  = errors.New("stop")
	errBreak = errors.New("break")
)

// run is one rendering of a template.
type run struct {
	variables map[string]any
	macros    map[string]*macro
	out       *strings.Builder
	steps     int
	depth     int // of macros, definitions and texts in quotes
}

func newRun(given map[string]any) *run {
	variables := map[string]any{}
	maps.Copy(variables, given)
	return &run{variables: variables, macros: map[string]*macro{}, out: &strings.Builder{}}
}

func (r *run) lookUp(name string) (value any, there bool) {
	value, there = r.variables[name]
	return value, there
}

// keep returns a function that gives variables the values back that they have now.
func (r *run) keep(names ...string) (restore func()) {
	before := make([]any, len(names))
	there := make([]bool, len(names))
	for i, name := range names {
		before[i], there[i] = r.lookUp(name)
	}
	return func() {
		for i, name := range names {
			if there[i] {
				r.variables[name] = before[i]
			} else {
				delete(r.variables, name)
			}
		}
	}
}

func (r *run) enter() error {
	r.depth++
	if r.depth > maxDepth {
		return tooMuch("it calls itself too often")
	}
	return nil
}

func (r *run) leave() { r.depth-- }

func (r *run) print(text string) error {
	if r.out.Len()+len(text) > MaxSize {
		return tooMuch("its text is too large")
	}
	r.out.WriteString(text)
	return r.spend(len(text) / stepSize)
}
