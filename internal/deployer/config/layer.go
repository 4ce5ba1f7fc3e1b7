package config

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

// layers are the maps that may say the same keys, the strongest last.
type layers struct {
	*names
	*found
	maps []*value
}

// last returns what the strongest layer says, or nil. A null is said too.
func (l *layers) last(name string) *value {
	for _, m := range slices.Backward(l.maps) {
		if v := m.get(name); v != nil {
			return v
		}
	}
	return nil
}

// text returns a single value, resolved. Nothing said is the empty string.
func (l *layers) text(name string, s *shape) string {
	v := l.last(name)
	if v == nil || v.kind != scalar {
		return ""
	}
	return l.scalar(v, name, s)
}

// scalar resolves a value, and checks what became of it against its shape. What ${…} stands for may be secret and is not told.
func (l *layers) scalar(v *value, name string, s *shape) string {
	problems := len(l.problems)
	text := l.resolve(l.found, v)
	if text != v.text && len(l.problems) == problems && !s.takes(text) {
		l.at(v, "%s is %q, and what that resolves to does not fit: it takes %s", name, v.text, s.example())
	}
	return text
}

func (l *layers) whole(name string, s *shape) int {
	n, _ := strconv.Atoi(l.text(name, s)) // what is no number was told
	return n
}

// list returns the strongest layer's list: nil if nobody says one, and not nil if one is empty.
func (l *layers) list(name string, s *shape) []string {
	v := l.last(name)
	if v == nil || v.kind != list {
		return nil
	}
	texts := []string{}
	for _, item := range v.items {
		texts = append(texts, l.scalar(item, name, s.of))
	}
	return texts
}

// texts returns a map, in which a stronger layer adds, replaces and, with null, takes away. It is nil if nobody says one.
func (l *layers) texts(name string, s *shape) map[string]string {
	var all map[string]*value
	for _, m := range l.maps {
		if said := m.get(name); said != nil && all == nil {
			all = map[string]*value{}
		}
		for _, e := range m.get(name).entries() {
			all[e.name] = e.value
		}
	}
	if all == nil {
		return nil
	}
	texts := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if v := all[key]; v.kind == scalar {
			texts[key] = l.scalar(v, name+"."+key, s.of)
		}
	}
	return texts
}

func (v *value) entries() []entry {
	if v == nil {
		return nil
	}
	return v.keys
}

// inside returns the layers of a section, such as hooks.
func (l *layers) inside(name string) *layers {
	inner := &layers{names: l.names, found: l.found}
	if v := l.last(name); v != nil {
		inner.maps = []*value{v}
	}
	return inner
}

// seconds reads a time that may be a bare number of seconds.
func seconds(text string) time.Duration {
	if n, err := strconv.Atoi(text); err == nil {
		return time.Duration(n) * time.Second
	}
	d, _ := time.ParseDuration(text) // what is no time was told
	return d
}
