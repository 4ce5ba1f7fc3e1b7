package wire

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sluice/internal/api/shape/lambda"
)

// std reads a document as the standard library does.
func std(body []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, io.ErrUnexpectedEOF
	}
	return tree, nil
}

// plain turns text into strings.
func plain(tree any) any {
	switch x := tree.(type) {
	case text:
		s, _ := asString(x)
		return s
	case []any:
		for i := range x {
			x[i] = plain(x[i])
		}
	case map[string]any:
		for key := range x {
			x[key] = plain(x[key])
		}
	}
	return tree
}

// same reports where the parser and the standard library differ about a document.
func same(t interface{ Errorf(string, ...any) }, body []byte) {
	want, wantErr := std(body)
	got, err := parseJSON(body)
	if (err == nil) != (wantErr == nil) {
		t.Errorf("%q: %v, but the standard library says %v", body, err, wantErr)
	} else if err == nil && !reflect.DeepEqual(plain(got), want) {
		t.Errorf("%q is %#v, but for the standard library %#v", body, plain(got), want)
	}
}

func TestParseJSONAgreesWithTheStandardLibrary(t *testing.T) {
	for _, body := range []string{
		`{}`, `[]`, `""`, `"a"`, `0`, `-0`, `1e5`, `1E+5`, `-1.50e-3`, `null`, `true`, `false`, " \t\r\n{ \"a\" : [ 1 , 2 ] } ",
		`{"a":{"b":[{"c":null}]},"a":2}`, `"\u00e9\n\"\\\/"`, `"\ud83e\udd80"`, `"\ud83e"`, "\"\xff\"", `"é"`, `{"\u0061":1}`,
		`[[[[[[1]]]]]]`, ``, ` `, `{`, `[`, `}`, `{}}`, `{} {}`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{,}`, `[1,]`, `[,]`, `[1 2]`, `{a:1}`,
		`{1:1}`, `{"a" 1}`, `"`, `"\"`, `"\x"`, `"\u12"`, "\"\n\"", "\"\x00\"", `01`, `+1`, `.5`, `1.`, `1e`, `--1`, `NaN`, `nul`,
		`nullx`, `truefalse`, `'a'`, "\ufeff{}", `1.2.3`, `-`,
	} {
		same(t, []byte(body))
	}
}

func TestAnyTextIsJSONOrNot(t *testing.T) {
	parts := []string{"{", "}", "[", "]", ",", ":", `"`, `"a"`, `"b":`, "1", "-2.5e3", "null", "true", `\`, `\u0041`, " ", "\n", "é"}
	rapid.Check(t, func(t *rapid.T) {
		same(t, []byte(strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 12).Draw(t, "parts"), "")))
	})
}

func FuzzParseJSON(f *testing.F) {
	f.Add([]byte(`{"a":[1,"\u00e9",null]}`))
	f.Fuzz(func(t *testing.T, body []byte) { same(t, body) })
}

func TestJSONErrorsSayWhere(t *testing.T) {
	deep := strings.Repeat("[", deepest+2) + strings.Repeat("]", deepest+2)
	for body, want := range map[string]string{
		`{`:               `unexpected end where a member's name is expected`,
		`{}x`:             `unexpected "x" at byte 2 after the document's end`,
		`{"a":"b"`:        `unexpected end where a comma is expected`,
		`{"a" "b"}`:       `unexpected "\"" at byte 5 where a colon is expected`,
		`{"a":SECRET}`:    `unexpected "S" at byte 5 where a value is expected`,
		`["a\q"]`:         `an escape that is none before byte 6`,
		"[\"a\nSECRET\"]": `unexpected "\n" at byte 3 in a string`,
		`["SECRET`:        `unexpected end in a string`,
		deep:              `more than 256 levels`,
	} {
		if _, err := parseJSON([]byte(body)); err == nil || err.Error() != want {
			t.Errorf("%.40s: got %v, want %s", body, err, want)
		}
	}
}

// BenchmarkReadPackage is a CreateFunction with a package of 48 MB.
func BenchmarkReadPackage(b *testing.B) {
	body := []byte(`{"FunctionName":"f","Code":{"ZipFile":"` + base64.StdEncoding.EncodeToString(make([]byte, 48<<20)) + `"}}`)
	b.ReportAllocs()
	for b.Loop() {
		var in lambda.CreateFunctionRequest
		if err := readJSON(body, reflect.ValueOf(&in).Elem()); err != nil {
			b.Fatal(err)
		}
	}
}

func TestJSONBoundsItsValues(t *testing.T) {
	list := func(n int) string { return "[" + strings.Repeat("0,", n-1) + "0]" }
	for name, tt := range map[string]struct {
		body string
		ok   bool
	}{
		"the longest list":   {list(maxItems), true},
		"a list too long":    {list(maxItems + 1), false},
		"too many in lists":  {"[" + strings.Repeat(list(maxItems)+",", 8) + "0]", false},
		"as many in objects": {`{"a":` + strings.Repeat(`{"a":0},"a":`, 1<<19) + `0}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := parseJSON([]byte(tt.body)); (err == nil) != tt.ok {
				t.Errorf("error %v", err)
			}
		})
	}
}
