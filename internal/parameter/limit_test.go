package parameter_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/parameter"
)

// What is as long or as many as AWS allows is taken, and one more is not.
func TestLimitsAreReachedAndNotPassed(t *testing.T) {
	s := newService(t)
	store := func(c parameter.Change) error {
		_, err := s.Put(t.Context(), c)
		return err
	}
	long := func(tier parameter.Tier) func(n int) error {
		return func(n int) error {
			return store(parameter.Change{ID: id(fmt.Sprint("long", n, tier)), Value: strings.Repeat("x", n), Type: parameter.String, Tier: tier})
		}
	}
	tags := func(n int) map[string]string {
		tags := map[string]string{}
		for i := range n {
			tags[fmt.Sprint(i)] = ""
		}
		return tags
	}
	putAll(t, s, "labels", "tags")
	for _, tt := range []struct {
		name  string
		limit int
		do    func(n int) error
	}{
		{"bytes of a value", 4096, long(parameter.Standard)},
		{"bytes of an advanced value", 8192, long(parameter.Advanced)},
		{"bytes of a value of the tier that fits", 8192, long(parameter.Intelligent)},
		{"bytes of a name", 1011, func(n int) error {
			return store(parameter.Change{ID: id(strings.Repeat("x", n)), Value: "1", Type: parameter.String})
		}},
		{"levels of a name", 15, func(n int) error {
			return store(parameter.Change{ID: id(strings.Repeat("/x", n)), Value: "1", Type: parameter.String})
		}},
		{"tags of a new parameter", 50, func(n int) error {
			return store(parameter.Change{ID: id(fmt.Sprint("tagged", n)), Value: "1", Type: parameter.String, Tags: tags(n)})
		}},
		{"tags", 50, func(n int) error { return s.Tag(t.Context(), id("tags"), tags(n)) }},
		{"labels", 10, func(n int) error {
			_, _, err := s.Label(t.Context(), id("labels"), 1, strings.Split("abcdefghijk"[:n], ""))
			return err
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.do(tt.limit); err != nil {
				t.Errorf("%d: %v", tt.limit, err)
			}
			if err := tt.do(tt.limit + 1); !fault.Is(err, fault.Limit, "") && !fault.Is(err, fault.Invalid, "request") {
				t.Errorf("%d: %v", tt.limit+1, err)
			}
		})
	}
}

// Labels that are one too many change nothing, and those that stand there already count once.
func TestLabelsAtTheirLimit(t *testing.T) {
	s := newService(t)
	for range 2 {
		put(t, s, parameter.Change{ID: id("rate"), Value: "1", Type: parameter.String, Overwrite: true})
	}
	label := func(number int64, labels ...string) (bad []string, err error) {
		_, bad, err = s.Label(t.Context(), id("rate"), number, labels)
		return bad, err
	}
	ten := strings.Split("abcdefghij", "")
	for range 2 {
		if bad, err := label(1, ten...); err != nil || bad != nil {
			t.Fatal(bad, err)
		}
	}
	_, err := label(1, "k")
	wantFault(t, err, fault.Limit, "labels", "Move one or more labels to another version")
	if bad, err := label(1, "1k"); err != nil || len(bad) != 1 {
		t.Errorf("a label that may not be, beside ten: %q, %v", bad, err)
	}
	if _, err := label(2, "j"); err != nil {
		t.Fatal(err)
	}
	if _, err := label(1, "k"); err != nil {
		t.Errorf("in the place of one that moved: %v", err)
	}
	found, _, err := s.History(t.Context(), id("rate"), 0, 2, false)
	if err != nil || !slices.Equal(found[0].Labels, strings.Split("abcdefghik", "")) || !slices.Equal(found[1].Labels, []string{"j"}) {
		t.Errorf("the labels are %v, %v", found, err)
	}
}

func TestWhatALabelMayBe(t *testing.T) {
	s := newService(t)
	putAll(t, s, "rate")
	for text, good := range map[string]bool{
		"live": true, "Live-1_2.3": true, "_": true, ".": true, "-1": true, strings.Repeat("x", 100): true,
		strings.Repeat("x", 101): false, "1": false, "1a": false, "AWS": false, "awsome": false, "Ssm-1": false, "a:b": false,
		"a/b": false, "ä": false, "a\n": false, "": false,
	} {
		t.Run(text, func(t *testing.T) {
			_, bad, err := s.Label(t.Context(), id("rate"), 1, []string{text})
			if err != nil || good == slices.Contains(bad, text) {
				t.Errorf("bad: %q, %v; want it good: %v", bad, err, good)
			}
			if _, _, err := s.Unlabel(t.Context(), id("rate"), 1, []string{text}); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Selectors find a version or say which one is not there; a number is never taken for a label.
func TestSelectorsAtTheirLimits(t *testing.T) {
	s := newService(t)
	for i := range 102 {
		put(t, s, parameter.Change{ID: id("rate"), Value: fmt.Sprint(i + 1), Type: parameter.String, Overwrite: true})
	}
	if _, _, err := s.Label(t.Context(), id("rate"), 3, []string{"live"}); err != nil {
		t.Fatal(err)
	}
	for selector, want := range map[string]string{"": "102", ":102": "102", ":3": "3", ":live": "3", ":003": "3"} {
		if got := value(t, s, "rate"+selector, false); got != want {
			t.Errorf("%q finds %s, want %s", selector, got, want)
		}
	}
	for selector, says := range map[string]string{
		":103": "version 103 of rate", ":2": "version 2 of rate", ":1": "version 1 of rate", ":0": "version 0 of rate",
		":-1": "version -1 of rate", ":9223372036854775807": "version 9223372036854775807 of rate",
		":99999999999999999999": "label 99999999999999999999 for parameter rate", ":Live": "label Live for parameter rate",
		":li*": "label li* for parameter rate", ": live": "label  live for parameter rate",
	} {
		ref, err := parameter.ParseReference(scope, "rate"+selector)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Get(t.Context(), ref, false)
		wantFault(t, err, fault.NotFound, "version", says)
	}
}
