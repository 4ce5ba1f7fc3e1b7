package pattern_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/logs/pattern"
)

func TestMistakesAreToldWithTheirPlace(t *testing.T) {
	for text, want := range map[string]string{
		"a-b":               "Invalid character(s) in term '-' at character 2: expected a space or",
		"é: x":              "Invalid character(s) in term ':' at character 2",
		"a ?":               "it ends where a term is expected (at character 4)",
		`ok "open`:          "the quotation mark is not closed (at character 4)",
		`a ""`:              "expected text between the quotation marks",
		"%open":             "the regular expression is not closed with % (at character 1)",
		"%%":                "the regular expression cannot be read",
		"%a(b)%":            "Invalid character(s) in term '(' at character 3",
		"%a b%":             "Invalid character(s) in term ' ' at character 3",
		"%ü%":               "Invalid character(s) in term",
		"%[%":               "the regular expression cannot be read (at character 1)",
		"%a% %b% %c%":       "a pattern may hold at most 2 regular expressions (at character 9)",
		"%.{1000}.{1000}z%": "the regular expression is too large",
		"%" + strings.Repeat(".{1000}", 140) + "z%": "at most 1100 are allowed (at character 1)",
		"[a = %x{900}y{900}%]":                      "the regular expression is too large",
		"{ $.a = %x{900}y{900}% }":                  "the regular expression is too large",
		"{":                                         "it ends where a selector",
		"{ $.a = 1":                                 "if a filter pattern starts with '{' it must end with '}'",
		"{ $.a = 1 } x":                             "Invalid character(s) in term 'x' at character 13: expected nothing after }",
		"{ a = 1 }":                                 "Invalid character(s) in term 'a' at character 3: expected a selector",
		"{ $ = 1 }":                                 "expected a point and a name after $",
		`{ $."a-b" = 1 }`:                           `Invalid character(s) in term '"' at character 5`,
		"{ $.a[ = 1 }":                              "expected the number of an element",
		"{ $.a[99999999999999999999] = 1 }":         "expected the number of an element",
		"{ $.a[0 = 1 }":                             "expected a closing bracket",
		"{ $.a }":                                   "expected one of = !=",
		"{ $.a = }":                                 "expected a value",
		"{ $.a =":                                   "it ends where a value is expected",
		"{ $.a > x }":                               "> compares with a number (at character 9)",
		`{ $.a <= "1" }`:                            "<= compares with a number (at character 10)",
		"{ $.a IS MAYBE }":                          "expected NULL, TRUE or FALSE",
		"{ $.a ISNULL }":                            "expected one of = !=",
		"{ $.a NOT THERE }":                         "expected EXISTS",
		"{ $.a = 1 && }":                            "expected a selector",
		"{ ($.a = 1 }":                              "expected a closing parenthesis",
		"{" + strings.Repeat("(", 100) + "}":        "nested more than 32 deep",
		"[a":                                        "if a filter pattern starts with '[' it must end with ']'",
		"[a, a]":                                    "two columns are called a",
		"[..., a, ...]":                             "a second ...",
		"[a = 1 && b = 2]":                          "the conditions of the column a may only be about a",
		"[a b]":                                     "expected one of = !=",
		"[a,]":                                      "expected the name of a column",
		"[a = 1 ; b]":                               "expected , or ]",
		"[a] b":                                     "expected nothing after ]",
		strings.Repeat("x", 1025):                   "1025 bytes, at most 1024",
		"\xff":                                      "not valid UTF-8",
	} {
		_, err := pattern.Compile(text)
		if !fault.Is(err, fault.Invalid, "pattern") || !strings.Contains(err.Error(), want) {
			t.Errorf("Compile(%.40s) = %v", text, err)
		}
	}
}

func TestStringIsThePatternAsWritten(t *testing.T) {
	if got := compile(t, " { $.a = 1 } ").String(); got != " { $.a = 1 } " {
		t.Errorf("String = %q", got)
	}
}

// TestLongRegularExpressions are those that people write; nothing but counts makes one too large.
func TestLongRegularExpressions(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("a", 1022), strings.Repeat("[a-z]?", 170), strings.Repeat(".*", 511), strings.Repeat("ab|", 340) + "ab",
		strings.Repeat("a+", 511), `[0-9a-f]{64}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`, `\d{1,3}\.\d{1,3}\.\d{1,3}`,
	} {
		if _, err := pattern.Compile("%" + text + "%"); err != nil {
			t.Errorf("%.20s of %d characters: %v", text, len(text), err)
		}
	}
}

// TestTimeGrowsWithTheMessage gives each form its worst messages. Quadratic work would take minutes.
func TestTimeGrowsWithTheMessage(t *testing.T) {
	for text, part := range map[string]string{
		"needle": "needl", `%[a-z]*[a-z]*[a-z]*z$%`: "ab", "[..., a, b]": "[ ", "[x, y]": `" `, "[a=1, b, ...]": " \t", "{$.a=1}": "[",
	} {
		message := []byte(strings.Repeat(part, (256<<10)/len(part)))
		began := time.Now()
		compile(t, text).Match(message)
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s took %s", text, took)
		}
	}
}

func FuzzPatterns(f *testing.F) {
	f.Add(`ERROR -"x" ?y %z%`, "ERROR z")
	f.Add(`{ $.a[0].b >= 1e3 && ($.c IS NULL || $.d = "x*") }`, document)
	f.Add(`[ip, ..., status = 4* || status = %5.%, bytes > 1]`, access)
	f.Fuzz(func(t *testing.T, text, message string) {
		p, err := pattern.Compile(text)
		if err != nil {
			if !fault.Is(err, fault.Invalid, "pattern") {
				t.Errorf("Compile(%q) = %v", text, err)
			}
			return
		}
		m, ok := p.Match([]byte(message))
		if !ok {
			return
		}
		for selector, want := range m.Values() {
			if got, ok := m.Value(selector); !ok || got != want {
				t.Errorf("%q on %q: Value(%s) = %q, %v instead of %q", text, message, selector, got, ok, want)
			}
		}
	})
}

func Example() {
	p, err := pattern.Compile(`{ $.status >= 500 && $.path = "/api/*" }`)
	if err != nil {
		panic(err)
	}
	match, ok := p.Match([]byte(`{"status": 503, "path": "/api/bonus", "latency": 41.5}`))
	latency, _ := match.Value("$.latency")
	fmt.Println(ok, latency)
	// Output: true 41.5
}
