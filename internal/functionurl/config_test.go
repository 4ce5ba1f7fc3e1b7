package functionurl

import (
	"strings"
	"testing"
)

func TestIDsAreOfAFormAndNoneComesTwice(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		id := newID()
		if len(id) != IDLength || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789") != "" || seen[id] {
			t.Fatalf("ID %q, seen before: %v", id, seen[id])
		}
		seen[id] = true
	}
}

func TestModeThatNobodyChoseIsBuffered(t *testing.T) {
	for mode, want := range map[Mode]Mode{"": Buffered, Buffered: Buffered, Streamed: Streamed} {
		if got := mode.OrDefault(); got != want {
			t.Errorf("%q is %q, want %q", mode, got, want)
		}
	}
}
