package shape_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"sluice/internal/api/shape"
)

// tag and request are structures as gen writes them.
type tag struct {
	Key   *string
	Value *string
}

type request struct {
	Tags    []tag
	ByName  map[string]tag
	Names   []string
	Lists   [][]string
	Count   *int64
	Ratio   *float64
	Secret  *string
	Secrets map[string]string
	Text    *string
	Blob    []byte
	Flag    *bool
}

func atMost(n float64) *shape.Bounds  { return &shape.Bounds{Max: n, HasMax: true} }
func atLeast(n float64) *shape.Bounds { return &shape.Bounds{Min: n, HasMin: true} }

func TestValidate(t *testing.T) {
	short := &shape.Constraint{Length: atMost(3)}
	hidden := &shape.Constraint{Length: atMost(3), Sensitive: true}
	tagRules := &shape.Constraint{Members: []shape.Member{
		{Field: 0, Name: "key", Required: true, Rules: short}, {Field: 1, Name: "value", Rules: short},
	}}
	for _, tt := range []struct {
		name string
		rule shape.Member
		in   request
		want string
	}{
		{"item of a list of structures", shape.Member{Field: 0, Name: "tags", Rules: &shape.Constraint{Item: tagRules}},
			request{Tags: []tag{{Key: new("a")}, {Key: new("long"), Value: new("v")}, {}}},
			"[Value 'long' at 'tags.2.member.key' failed to satisfy constraint: Member must have length less than or equal to 3 " +
				"Value null at 'tags.3.member.key' failed to satisfy constraint: Member must not be null]"},
		{"too many structures", shape.Member{Field: 0, Name: "tags", Rules: &shape.Constraint{Length: atMost(1)}},
			request{Tags: []tag{{Key: new("a")}, {}}},
			"[Value '[{...}, {...}]' at 'tags' failed to satisfy constraint: Member must have length less than or equal to 1]"},
		{"structure in a map", shape.Member{Field: 1, Name: "byName", Rules: &shape.Constraint{Value: tagRules}},
			request{ByName: map[string]tag{"n": {Key: new("long")}}},
			"[Value 'long' at 'byName.n.member.key' failed to satisfy constraint: Member must have length less than or equal to 3]"},
		{"lists in a list", shape.Member{Field: 3, Name: "lists", Rules: &shape.Constraint{Item: &shape.Constraint{Item: short}}},
			request{Lists: [][]string{{"a"}, {"b", "long"}}},
			"[Value '[b, long]' at 'lists.2.member' failed to satisfy constraint: Member must satisfy constraint: " +
				"[Member must have length less than or equal to 3, Member must not be null]]"},
		{"whole number", shape.Member{Field: 4, Name: "count", Rules: &shape.Constraint{Range: atLeast(1)}},
			request{Count: new(int64(0))},
			"[Value '0' at 'count' failed to satisfy constraint: Member must have value greater than or equal to 1]"},
		{"fraction", shape.Member{Field: 5, Name: "ratio", Rules: &shape.Constraint{Range: &shape.Bounds{Max: 1, HasMax: true, Decimal: true}}},
			request{Ratio: new(1.5)},
			"[Value '1.5' at 'ratio' failed to satisfy constraint: Member must have value less than or equal to 1.0]"},
		{"sensitive", shape.Member{Field: 6, Name: "secret", Rules: hidden}, request{Secret: new("long")},
			"[Value at 'secret' failed to satisfy constraint: Member must have length less than or equal to 3]"},
		{"sensitive values", shape.Member{Field: 7, Name: "secrets", Rules: &shape.Constraint{Value: hidden}},
			request{Secrets: map[string]string{"k": "long"}},
			"[Value '{k=***}' at 'secrets' failed to satisfy constraint: Map value must satisfy constraint: " +
				"[Member must have length less than or equal to 3, Member must not be null]]"},
		{"length in characters", shape.Member{Field: 8, Name: "text", Rules: short}, request{Text: new("äöü")}, "[]"},
		{"length of a blob", shape.Member{Field: 9, Name: "blob", Rules: short}, request{Blob: []byte("long")},
			"[Value '(4 bytes)' at 'blob' failed to satisfy constraint: Member must have length less than or equal to 3]"},
		{"absent", shape.Member{Field: 8, Name: "text", Rules: short}, request{}, "[]"},
		{"empty but present", shape.Member{Field: 2, Name: "names", Required: true}, request{Names: []string{}}, "[]"},
		{"unlisted value", shape.Member{Field: 8, Name: "text", Rules: &shape.Constraint{Enum: []string{"a"}, Unlisted: []string{"b"}}},
			request{Text: new("b")}, "[]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := shape.Validate(&shape.Constraint{Members: []shape.Member{tt.rule}}, &tt.in)
			if fmt.Sprint(got) != tt.want {
				t.Errorf("got  %v\nwant %s", got, tt.want)
			}
		})
	}
}

