package velocity

import (
	"slices"
	"testing"
)

func TestMapsKeepTheirOrder(t *testing.T) {
	var m Map
	for _, key := range []string{"b", "a", "c", "a"} {
		m.SetValueForKey(key, m.Len())
	}
	m.RemoveValueForKey("c")
	m.RemoveValueForKey("nope")
	if value, has := m.ValueForKey("a"); !slices.Equal(m.Keys(), []string{"b", "a"}) || value != 3 || !has || m.Get("c") != nil {
		t.Errorf("%v, a is %v", m.Keys(), value)
	}
	if sorted := NewMap(map[string]int{"b": 1, "a": 2}); !slices.Equal(sorted.Keys(), []string{"a", "b"}) {
		t.Errorf("%v", sorted.Keys())
	}
}

func TestListsCanBeChanged(t *testing.T) {
	l := NewList("a", int64(1))
	l.SetValueAtIndex(0, "b")
	if l.Size() != 2 || l.ValueAtIndex(0) != "b" {
		t.Errorf("%v", l)
	}
}
