package storetest

import (
	"reflect"
	"testing"
)

// As for functions: a field that is not set is one that a store may forget.
func TestRolloutFixturesSetEveryField(t *testing.T) {
	for name, record := range map[string]any{
		"application": NewApplication("a"), "group": NewGroup("a", "g"), "config": NewConfig("c"), "deployment": NewDeployment("d-1"),
	} {
		wantSet(t, name, reflect.ValueOf(record).Elem())
	}
}
