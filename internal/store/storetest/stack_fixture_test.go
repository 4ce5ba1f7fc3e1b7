package storetest

import (
	"reflect"
	"testing"
)

// As for functions: a field that is not set is one that a store may forget.
func TestStackFixturesSetEveryField(t *testing.T) {
	s := NewStack("s")
	e := NewStackEvent(s, "e")
	e.Number = 1
	for name, record := range map[string]any{
		"stack": s, "goal": NewStackGoal(s, 1), "resource": NewStackResource(s, "A"), "event": e, "change set": NewChangeSet(s, "c"),
	} {
		wantSet(t, name, reflect.ValueOf(record).Elem())
	}
	wantSet(t, "export", reflect.ValueOf(newExport(s, "x")))
}
