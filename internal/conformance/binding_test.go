package conformance

import "testing"

func TestBindings(t *testing.T) {
	t.Run("HoldAfterTheFirstSight", func(t *testing.T) {
		c := fresh()
		wantSame(t, c, "<function-name:1>", "f", true)
		wantSame(t, c, "<function-name:1>", "g", false)
	})
	t.Run("KnownBeforehand", func(t *testing.T) {
		c := newComparison(&Recording{}, newBindings(map[string]string{"<fn>": "f"}))
		wantSame(t, c, "<fn>", "g", false)
	})
	t.Run("RevisionsOfOtherNumbersDiffer", func(t *testing.T) {
		c := fresh()
		wantSame(t, c, "<uuid:1>", "a", true)
		wantSame(t, c, "<uuid:2>", "a", false)
		wantSame(t, c, "<uuid:2>", "b", true)
	})
	t.Run("ChecksumsOfOtherNumbersDiffer", func(t *testing.T) {
		c := fresh()
		wantSame(t, c, "<code-sha256:1>", "a", true)
		wantSame(t, c, "<code-sha256:2>", "a", false)
	})
	t.Run("OtherPlaceholdersMayBeEqual", func(t *testing.T) {
		c := fresh()
		wantSame(t, c, "<resource:1>", "a", true)
		wantSame(t, c, "<resource:2>", "a", true)
	})
	t.Run("ForgottenWhenAComparisonFails", func(t *testing.T) {
		c := fresh()
		wantSame(t, c, map[string]any{"A": "<id:1>", "B": "b"}, map[string]any{"A": "1", "B": "c"}, false)
		wantSame(t, c, "<id:1>", "2", true)
	})
}

func fresh() *comparison { return newComparison(&Recording{}, newBindings(nil)) }

func wantSame(t *testing.T, c *comparison, want, got any, same bool) {
	t.Helper()
	if is := c.equal(want, got); is != same {
		t.Errorf("%v and %v: %v, want %v", want, got, is, same)
	}
}
