package velocity

import "testing"

// JSONPath as API Gateway's templates use it (its page on $input, and the paths of Jayway's library, which it runs).
func TestPathsRowByRow(t *testing.T) {
	const body = `{"a": {"b": [1, 2, 3], "c": {"d": "x", "e": null}}, "list": [{"n": 1, "s": "one"}, {"n": 2, "s": "two"}, {"n": 3}], "": "empty",
		"with space": 1, "dotted.key": 2, "0": "zero", "true": false, "nested": [[1, 2], [3]], "unicode": "ü"}`
	for path, want := range map[string]string{
		`$.a`:                   `{"b":[1,2,3],"c":{"d":"x","e":null}}`,
		`$.a.b`:                 `[1,2,3]`,
		`$.a.b[0]`:              `1`,
		`$.a.b[2]`:              `3`,
		`$.a.b[3]`:              `""`,
		`$.a.b[-1]`:             `3`,
		`$.a.b[-4]`:             `""`,
		`$.a.b[0:2]`:            `[1,2]`,
		`$.a.b[1:]`:             `[2,3]`,
		`$.a.b[:1]`:             `[1]`,
		`$.a.b[-2:]`:            `[2,3]`,
		`$.a.b[0,2]`:            `[1,3]`,
		`$.a.b[*]`:              `[1,2,3]`,
		`$.a.b.*`:               `[1,2,3]`,
		`$.a.c.d`:               `"x"`,
		`$.a.c.e`:               `""`,
		`$.a.c['d']`:            `"x"`,
		`$['a']['c']['d']`:      `"x"`,
		`$["a"]["c"]["d"]`:      `"x"`,
		`$.a['b'][1]`:           `2`,
		`$.a.nope.deeper`:       `""`,
		`$.a.c.d.e`:             `""`,
		`$.list[0].s`:           `"one"`,
		`$.list[*].n`:           `[1,2,3]`,
		`$.list[*].s`:           `["one","two"]`,
		`$.list[?(@.n == 2)].s`: `["two"]`,
		`$.list[?(@.n > 1)].n`:  `[2,3]`,
		`$.list[?(@.n <= 2)].n`: `[1,2]`,
		`$.list[?(@.n != 2)].n`: `[1,3]`,
		`$.list[?(@.n > 9)]`:    `[]`,
		`$..d`:                  `["x"]`,
		`$..nope`:               `[]`,
		`$['with space']`:       `1`,
		`$['dotted.key']`:       `2`,
		`$['0']`:                `"zero"`,
		`$.nested[0][1]`:        `2`,
		`$.nested[1]`:           `[3]`,
		`$.nested[*][0]`:        `[1,3]`,
		`$.unicode`:             `"ü"`,
		`$.`:                    `""`,
		`$[`:                    `""`,
		`$.a[`:                  `""`,
		`$.list[?(`:             `""`,
		`nope(`:                 `""`,
	} {
		t.Run(path, func(t *testing.T) {
			r := newRun(nil)
			if got, err := NewInput(body, nil, nil, nil).json(r, []any{path}); err != nil || got != want {
				t.Errorf("got %v, %v; want %s", got, err, want)
			}
		})
	}
}