func TestDoublesLookLikeJavas(t *testing.T) {
	rules := &shape.Constraint{Members: []shape.Member{{Field: 5, Name: "ratio", Rules: &shape.Constraint{Range: atMost(-1e300)}}}}
	for f, want := range map[float64]string{
		0: "0.0", 1: "1.0", 0.1: "0.1", 1e7: "1.0E7", 12345678: "1.2345678E7", 0.0001: "1.0E-4", 999999.5: "999999.5", -2: "-2.0",
	} {
		got := shape.Validate(rules, &request{Ratio: &f})
		if len(got) != 1 || got[0].Value != want {
			t.Errorf("%v is shown as %v, want %s", f, got, want)
		}
	}
}

func TestViolationsAreBounded(t *testing.T) {
	needy := &shape.Constraint{Members: []shape.Member{{Field: 0, Name: "key", Required: true}}}
	names := &shape.Constraint{Length: atMost(3)}
	many := strings.Split(strings.Repeat("long,", 100_000), ",")
	texts := map[string]string{}
	for i := range 10_000 {
		texts[fmt.Sprint(i)] = "long"
	}
	for _, tt := range []struct {
		name string
		rule shape.Member
		in   request
		want int
	}{
		{"many structures that lack a member", shape.Member{Field: 0, Name: "tags", Rules: &shape.Constraint{Item: needy}}, request{Tags: make([]tag, 100_000)}, 20},
		{"a list that is too long", shape.Member{Field: 0, Name: "tags", Rules: &shape.Constraint{Length: atMost(9), Item: needy}}, request{Tags: make([]tag, 100_000)}, 1},
		{"a list that is shown", shape.Member{Field: 2, Name: "names", Rules: &shape.Constraint{Item: names}}, request{Names: many}, 1},
		{"a map that is shown", shape.Member{Field: 7, Name: "texts", Rules: &shape.Constraint{Value: names}}, request{Secrets: texts}, 1},
		{"a text that is shown", shape.Member{Field: 8, Name: "text", Rules: names}, request{Text: new(strings.Repeat("ä", 100_000))}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := shape.Validate(&shape.Constraint{Members: []shape.Member{tt.rule}}, &tt.in)
			if len(got) != tt.want {
				t.Fatalf("%d violations, want %d", len(got), tt.want)
			}
			if text := shape.Message(got); len(text) > 10_000 || !utf8.ValidString(text) {
				t.Errorf("a message of %d bytes", len(text))
			}
		})
	}
}

func TestNothingIsDemandedWithoutRules(t *testing.T) {
	if got := shape.Validate(nil, &request{}); got != nil {
		t.Errorf("got %v", got)
	}
}

func ExampleMessage() {
	violations := []shape.Violation{{Path: "name", Value: "a b", Demand: "Member must satisfy regular expression pattern: [a-z]+"}}
	fmt.Println(shape.Message(violations))
	// Output: 1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+
}
