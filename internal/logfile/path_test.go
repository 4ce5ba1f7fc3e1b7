package logfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sluice/internal/function"
	"sluice/internal/logs"
)

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"":                    "=",
		"plain-name_1":        "=plain-name_1",
		"/aws/lambda/fn":      "=%2Faws%2Flambda%2Ffn",
		"2026/01/[$LATEST]ab": "=2026%2F01%2F[$%4C%41%54%45%53%54]ab",
		".":                   "=%2E",
		"..":                  "=%2E%2E",
		"a\x00b":              "=a%00b",
		"ü":                   "=%C3%BC",
		"con":                 "=con",
		"100%":                "=100%25",
	} {
		if got := escape(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// TestNamesNeverMeet draws two texts and wants their file names different, within the limit and harmless, even on a file
// system on which case does not count.
func TestNamesNeverMeet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[aA./%~=]{0,8}`), rapid.StringN(100, 600, -1))
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		first, second := escape(a), escape(b)
		if (a == b) != strings.EqualFold(first, second) {
			t.Fatalf("%q and %q become %q and %q", a, b, first, second)
		}
		if len(first) > maxName || filepath.Base(first) != first || strings.HasPrefix(first, ".") {
			t.Fatalf("%q becomes %q", a, first)
		}
	})
}

func TestLongNamesAreCut(t *testing.T) {
	one, other := escape(strings.Repeat("x", 600)), escape(strings.Repeat("x", 601))
	if len(one) != maxName || one == other || !strings.Contains(one, cutMark) {
		t.Errorf("%q, %q", one, other)
	}
}

func TestEachStreamHasItsOwnFile(t *testing.T) {
	f := &Files{dir: t.TempDir()}
	seen := map[string][4]string{}
	for _, n := range [][4]string{
		{"1", "r", "g", "s"}, {"1", "r", "g", "S"}, {"1", "r", "G", "s"}, {"1", "R", "g", "s"}, {"2", "r", "g", "s"},
		{"1", "r", "g/s", ""}, {"1", "r/g", "s", ""}, {"", "", "", ""}, {"..", "..", "..", ".."},
	} {
		group := logs.GroupID{Scope: function.Scope{Account: n[0], Region: n[1]}, Name: n[2]}
		path := f.path(logs.StreamID{Group: group, Name: n[3]})
		if other, taken := seen[path]; taken {
			t.Errorf("%+v and %+v share %s", n, other, path)
		}
		seen[path] = n
		if !strings.HasPrefix(path, f.dir+string(os.PathSeparator)) {
			t.Errorf("%+v leaves the folder: %s", n, path)
		}
	}
}
