package lambda

import (
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
)

func TestMarkersComeBack(t *testing.T) {
	for _, c := range []function.Cursor{{Name: "f"}, {Name: "f", Number: 12}, {Name: "a:b"}} {
		page, err := pageOf(marker(&c), nil)
		if err != nil || page.After != c || page.Limit != 50 {
			t.Errorf("page %+v, %v; want one after %+v", page, err, c)
		}
	}
	if marker(nil) != nil {
		t.Error("the end has a marker")
	}
}

func TestPageSizes(t *testing.T) {
	for given, want := range map[int64]int{1: 1, 50: 50, 10000: 50} {
		if page, err := pageOf(nil, &given); err != nil || page.Limit != want {
			t.Errorf("MaxItems %d: %+v, %v; want %d", given, page, err, want)
		}
	}
}

func TestForeignMarkersAreRefused(t *testing.T) {
	for _, text := range []string{"x", "!!"} {
		if _, err := pageOf(&text, nil); !fault.Is(err, fault.Invalid, "marker") {
			t.Errorf("%q: %v, want it refused", text, err)
		}
	}
}
