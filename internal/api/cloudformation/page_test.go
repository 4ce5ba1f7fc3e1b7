package cloudformation

import (
	"fmt"
	"strconv"
	"testing"

	"sluice/internal/fault"
)

func TestPagesOfAListThatIsWhole(t *testing.T) {
	items := make([]int, 2*pageSize+1)
	for i := range items {
		items[i] = i
	}
	var sizes []int
	var next *string
	for {
		cut, following, err := pageOf("numbers", items, next)
		if err != nil || cut[0] != len(sizes)*pageSize {
			t.Fatalf("page %d begins at %v, %v", len(sizes), cut, err)
		}
		sizes = append(sizes, len(cut))
		if next = following; next == nil {
			break
		}
	}
	if got, want := fmt.Sprint(sizes), fmt.Sprint([]int{pageSize, pageSize, 1}); got != want {
		t.Errorf("the pages have %s items, want %s", got, want)
	}
}

func TestPagesAtTheListsEnd(t *testing.T) {
	for name, tt := range map[string]struct {
		items, from int
		want        int
		more        bool
	}{
		"nothing": {0, 0, 0, false}, "exactly a page": {pageSize, 0, pageSize, false}, "one more": {pageSize + 1, 0, pageSize, true},
		"a list that became shorter": {3, pageSize, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			var token *string
			if tt.from > 0 {
				token = writeToken("l", strconv.Itoa(tt.from))
			}
			cut, next, err := pageOf("l", make([]int, tt.items), token)
			if err != nil || len(cut) != tt.want || (next != nil) != tt.more {
				t.Errorf("%d items, more: %v, %v", len(cut), next != nil, err)
			}
		})
	}
}

func TestTokensOfOtherListsAreRefused(t *testing.T) {
	place, err := readToken("stacks", writeToken("stacks", "a place"))
	if place != "a place" || err != nil {
		t.Errorf("an own one reads as %q, %v", place, err)
	}
	for _, token := range []string{"!", *writeToken("exports", "x"), *writeToken("stack", "s x"), "c3RhY2tz"} {
		if place, err := readToken("stacks", &token); !fault.Is(err, fault.Invalid, "token") {
			t.Errorf("%s reads as %q, %v", token, place, err)
		}
	}
	for _, none := range []*string{nil, new("")} {
		if place, err := readToken("stacks", none); place != "" || err != nil {
			t.Errorf("none reads as %q, %v", place, err)
		}
	}
}
