package conformance

import "testing"

func TestText(t *testing.T) {
	for name, tt := range map[string]struct {
		want string
		got  any
		same bool
	}{
		"plain":                          {"abc", "abc", true},
		"plain, other":                   {"abc", "abd", false},
		"plain, no text":                 {"abc", nil, false},
		"a known value":                  {"arn:<partition>:lambda:<region>:1", "arn:aws:lambda:us-east-1:1", true},
		"a known value, other":           {"<region>", "eu-west-1", false},
		"anything":                       {"<any>", "", true},
		"a mask does not match nothing":  {"<location>", "", false},
		"a mask matches a number":        {"<code-size>", whole("12"), true},
		"a mask within":                  {"took <duration> ms, <memory> MB", "took 1.25 ms, 36 MB", true},
		"a mask within matches no gap":   {"took <duration> ms", "took  ms", false},
		"bound in the same text":         {"<id:1>/<id:1>", "ab/ab", true},
		"bound in the same text, other":  {"<id:1>/<id:1>", "ab/ac", false},
		"two placeholders side by side":  {"<name:1>-<name:2>!", "a-b-c!", true},
		"the shortest may be too short":  {"<name:1>-1 of <name:1>-1", "a-1-1 of a-1-1", true},
		"letters":                        {"<a:len(3)>b", "aaab", true},
		"letters, other":                 {"<a:len(3)>", "aa", false},
		"literal":                        {"<b>", "<b>", true},
		"literal, other":                 {"<b>", "c", false},
		"a date":                         {"date", "2025-11-25T02:26:54.000+0000", true},
		"a date with a Z":                {"<date>", "2025-11-25T02:26:54Z", true},
		"a date in seconds":              {"date", whole("1763000000.123"), true},
		"dates":                          {"date", []any{whole("1"), "2025-11-25T02:26:54Z"}, true},
		"no date":                        {"date", "yesterday", false},
		"a date within a line":           {"[INFO]\t<date>\tx", "[INFO]\t2025-11-25T02:26:54.123Z\tx", true},
		"no date within a line":          {"[INFO]\t<date>\tx", "[INFO]\tnow\tx", false},
		"a URL":                          {"lambda-url", "http://127.0.0.1:1/", true},
		"a number that becomes text":     {"n <id:9>", "n 7", true},
		"a number where text is bound":   {"<id:7>", whole("7"), true},
		"another where a number is":      {"<id:7>", whole("8"), false},
		"an unpaired bracket is a text":  {"a < b", "a < b", true},
		"rest behind the last":           {"<id:1>.", "abc", false},
		"nothing for a placeholder":      {"<id:1>x", "x", false},
		"a whole value of a placeholder": {"<id:1>", true, true},
	} {
		t.Run(name, func(t *testing.T) {
			c := newComparison(&Recording{Literal: []string{"<b>"}}, newBindings(nil))
			c.bind("<id:7>", whole("7"))
			if same := c.equal(tt.want, tt.got); same != tt.same {
				t.Errorf("%q and %v: %v, want %v", tt.want, tt.got, same, tt.same)
			}
		})
	}
}
