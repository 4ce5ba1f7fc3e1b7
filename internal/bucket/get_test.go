package bucket_test

import (
	"testing"

	"sluice/internal/bucket"
	"sluice/internal/fault"
)

func TestDescribeChangesTagsAndNothingElse(t *testing.T) {
	b := newBench(t)
	b.versioned(bucket.Enabled)
	old, o := b.put("k", "old"), b.put("k", "new")
	for name, tt := range map[string]struct {
		version string
		of      *bucket.Object
	}{"the newest": {"", o}, "an old one": {old.Version, old}} {
		t.Run(name, func(t *testing.T) {
			changed, err := b.Describe(t.Context(), home, "k", tt.version, map[string]string{"t": name})
			mustDo(b, err)
			kept, err := b.Head(t.Context(), home, "k", tt.of.Version)
			mustDo(b, err)
			if kept.Tags["t"] != name || changed.Tags["t"] != name || kept.ETag != tt.of.ETag || !kept.Modified.Equal(tt.of.Modified) {
				t.Errorf("%+v", kept)
			}
		})
	}
	b.want("k", "", "new")
	b.want("k", old.Version, "old")
}

func TestDescribeNeedsAnObject(t *testing.T) {
	b := newBench(t)
	b.versioned(bucket.Enabled)
	b.put("k", "x")
	marker := b.delete("k", "")
	for name, tt := range map[string]struct {
		key, version string
		kind         fault.Kind
		noun         string
	}{
		"no key":     {"none", "", fault.NotFound, "object"},
		"no version": {"k", "none", fault.NotFound, "version"},
		"deleted":    {"k", "", fault.NotFound, "object"},
		"a marker":   {"k", marker.Version, fault.Conflict, "marker"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := b.Describe(t.Context(), home, tt.key, tt.version, nil)
			wantFault(t, err, tt.kind, tt.noun)
		})
	}
}

// Who asks for what a marker hides is told so: S3 answers with the marker's headers.
func TestAMarkerComesWithTheErrorOfWhatItHides(t *testing.T) {
	b := newBench(t)
	b.versioned(bucket.Enabled)
	b.put("k", "x")
	marker := b.delete("k", "")
	o, content, err := b.Open(t.Context(), home, "k", "")
	wantFault(t, err, fault.NotFound, "object")
	if o == nil || !o.Marker || o.Version != marker.Version || content != nil {
		t.Errorf("%+v, %v", o, content)
	}
}

func TestPartSizes(t *testing.T) {
	b := newBench(t)
	if sizes := b.put("k", "xyz").PartSizes(); sizes != nil {
		t.Errorf("an object put as a whole has parts %v", sizes)
	}
	u, named := b.upload("k", whole("a"), "xyz")
	o, err := b.complete(u, named)
	mustDo(b, err)
	if sizes := o.PartSizes(); len(sizes) != 2 || sizes[0] != bucket.MinPartSize || sizes[1] != 3 {
		t.Errorf("%v", sizes)
	}
}
