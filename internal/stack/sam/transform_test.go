package sam

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sluice/internal/stack/template"
)

// TestCases transforms the reference implementation's own cases, and ours with its answers. Lists compare without their order,
// as there.
func TestCases(t *testing.T) {
	for _, folder := range []string{"testdata", "testdata/own"} {
		for _, path := range inputs(t, folder) {
			name := strings.TrimSuffix(filepath.Base(path), ".yaml")
			t.Run(name, func(t *testing.T) {
				parsed := parse(t, path)
				before := canonical(parsed.Tree)
				got, err := Transform(parsed.Tree, caseOptions(parsed))
				if canonical(parsed.Tree) != before {
					t.Error("the given template was changed")
				}
				if text, readErr := os.ReadFile(filepath.Join(folder, "error", name+".json")); readErr == nil {
					checkError(t, err, text)
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				checkOutput(t, got, filepath.Join(folder, "output", name+".json"))
			})
		}
	}
}

func inputs(t testing.TB, folder string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "input", "*.yaml"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases in %s: %v", folder, err)
	}
	return paths
}

func parse(t testing.TB, path string) *template.Template {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := template.Parse(string(text))
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func checkOutput(t *testing.T, got map[string]any, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := decode(t, text); !reflect.DeepEqual(settleLists(clone(got)), settleLists(want)) {
		t.Errorf("differs:\n%s", difference("", want, got))
	}
}

func checkError(t *testing.T, err error, text []byte) {
	t.Helper()
	want, _ := decode(t, text).(map[string]any)["errorMessage"].(string)
	if err == nil {
		t.Fatalf("no error, want %s", want)
	}
	var e *Error
	if !errors.As(err, &e) || e.Error() != want {
		t.Errorf("error %v\nwant  %s", err, want)
	}
}

// caseOptions are those of the reference implementation's runner.
func caseOptions(t *template.Template) Options {
	return Options{Region: "ap-southeast-1", Parameters: map[string]any{"param1": "value1", "param2": "value2"}, Position: t.Position}
}

func transformFile(t *testing.T, path string) (map[string]any, error) {
	t.Helper()
	parsed := parse(t, path)
	return Transform(parsed.Tree, caseOptions(parsed))
}

func transformText(t *testing.T, text string) (map[string]any, error) {
	t.Helper()
	parsed, err := template.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return Transform(parsed.Tree, caseOptions(parsed))
}

func decode(t *testing.T, text []byte) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// settleLists sorts the lists of a value, in place, by the text of their members, and writes numbers alike.
func settleLists(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			v[name] = settleLists(member)
		}
	case []any:
		for i, member := range v {
			v[i] = settleLists(member)
		}
		slices.SortFunc(v, func(a, b any) int { return strings.Compare(canonical(a), canonical(b)) })
	case json.Number:
		return json.Number(number(v))
	}
	return value
}

// difference lists where two values differ.
func difference(path string, want, got any) string {
	if reflect.DeepEqual(want, got) {
		return ""
	}
	w, wantMap := want.(map[string]any)
	g, gotMap := got.(map[string]any)
	if !wantMap || !gotMap {
		if canonical(settleLists(clone(want))) == canonical(settleLists(clone(got))) {
			return ""
		}
		return path + "\n\twant " + canonical(want) + "\n\tgot  " + canonical(got) + "\n"
	}
	var b strings.Builder
	for _, name := range sorted(w) {
		if _, ok := g[name]; !ok {
			b.WriteString(path + "/" + name + " is missing: " + canonical(w[name]) + "\n")
			continue
		}
		b.WriteString(difference(path+"/"+name, w[name], g[name]))
	}
	for _, name := range sorted(g) {
		if _, ok := w[name]; !ok {
			b.WriteString(path + "/" + name + " should not be there: " + canonical(g[name]) + "\n")
		}
	}
	return b.String()
}
