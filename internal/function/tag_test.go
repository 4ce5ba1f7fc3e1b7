package function_test

import (
	"fmt"
	"maps"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

func TestTagsAreAddedReplacedAndRemoved(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	for _, step := range []struct {
		change func() error
		want   map[string]string
	}{
		{func() error { return b.Tag(t.Context(), b.id, map[string]string{"a": "1", "b": "1"}) }, map[string]string{"a": "1", "b": "1"}},
		{func() error { return b.Tag(t.Context(), b.id, map[string]string{"b": "2"}) }, map[string]string{"a": "1", "b": "2"}},
		{func() error { return b.Untag(t.Context(), b.id, []string{"a", "not there"}) }, map[string]string{"b": "2"}},
		{func() error { return b.Untag(t.Context(), b.id, []string{"b"}) }, map[string]string{}},
	} {
		before, err := b.Find(t.Context(), b.id, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := step.change(); err != nil {
			t.Fatal(err)
		}
		tags, err := b.Tags(t.Context(), b.id)
		if err != nil || !maps.Equal(tags, step.want) {
			t.Errorf("tags %v, %v; want %v", tags, err, step.want)
		}
		if after, err := b.Find(t.Context(), b.id, ""); err != nil || after.Version.RevisionID == before.Version.RevisionID {
			t.Errorf("the revision stayed: %v", err)
		}
	}
}

func TestAFunctionHasFiftyTagsAtMost(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	tags := map[string]string{}
	for n := range 50 {
		tags[fmt.Sprint(n)] = ""
	}
	if err := b.Tag(t.Context(), b.id, tags); err != nil {
		t.Fatal(err)
	}
	wantFault(t, b.Tag(t.Context(), b.id, map[string]string{"one more": ""}), fault.Invalid, "tags")
	if there, err := b.Tags(t.Context(), b.id); err != nil || len(there) != 50 {
		t.Errorf("%d tags, %v", len(there), err)
	}
}

func TestTagsThatAreCounted(t *testing.T) {
	tags := map[string]string{"aws:cloudformation:stack-name": "app", "aws": "", "own:aws:x": "", "team": "blue"}
	if n := function.CountTags(tags); n != 3 {
		t.Errorf("%d tags", n)
	}
}

func TestNoTagsAreNoChange(t *testing.T) {
	b := newBench(t)
	b.create(t, "code")
	wantFault(t, b.Tag(t.Context(), b.id, nil), fault.Invalid, "tags")
}

func TestTagsPermitNoNewVersion(t *testing.T) {
	b := newBench(t)
	n := b.release(t, "code")
	if err := b.Tag(t.Context(), b.id, map[string]string{"a": "1"}); err != nil {
		t.Fatal(err)
	}
	if v, err := b.Find(t.Context(), b.id, "2"); err == nil {
		t.Errorf("version %v", v)
	}
	if v, err := b.Publish(t.Context(), b.id, function.Publication{}); err != nil || v.Number != n {
		t.Errorf("published %v, %v", v, err)
	}
}

func TestSettingsOfAFunctionThatIsNotThere(t *testing.T) {
	b := newBench(t)
	_, recursion := b.Recursion(t.Context(), b.id)
	_, tags := b.Tags(t.Context(), b.id)
	_, updates := b.RuntimeUpdates(t.Context(), b.id, "")
	_, signing := b.CodeSigning(t.Context(), b.id)
	for name, err := range map[string]error{
		"tags": tags, "tag": b.Tag(t.Context(), b.id, map[string]string{"a": ""}), "untag": b.Untag(t.Context(), b.id, nil),
		"recursion": recursion, "set recursion": b.SetRecursion(t.Context(), b.id, "Allow"), "updates": updates, "signing": signing,
		"set signing": b.SetCodeSigning(t.Context(), b.id, ""),
	} {
		if !fault.Is(err, fault.NotFound, "function") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
