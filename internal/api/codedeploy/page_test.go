package codedeploy

import (
	"fmt"
	"slices"
	"testing"

	"sluice/internal/fault"

	"pgregory.net/rapid"
)

// Whatever there is, pages together are all of it once, in its order.
func TestPagesAreAllOfAList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringN(1, 4, -1), 0, 350, rapid.ID).Draw(t, "names")
		slices.Sort(names)
		var got []string
		var token *string
		for range 5 {
			shown, next, err := page(groups, names, token)
			if err != nil || len(shown) > pageSize || (next != nil && len(shown) < pageSize) {
				t.Fatalf("%d items, more: %v, %v", len(shown), next != nil, err)
			}
			got = append(got, shown...)
			if token = next; next == nil {
				break
			}
		}
		if !slices.Equal(got, names) {
			t.Fatalf("the pages are %q, want %q", got, names)
		}
	})
}

// A list may change between two pages: what was there all the time comes once.
func TestAPageGoesOnBehindWhatWasDeleted(t *testing.T) {
	var names []string
	for i := range 150 {
		names = append(names, fmt.Sprintf("%03d", i))
	}
	_, token, err := page(groups, names, nil)
	if err != nil {
		t.Fatal(err)
	}
	shown, next, err := page(groups, slices.Concat([]string{"-"}, names[:99], names[100:]), token)
	if err != nil || next != nil || !slices.Equal(shown, names[100:]) {
		t.Errorf("the page is %v, %v", shown, err)
	}
}

func TestATokenThatNobodyGaveOut(t *testing.T) {
	for _, token := range []string{"%", "a b", "é", "YQ=="} {
		if _, _, err := page(groups, []string{"a"}, &token); !fault.Is(err, fault.Invalid, "page") {
			t.Errorf("%q: %v", token, err)
		}
	}
}

func TestAnEmptyPageIsAList(t *testing.T) {
	if shown, _, err := page(groups, nil, nil); shown == nil || err != nil {
		t.Errorf("%v, %v", shown, err)
	}
}
