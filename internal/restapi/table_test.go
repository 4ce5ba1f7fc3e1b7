package restapi_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/restapi"
)

// row is a patch and what it does: the members of the record that it changes, as JSON with null for what it takes away, or the
// kind and text of the refusal. A want that ends with ... is the beginning of it.
type row struct{ op, path, value, want string }

// testPatches tries each row on a record of its own, which fresh makes together with what changes it.
func testPatches[T any](t *testing.T, fresh func() (T, func([]restapi.Patch) (T, error)), rows []row) {
	t.Helper()
	for _, tt := range rows {
		t.Run(tt.op+" "+tt.path+" "+tt.value, func(t *testing.T) {
			record, change := fresh()
			before := members(t, record)
			after, err := change([]restapi.Patch{{Op: tt.op, Path: tt.path, Value: &tt.value}})
			if err != nil {
				wantText(t, fault.Of(err).Kind.String()+": "+err.Error(), tt.want)
				return
			}
			wantText(t, difference(t, before, members(t, after)), tt.want)
		})
	}
}

func wantText(t *testing.T, got, want string) {
	t.Helper()
	if begin, open := strings.CutSuffix(want, "..."); got != want && (!open || !strings.HasPrefix(got, begin)) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// members are a record's, as they are stored.
func members(t *testing.T, record any) (all map[string]json.RawMessage) {
	t.Helper()
	text, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	must(t, json.Unmarshal(text, &all))
	return all
}

func difference(t *testing.T, before, after map[string]json.RawMessage) string {
	t.Helper()
	changed := map[string]json.RawMessage{}
	for _, key := range slices.Concat(slices.Collect(maps.Keys(before)), slices.Collect(maps.Keys(after))) {
		if string(before[key]) != string(after[key]) && key != "Updated" {
			changed[key] = after[key]
		}
	}
	text, err := json.Marshal(changed)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// edited changes a part of a definition that only the test has.
func edited[T any](d *restapi.Definition, find func(*restapi.Definition) (T, error), change func(*restapi.Definition, []restapi.Patch) (T, error)) (T, func([]restapi.Patch) (T, error)) {
	found, err := find(d)
	if err != nil {
		panic(err)
	}
	return found, func(patches []restapi.Patch) (T, error) { return change(d, patches) }
}

// updated changes a record that a service keeps.
func updated[T any](t *testing.T, found T, err error, change func([]restapi.Patch) (T, error)) (T, func([]restapi.Patch) (T, error)) {
	t.Helper()
	must(t, err)
	return found, change
}
