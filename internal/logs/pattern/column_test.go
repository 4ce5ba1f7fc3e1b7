package pattern_test

import (
	"maps"
	"testing"
)

const access = `127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534`

// The rules are those of AWS's page FilterAndPatternSyntax, "Match terms in space-delimited log events".
func TestColumns(t *testing.T) {
	for _, test := range []struct {
		name, pattern, message string
		matches                bool
	}{
		{"names alone", "[ip, id, user, time, request, status, bytes]", access, true},
		{"no names", "[]", access, true},
		{"more names than columns", "[ip, id, user, time, request, status, bytes, more]", access, false},
		{"the rest belongs to the last column", "[ip, id, user]", access, true},
		{"a text", "[ip, id, user = frank, ...]", access, true},
		{"another text", "[ip, id, user = Frank, ...]", access, false},
		{"unequal", "[ip, id, user != frank, ...]", access, false},
		{"a wildcard", "[..., status = 4*, bytes]", access, true},
		{"a quoted wildcard", `[ip, id, user, time, request = "*.html *", ...]`, access, true},
		{"a number", "[..., bytes > 1000]", access, true},
		{"another number", "[..., bytes > 1534]", access, false},
		{"a number of another text", "[..., bytes = 1534.0]", access, true},
		{"a text is no number", "[ip > 1, ...]", access, false},
		{"an ellipsis in the middle", "[ip = 127.0.0.1, ..., bytes >= 1534]", access, true},
		{"an ellipsis for nothing", "[ip, id, user, time, request, ..., status=404, bytes]", access, true},
		{"an ellipsis for less than nothing", "[ip, id, user, time, request, x, ..., status=404, bytes]", access, false},
		{"what is in brackets is a column", "[ip, id, user, time = 10/Oct/2000*, ...]", access, true},
		{"an expression", `[ip = %127\.0\.0\.[1-9]%, ...]`, access, true},
		{"either text of a column", "[..., status = 410 || status = 404, bytes]", access, true},
		{"both conditions of a column", "[..., status != 4* && status != 5*, bytes]", access, false},
		{"parentheses in a column", "[..., (status = 1 || status = 404) && status < 500, bytes]", access, true},
		{"words", "[level = ERROR || level = %WARN%, ...]", "[WARNING] disk", true},
		{"tabs and several blanks", "[a, b = ms, c = Billed]", "1\tms \t Billed\n", true},
		{"an open bracket", "[a = \"[x\", b]", "[x y", true},
		{"an open quotation mark", `[a = "\"x", b]`, `"x y`, true},
		{"an empty message", "[a]", " ", false},
	} {
		t.Run(test.name, func(t *testing.T) { check(t, test.pattern, example{test.message, test.matches}) })
	}
}

func TestColumnValues(t *testing.T) {
	t.Run("an ellipsis first", func(t *testing.T) {
		wantValues(t, "[..., size]", access, map[string]string{
			"$1": "127.0.0.1", "$2": "-", "$3": "frank", "$4": "10/Oct/2000:13:25:15 -0700", "$5": "GET /index.html HTTP/1.0",
			"$6": "404", "$size": "1534",
		})
	})
	t.Run("an ellipsis in the middle", func(t *testing.T) {
		wantValues(t, "[a, ..., z]", "1 2 3", map[string]string{"$a": "1", "$2": "2", "$z": "3"})
	})
	t.Run("the rest as it stands", func(t *testing.T) {
		wantValues(t, "[level, rest]", `INFO "a  b" [c] `, map[string]string{"$level": "INFO", "$rest": `"a  b" [c]`})
	})
	t.Run("no names", func(t *testing.T) {
		wantValues(t, "[]", `a "b c"`, map[string]string{"$1": "a", "$2": "b c"})
	})
}

func wantValues(t *testing.T, text, message string, want map[string]string) {
	t.Helper()
	m, ok := compile(t, text).Match([]byte(message))
	if !ok {
		t.Fatal("no match")
	}
	if got := m.Values(); !maps.Equal(got, want) {
		t.Errorf("Values = %q", got)
	}
	for selector, text := range want {
		if got, ok := m.Value(selector); !ok || got != text {
			t.Errorf("Value(%s) = %q, %v", selector, got, ok)
		}
	}
}

func TestColumnSelectors(t *testing.T) {
	m, _ := compile(t, "[..., size]").Match([]byte("a b 7"))
	if got, ok := m.Value("$3"); !ok || got != "7" {
		t.Errorf("a named column by its number = %q, %v", got, ok)
	}
	for _, selector := range []string{"", "$", "size", "$gone", "$0", "$4", "$-1", "$+1", "$.size", "$99999999999999999999"} {
		if got, ok := m.Value(selector); ok {
			t.Errorf("Value(%s) = %q", selector, got)
		}
	}
}
