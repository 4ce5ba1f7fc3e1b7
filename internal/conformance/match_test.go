package conformance

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func whole(digits string) json.Number { return json.Number(digits) }

// tree decodes a JSON document as answers are.
func tree(text string) any { return document(text) }

func TestSameFindsEachDeviation(t *testing.T) {
	for name, tt := range map[string]struct {
		want, got string
		found     []string // "path: want, got"
	}{
		"equal":                  {`{"a":[1,{"b":null}],"c":true}`, `{"c":true,"a":[1.0,{"b":null}]}`, nil},
		"another value":          {`{"a":{"b":"x"}}`, `{"a":{"b":"y"}}`, []string{`a.b: "x", "y"`}},
		"every value":            {`{"a":1,"b":2}`, `{"a":3,"b":4}`, []string{`a: 1, 3`, `b: 2, 4`}},
		"missing":                {`{"a":1,"b":"<region>"}`, `{"a":1}`, []string{`b: "us-east-1", nothing`}},
		"too much":               {`{"a":1}`, `{"a":1,"b":2}`, []string{`b: nothing, 2`}},
		"null is there":          {`{}`, `{"b":null}`, []string{`b: nothing, null`}},
		"text for a number":      {`{"a":1}`, `{"a":"1"}`, []string{`a: 1, "1"`}},
		"number for a text":      {`{"a":"1"}`, `{"a":1}`, []string{`a: "1", 1`}},
		"a list in its order":    {`{"a":[1,2]}`, `{"a":[2,1]}`, []string{`a.0: 1, 2`, `a.1: 2, 1`}},
		"a list too short":       {`{"a":[1,2]}`, `{"a":[1]}`, []string{`a.1: 2, nothing`}},
		"a list too long":        {`{"a":[1]}`, `{"a":[1,2]}`, []string{`a.1: nothing, 2`}},
		"a structure for a list": {`{"a":[1]}`, `{"a":{"b":1}}`, []string{`a: [1], {"b":1}`}},
		"a set":                  {`{"s":["<id:1>",2]}`, `{"s":[2,1]}`, nil},
		"a set with a choice":    {`{"s":["<id:1>",{"n":"x"}],"t":"<id:1>"}`, `{"s":[{"n":"x"},"y"],"t":"y"}`, nil},
		"a set that lacks one":   {`{"s":[1,2]}`, `{"s":[1,1]}`, []string{`s: in any order [1,2], [1,1]`}},
		"a document in a text":   {`{"p":{"a":1}}`, `{"p":"{\"a\":2}"}`, []string{`p.a: 1, 2`}},
		"a text is no document":  {`{"p":{"a":1}}`, `{"p":"{\"a\":1} "}`, nil},
		"no document in a text":  {`{"p":{"a":1}}`, `{"p":"{"}`, []string{`p: {"a":1}, "{"`}},
	} {
		t.Run(name, func(t *testing.T) {
			c := newComparison(&Recording{Sets: []string{"s"}}, newBindings(nil))
			c.same("", tree(tt.want), tree(tt.got))
			var found []string
			for _, d := range c.found {
				found = append(found, d.Path+": "+d.Want+", "+d.Got)
			}
			if !slices.Equal(found, tt.found) {
				t.Errorf("found %q, want %q", found, tt.found)
			}
		})
	}
}

func TestShownValuesAreCutShort(t *testing.T) {
	if text := show(strings.Repeat("x", 10_000)); len(text) > 700 {
		t.Errorf("%d bytes are shown", len(text))
	}
}

func TestDeviationSaysWhere(t *testing.T) {
	d := Deviation{File: "lambda/x", Step: 3, Path: "status", Want: "200", Got: "201"}
	if got, want := d.String(), "lambda/x step 3: status: AWS 200, here 201"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
