package wire_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"testing"

	"sluice/internal/api/wire"

	"pgregory.net/rapid"
)

func self(s string) string { return s }

// Whatever there is, pages together are all of it once, in its order, and only the last may be shorter than asked for.
func TestPagesAreAllOfAList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringN(1, 4, -1), 0, 50, rapid.ID).Draw(t, "names")
		most := rapid.IntRange(1, 20).Draw(t, "most")
		slices.Sort(names)
		var got []string
		after := ""
		for range len(names) + 1 {
			cut, next := wire.Page("names", names, self, after, most)
			if len(cut) > most || next != nil && len(cut) < most {
				t.Fatalf("%d items of at most %d, more: %v", len(cut), most, next != nil)
			}
			got = append(got, cut...)
			if next == nil {
				break
			}
			after, _ = wire.List("names").Place(next)
		}
		if !slices.Equal(got, names) {
			t.Fatalf("the pages are %q, want %q", got, names)
		}
	})
}

// A list may change between two pages: the next one begins behind the last item's place, also if the item is gone.
func TestAPageBeginsBehindAPlace(t *testing.T) {
	for after, want := range map[string]string{"": "[a c]", "a": "[c]", "b": "[c]", "c": "[]", "z": "[]"} {
		cut, next := wire.Page("list", []string{"a", "c"}, self, after, 9)
		if fmt.Sprint(cut) != want || cut == nil || next != nil {
			t.Errorf("after %q: %v, more: %v; want %s", after, cut, next != nil, want)
		}
	}
}

func TestTokensComeBack(t *testing.T) {
	for _, place := range []string{"", "f", "a:b", "12:f", "é\x00"} {
		token := wire.List("functions").Token(place)
		if got, ok := wire.List("functions").Place(token); got != place || !ok {
			t.Errorf("the token of %q is that of %q, %v", place, got, ok)
		}
	}
	for name, token := range map[string]*string{"no token": nil, "an empty one": new("")} {
		if got, ok := wire.List("functions").Place(token); got != "" || !ok {
			t.Errorf("%s: %q, %v", name, got, ok)
		}
	}
}

func TestTokensThatAListDidNotGiveOut(t *testing.T) {
	for name, token := range map[string]string{
		"no base64": "!!", "padded": "YQ==", "too short": "YQ", "of another list": *wire.List("roles").Token("f"), "spaces": "a b",
		"another place under the same seal": base64.RawURLEncoding.EncodeToString([]byte("\x00\x00\x00\x00f")),
	} {
		if place, ok := wire.List("functions").Place(&token); ok {
			t.Errorf("%s is the place %q", name, place)
		}
	}
}
