package template

import (
	"maps"
	"strings"
)

// asterisks stand for a secret where people look.
const asterisks = "****"

// Masked evaluates as b does, but to asterisks where parameters with NoEcho are: for values that are shown.
func (b *Bound) Masked() *Bound {
	masked := *b
	masked.values = maps.Clone(b.values)
	for _, p := range b.Parameters {
		if !p.NoEcho {
			continue
		}
		masked.values[p.Key] = asterisks
		if list, ok := p.Value.([]any); ok {
			masked.values[p.Key] = split(strings.TrimSuffix(strings.Repeat(asterisks+",", len(list)), ","))
		}
	}
	return &masked
}

// Secret reports whether a property of a resource takes something from a parameter with NoEcho.
func (b *Bound) Secret(r *Resource, property string) bool {
	for _, p := range b.Parameters {
		for _, ref := range r.References {
			if p.NoEcho && ref.To == p.Key && ref.Property == property {
				return true
			}
		}
	}
	return false
}
