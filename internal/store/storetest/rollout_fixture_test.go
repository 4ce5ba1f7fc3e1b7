package storetest

import (
	"reflect"
	"testing"
)

// As for functions: a field that is not set is one that a store may forget.
func TestRolloutFixturesSetEveryField(t *testing.T) {
	for name, record := range map[string]any{
		"application": newApplication("a"), "group": newGroup("a", "g"), "config": newConfig("c"), "deployment": newDeployment("d-1"),
	} {
		wantSet(t, name, reflect.ValueOf(record).Elem())
	}
}
