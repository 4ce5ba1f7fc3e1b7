package storetest

import (
	"reflect"
	"testing"
)

// As for functions: a field that is not set is one that a store may forget.
func TestAlarmFixturesSetEveryField(t *testing.T) {
	a, c, item := NewAlarm("a"), NewCompositeAlarm("c"), NewHistoryItem("a", 0)
	wantSet(t, "watch", reflect.ValueOf(a.Watch).Elem())
	wantSet(t, "composite", reflect.ValueOf(c.Composite).Elem())
	wantSet(t, "actions", reflect.ValueOf(&a.Actions).Elem())
	wantSet(t, "suppression's by", reflect.ValueOf(&c.Status.Suppressed.By).Elem())
	wantSet(t, "transition's status", reflect.ValueOf(&item.Transition.After.Reason).Elem())
	wantSet(t, "status's rang", reflect.ValueOf(&c.Status.Rang).Elem())
	wantSet(t, "execution", reflect.ValueOf(item.Execution).Elem())
}
