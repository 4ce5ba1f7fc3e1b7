package function_test

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

// revision returns the revision of what a qualifier names.
func (b *bench) revision(t *testing.T, qualifier string) (revision string, err error) {
	t.Helper()
	err = b.store.ReadFunctions(t.Context(), func(r function.Reader) (err error) {
		revision, err = function.RevisionOf(r, b.id, qualifier)
		return err
	})
	return revision, err
}

func TestRevisionsOfQualifiers(t *testing.T) {
	b := newBench(t)
	a := b.alias(t, "live")
	for qualifier, want := range map[string]string{"": "", "1": "1", "$LATEST": "", "live": "live"} {
		found, err := b.Find(t.Context(), b.id, want)
		if err != nil {
			t.Fatal(err)
		}
		revision := found.Version.RevisionID
		if want == "live" {
			revision = a.RevisionID
		}
		if got, err := b.revision(t, qualifier); err != nil || got != revision {
			t.Errorf("that of %q is %q, %v; want %q", qualifier, got, err, revision)
		}
	}
	for qualifier, noun := range map[string]string{"3": "function", "none": "alias", "$latest": "function", "a.b": "function", "0": "function"} {
		_, err := b.revision(t, qualifier)
		if !fault.Is(err, fault.NotFound, noun) {
			t.Errorf("%q: %v, want no %s", qualifier, err, noun)
		}
	}
	b.id.Name = "none"
	_, err := b.revision(t, "")
	wantFault(t, err, fault.NotFound, "function")
}

func TestWhatIsSetForLatestIsTheFunctions(t *testing.T) {
	for qualifier, want := range map[string]string{"": "", "$LATEST": "", "1": "1", "live": "live", "$latest": "$latest"} {
		if got := function.UnlessLatest(qualifier); got != want {
			t.Errorf("%q is kept under %q, want %q", qualifier, got, want)
		}
	}
}
