package conformance

import (
	"archive/zip"
	"bytes"
	"io"
	"reflect"
	"testing"
	"time"
)

func TestResolve(t *testing.T) {
	p := &parameters{answers: []any{tree(`{"Id":"i"}`)}, started: time.Unix(1000, 0)}
	for text, want := range map[string]any{
		`"${0.Id}"`:         "i",
		`[1,"${0.Id}"]`:     []any{whole("1"), "i"},
		`{"text":"raw"}`:    []byte("raw"),
		`{"base64":"AAE="}`: []byte{0, 1},
		`{"repeat":{"before":"<","text":"ab","times":3,"after":">"}}`: []byte("<ababab>"),
		`{"json":{"a":["${0.Id}"]}}`:                                  `{"a":["i"]}`,
		`{"now":60}`:                                                  whole("1060"),
		`{"now_s":-1}`:                                                whole("999"),
		`{"now_ms":5}`:                                                whole("1000005"),
		`{"text":"a","other":"b"}`:                                    map[string]any{"text": "a", "other": "b"},
		`{"A":{"B":"${0.Id}"}}`:                                       map[string]any{"A": map[string]any{"B": "i"}},
		`{"A":true}`:                                                  map[string]any{"A": true},
	} {
		if got, err := p.resolve(tree(text)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %#v, %v; want %#v", text, got, err, want)
		}
	}
}

func TestResolveRefuses(t *testing.T) {
	for _, text := range []string{
		`{"zip":"no files"}`, `{"base64":"?"}`, `{"repeat":{"text":"a"}}`, `{"repeat":{"text":"a","times":-1}}`,
		`{"now":"soon"}`, `{"A":[{"zip":1}]}`,
	} {
		if got, err := (&parameters{}).resolve(tree(text)); err == nil {
			t.Errorf("%s is %v, want an error", text, got)
		}
	}
}

func TestZipsOfEqualFilesAreEqual(t *testing.T) {
	files := tree(`{"b.py":"b","a.py":"a"}`)
	first, err := zipped(files)
	if err != nil {
		t.Fatal(err)
	}
	second, _ := zipped(files)
	if !bytes.Equal(first, second) {
		t.Error("the zips differ")
	}
	archive, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil || len(archive.File) != 2 {
		t.Fatalf("the zip has %v, %v", archive, err)
	}
	file, err := archive.Open("b.py")
	if err != nil {
		t.Fatal(err)
	}
	if content, _ := io.ReadAll(file); string(content) != "b" {
		t.Errorf("b.py is %q", content)
	}
}
