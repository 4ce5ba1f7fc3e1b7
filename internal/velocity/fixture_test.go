package velocity

import (
	"testing"
)

const document = `{"name": "Ann", "age": 7, "price": 1.5, "tags": ["a", "b"], "pets": [{"kind": "cat", "n": 1}, {"kind": "dog", "n": 2}], "a-b": {"c": true}, "none": null}`

// variables are what the tests' templates know.
func variables() map[string]any {
	context := NewMap(map[string]any{"stage": "dev", "requestOverride": NewMap(map[string]any{"querystring": &Map{}, "path": &Map{}})})
	return map[string]any{
		"input":   NewInput(document, map[string]string{"id": "7"}, map[string]string{"q": "x y", "id": "query"}, map[string]string{"X-A": "head"}),
		"util":    NewTools(),
		"context": context,
	}
}

func render(t *testing.T, text string) string {
	t.Helper()
	parsed, err := Parse(text)
	if err != nil {
		t.Fatalf("parse %s: %v", text, err)
	}
	got, err := parsed.Render(variables())
	if err != nil {
		t.Fatalf("render %s: %v", text, err)
	}
	return got
}

// rendering is a template and its text.
type rendering struct{ name, text, want string }

func wantRendered(t *testing.T, all []rendering) {
	t.Helper()
	for _, tt := range all {
		t.Run(tt.name, func(t *testing.T) {
			if got := render(t, tt.text); got != tt.want {
				t.Errorf("%s\ngot  %q\nwant %q", tt.text, got, tt.want)
			}
		})
	}
}
