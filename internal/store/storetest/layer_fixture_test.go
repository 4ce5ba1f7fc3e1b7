package storetest

import (
	"reflect"
	"testing"

	"sluice/internal/policy"
)

// As for functions: a field that is not set is one that a store may forget.
func TestLayerFixturesSetEveryField(t *testing.T) {
	l := NewLayer("l")
	wantSet(t, "layer", reflect.ValueOf(l).Elem())
	v := NewLayerVersion(l.ID, 1)
	wantSet(t, "condition", reflect.ValueOf(v.Policy.Statements[0].Conditions))
	v.Policy.Statements = []policy.Statement{} // of a principal's fields one alone is set
	wantSet(t, "version", reflect.ValueOf(v).Elem())
}
