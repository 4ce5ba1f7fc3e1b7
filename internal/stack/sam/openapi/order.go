package openapi

import (
	"iter"
	"maps"
	"slices"
)

// Order tells in which order the template's text has the keys of a map. Nil, or nil for a map, stands for sorted keys.
type Order func(map[string]any) []string

func (o Order) keys(m map[string]any) []string {
	if o != nil {
		if keys := o(m); len(keys) == len(m) {
			return keys
		}
	}
	return slices.Sorted(maps.Keys(m))
}

// all visits the entries in Python's order. The Dict must not change meanwhile, but for values of keys that are there.
func (d *Dict) all() iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		if d == nil {
			return
		}
		if d.slots == nil {
			for i := range d.entries {
				if !d.entries[i].gone && !yield(&d.entries[i]) {
					return
				}
			}
			return
		}
		for _, at := range d.slots {
			if at >= 0 && !yield(&d.entries[at]) {
				return
			}
		}
	}
}

// All visits keys and values in Python's order.
func (d *Dict) All() iter.Seq2[string, any] {
	return func(yield func(string, any) bool) {
		for e := range d.all() {
			if !yield(e.key, e.value) {
				return
			}
		}
	}
}

// Keys returns the keys in Python's order.
func (d *Dict) Keys() []string {
	if d.Len() == 0 {
		return nil
	}
	keys := make([]string, 0, d.Len())
	for e := range d.all() {
		keys = append(keys, e.key)
	}
	return keys
}
