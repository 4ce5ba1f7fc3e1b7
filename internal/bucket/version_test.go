package bucket_test

import (
	"testing"

	"sluice/internal/bucket"
	"sluice/internal/fault"
)

func TestWithoutVersioningAnObjectReplacesTheOneBefore(t *testing.T) {
	b := newBench(t)
	b.put("k", "one")
	o := b.put("k", "two")
	if o.Version != bucket.NullVersion {
		t.Errorf("version %q", o.Version)
	}
	b.want("k", "", "two")
	b.want("k", "null", "two")
	if d := b.delete("k", ""); d != (bucket.Deletion{}) {
		t.Errorf("%+v", d)
	}
	b.wantNone("k", "", fault.NotFound, "object")
	b.delete("k", "") // again
}

func TestWithVersioningAllVersionsStay(t *testing.T) {
	b := newBench(t)
	b.put("k", "null")
	b.versioned(bucket.Enabled)
	one, two := b.put("k", "one"), b.put("k", "two")
	b.want("k", "", "two")
	b.want("k", one.Version, "one")
	b.want("k", "null", "null")

	marker := b.delete("k", "")
	if !marker.Marker || marker.Version == "" {
		t.Errorf("%+v", marker)
	}
	b.wantNone("k", "", fault.NotFound, "object")
	b.wantNone("k", marker.Version, fault.Conflict, "marker")
	b.want("k", two.Version, "two")

	if d := b.delete("k", marker.Version); !d.Marker || d.Version != marker.Version {
		t.Errorf("%+v", d)
	}
	b.want("k", "", "two")
	b.delete("k", two.Version)
	b.want("k", "", "one")
	b.wantNone("k", two.Version, fault.NotFound, "version")
	if d := b.delete("k", "gone"); d.Marker || d.Version != "gone" {
		t.Errorf("%+v", d)
	}
}

func TestWhileVersioningIsSuspendedOnlyTheNullVersionIsReplaced(t *testing.T) {
	b := newBench(t)
	b.versioned(bucket.Enabled)
	one := b.put("k", "one")
	b.versioned(bucket.Suspended)
	b.put("k", "two")
	b.put("k", "three")
	b.want("k", "", "three")
	b.want("k", one.Version, "one")
	if d := b.delete("k", ""); !d.Marker || d.Version != bucket.NullVersion {
		t.Errorf("%+v", d)
	}
	b.wantNone("k", "", fault.NotFound, "object")
	b.want("k", one.Version, "one")
}

func TestManyAreDeletedAtOnce(t *testing.T) {
	b := newBench(t)
	b.put("a", "x")
	b.put("b", "x")
	done, failed, err := b.DeleteObjects(t.Context(), home, []bucket.Target{
		{Key: "a"}, {Key: "b", Condition: bucket.Condition{ETag: "another"}}, {Key: "none"}, {Key: "../a"},
	})
	if err != nil || len(done) != 4 || failed[0] != nil || failed[2] != nil {
		t.Errorf("%v %v, %v", done, failed, err)
	}
	wantFault(t, failed[1], fault.Precondition, "etag")
	wantFault(t, failed[3], fault.Invalid, "key")
	b.wantNone("a", "", fault.NotFound, "object")
	b.want("b", "", "x")
}
