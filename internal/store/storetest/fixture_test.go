package storetest

import (
	"encoding/json"
	"reflect"
	"testing"
)

// A field that the fixtures leave at zero is one that a store may forget without any test noticing.
func TestFixturesSetEveryField(t *testing.T) {
	f := NewFunction("f")
	f.Latest = *NewVersion(f.ID, 1) // $LATEST's own number is 0
	for name, record := range map[string]any{"function": f, "version": NewVersion(f.ID, 1), "alias": NewAlias(f.ID, "a")} {
		wantSet(t, name, reflect.ValueOf(record).Elem())
	}
}

func wantSet(t *testing.T, path string, value reflect.Value) {
	t.Helper()
	if value.IsZero() {
		t.Errorf("%s is not set", path)
		return
	}
	switch {
	case value.Kind() == reflect.Pointer:
		wantSet(t, path, value.Elem())
	case value.Type().Implements(reflect.TypeFor[json.Marshaler]()): // it knows itself what it has to keep
	case value.Kind() == reflect.Struct:
		for field, content := range value.Fields() {
			wantSet(t, path+"."+field.Name, content)
		}
	case value.Kind() == reflect.Slice && value.Len() > 0:
		wantSet(t, path+"[0]", value.Index(0))
	}
}
