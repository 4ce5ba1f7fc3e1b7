package sam

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"sluice/internal/race"
)

// oddities are values that stand where a template should have others.
var oddities = []any{
	nil, true, "", "text", json.Number("0"), json.Number("1.5"), []any{}, map[string]any{}, []any{nil}, []any{map[string]any{}, map[string]any{}},
	map[string]any{"Ref": nil}, map[string]any{"Ref": "AWS::NoValue"}, map[string]any{"Fn::If": []any{"C"}},
	map[string]any{"Fn::If": []any{map[string]any{}, []any{}, map[string]any{}}}, map[string]any{"Fn::GetAtt": []any{}},
	map[string]any{"Fn::Sub": []any{}}, map[string]any{"a": nil, "b": []any{}}, map[string]any{"": map[string]any{"": ""}},
}

// spots are the paths to all values of a tree.
func spots(value any, path []string, found *[][]string) {
	member := func(name string, value any) {
		inner := append(slices.Clone(path), name)
		*found = append(*found, inner)
		spots(value, inner, found)
	}
	switch v := value.(type) {
	case map[string]any:
		for _, name := range sorted(v) {
			member(name, v[name])
		}
	case []any:
		for i := range v {
			member(strconv.Itoa(i), v[i])
		}
	}
}

// put sets the value at a path of a tree.
func put(tree any, path []string, value any) {
	for i, name := range path {
		last := i == len(path)-1
		switch v := tree.(type) {
		case map[string]any:
			if last {
				v[name] = value
			}
			tree = v[name]
		case []any:
			at, _ := strconv.Atoi(name)
			if last {
				v[at] = value
			}
			tree = v[at]
		}
	}
}

// TestBrokenTemplatesGetAnAnswer puts values where they do not belong: the transform refuses them or passes them on, but
// never panics.
func TestBrokenTemplatesGetAnAnswer(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	rounds := 20
	if race.Enabled {
		rounds = 2
	}
	for _, path := range append(inputs(t, "testdata"), inputs(t, "testdata/own")...) {
		parsed := parse(t, path)
		var all [][]string
		spots(parsed.Tree, nil, &all)
		for range rounds {
			tree := clone(parsed.Tree).(map[string]any)
			spot := all[random.IntN(len(all))]
			odd := oddities[random.IntN(len(oddities))]
			put(tree, spot, clone(odd))
			attempt(t, tree, parsed.Position, path, spot, odd)
		}
	}
}

func attempt(t *testing.T, tree map[string]any, position func(...string) (int, int), path string, spot []string, odd any) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s with %s at %q panics: %v", path, canonical(odd), spot, r)
		}
	}()
	_, err := Transform(tree, Options{Region: "eu-west-1", Position: position})
	if e := (*Error)(nil); err != nil && (!errors.As(err, &e) || len(e.Faults()) == 0) {
		t.Errorf("%s with %s at %q: an error that tells nothing: %v", path, canonical(odd), spot, err)
	}
}
