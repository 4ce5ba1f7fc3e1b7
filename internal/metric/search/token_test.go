package search

import (
	"strings"
	"testing"
)

// The first three are the guide's.
func TestTokens(t *testing.T) {
	for name, want := range map[string]string{
		"CustomCount1":      "custom count 1",
		"SDBFailure":        "sdb failure",
		"Project2-trial333": "project 2 trial 333",
		"":                  "",
		"--":                "",
		"a":                 "a",
		"AWS/Lambda":        "aws lambda",
		"AWS":               "aws",
		"i-0abc12":          "i 0 abc 12",
		"p99Latency":        "p 99 latency",
		"HTTPCode5XX":       "http code 5 xx",
		"couNT":             "cou nt",
		"ÄrgerÜber":         "ärger über",
		"-\ta  b -":         "a b",
		"_x_":               "x",
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(tokens(name), " "); got != want {
				t.Errorf("tokens(%q) = %q, want %q", name, got, want)
			}
		})
	}
}

func TestContains(t *testing.T) {
	for _, tt := range []struct {
		name, wanted string
		found        bool
	}{
		{"a b c", "b", true},
		{"a b c", "a b", true},
		{"a b c", "b c", true},
		{"a b c", "a c", false},
		{"a b c", "abc", true},
		{"a b c", "ab", false},
		{"a", "a b", false},
		{"a", "", false},
		{"", "", false},
	} {
		if got := contains(strings.Fields(tt.name), strings.Fields(tt.wanted)); got != tt.found {
			t.Errorf("contains(%q, %q) = %v", tt.name, tt.wanted, got)
		}
	}
}
