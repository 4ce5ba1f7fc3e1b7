package storetest

import (
	"reflect"
	"testing"
)

// As for functions: a field that is not set is one that a store may forget.
func TestHTTPAPIFixturesSetEveryField(t *testing.T) {
	a := NewHTTPAPI("a")
	for name, record := range map[string]any{"API": a, "deployment": NewHTTPDeployment(a, "d"), "stage": NewHTTPStage(a, "s")} {
		wantSet(t, name, reflect.ValueOf(record).Elem())
	}
}
