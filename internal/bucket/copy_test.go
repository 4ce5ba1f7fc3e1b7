package bucket_test

import (
	"errors"
	"testing"

	"sluice/internal/bucket"
	"sluice/internal/fault"
)

func TestACopyKeepsWhatIsNotReplaced(t *testing.T) {
	b := newBench(t)
	d := draft("from", "content")
	d.Labels = bucket.Labels{Headers: map[string]string{"Content-Type": "a/b"}, Metadata: map[string]string{"m": "1"}, Tags: map[string]string{"t": "1"}}
	if _, err := b.Put(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	from := bucket.Source{Place: home, Key: "from"}
	plain, _, err := b.CopyObject(t.Context(), bucket.Copy{Place: home, Key: "plain", From: from})
	if err != nil || plain.Headers["Content-Type"] != "a/b" || plain.Metadata["m"] != "1" || plain.Tags["t"] != "1" {
		t.Errorf("%+v, %v", plain, err)
	}
	other, _, err := b.CopyObject(t.Context(), bucket.Copy{Place: home, Key: "other", From: from, Labels: &bucket.Labels{}, Tags: &map[string]string{}})
	if err != nil || len(other.Headers)+len(other.Metadata)+len(other.Tags) != 0 {
		t.Errorf("%+v, %v", other, err)
	}
	b.delete("from", "")
	b.want("plain", "", "content")
	b.want("other", "", "content")
}

func TestCopiesThatAreRefused(t *testing.T) {
	b := newBench(t)
	b.versioned(bucket.Enabled)
	b.put("k", "x")
	gone := b.put("gone", "x")
	marker := b.delete("gone", "")
	no := errors.New("no")
	none := home
	none.Bucket = "none"
	for name, tt := range map[string]struct {
		copy bucket.Copy
		kind fault.Kind
		noun string
	}{
		"onto itself":         {bucket.Copy{Place: home, Key: "k", From: bucket.Source{Place: home, Key: "k"}}, fault.Invalid, "copy"},
		"of nothing":          {bucket.Copy{Place: home, Key: "c", From: bucket.Source{Place: home, Key: "none"}}, fault.NotFound, "object"},
		"of what was deleted": {bucket.Copy{Place: home, Key: "c", From: bucket.Source{Place: home, Key: "gone"}}, fault.NotFound, "object"},
		"of a marker":         {bucket.Copy{Place: home, Key: "c", From: bucket.Source{Place: home, Key: "gone", Version: marker.Version}}, fault.Invalid, "copy"},
		"from no bucket":      {bucket.Copy{Place: home, Key: "c", From: bucket.Source{Place: none, Key: "k"}}, fault.NotFound, "bucket"},
		"to no bucket":        {bucket.Copy{Place: none, Key: "c", From: bucket.Source{Place: home, Key: "k"}}, fault.NotFound, "bucket"},
		"onto another":        {bucket.Copy{Place: home, Key: "k", From: bucket.Source{Place: home, Key: "gone", Version: gone.Version}, Condition: bucket.Condition{Absent: true}}, fault.Precondition, "absence"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := b.CopyObject(t.Context(), tt.copy)
			wantFault(t, err, tt.kind, tt.noun)
		})
	}
	_, _, err := b.CopyObject(t.Context(), bucket.Copy{Place: home, Key: "c", From: bucket.Source{Place: home, Key: "k", Allowed: func(*bucket.Object) error { return no }}})
	if !errors.Is(err, no) {
		t.Errorf("%v", err)
	}
}
