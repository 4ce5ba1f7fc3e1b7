package oas_test

import (
	"encoding/json"
	"strings"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/oas"
)

// JSON and YAML that say the same are the same tree.
func TestParse(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"JSON":                     {` {"a": [1, 2.0, "3", true, null]} `, `{"a":[1,2.0,"3",true,null]}`},
		"YAML":                     {"a: [1, 2.0, '3', true, null]", `{"a":[1,2.0,"3",true,null]}`},
		"JSON within YAML":         {"a: {\"b\": 1}\n", `{"a":{"b":1}}`},
		"large numbers":            {`{"a": 12345678901234567890}`, `{"a":12345678901234567890}`},
		"large numbers of YAML":    {"a: 12345678901234567890", `{"a":12345678901234567890}`},
		"numbers JSON has not":     {"a: 0x10\nb: .inf\nc: 007", `{"a":"0x10","b":".inf","c":"007"}`},
		"truths":                   {"a: True\nb: FALSE\nc: yes", `{"a":true,"b":false,"c":"yes"}`},
		"statuses as keys":         {"200: ok\ndefault: other", `{"200":"ok","default":"other"}`},
		"texts of several lines":   {"a: |\n  b\n  c\n", `{"a":"b\nc\n"}`},
		"nothing within an object": {"a:\nb: ~", `{"a":null,"b":null}`},
		"dates are texts":          {"swagger: 2.0\ndate: 2024-01-01", `{"date":"2024-01-01","swagger":2.0}`},
	} {
		t.Run(name, func(t *testing.T) {
			root, err := oas.Parse([]byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := json.Marshal(root); err != nil || string(got) != tt.want {
				t.Errorf("%s, %v; want %s", got, err, tt.want)
			}
		})
	}
}

func nested(depth int) string {
	return strings.Repeat(`{"a":`, depth) + "1" + strings.Repeat("}", depth)
}

func TestTextsThatAreNoDocument(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"nothing":         {"", "Invalid OpenAPI input."},
		"a text":          {"hello", "Invalid OpenAPI input."},
		"a list":          {"[1]", "Invalid OpenAPI input."},
		"broken JSON":     {`{"a": `, "Invalid OpenAPI input: unexpected EOF"},
		"broken YAML":     {"a: [1", "Invalid OpenAPI input: "},
		"an alias":        {"a: &x 1\nb: *x", "Invalid OpenAPI input: YAML aliases are not supported (line 2)"},
		"an alias inside": {"a: [&x 1, [*x]]", "Invalid OpenAPI input: YAML aliases are not supported (line 1)"},
		"deep JSON":       {nested(101), "nested too deeply"},
		"deep YAML":       {"# YAML\n" + nested(150), "nested too deeply"},
		"deep lists":      {`{"a":` + strings.Repeat("[", 101) + "1" + strings.Repeat("]", 101) + "}", "nested too deeply"},
		"too long":        {strings.Repeat(" ", oas.MaxSize+1), "the document has more than 6291456 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			root, err := oas.Parse([]byte(tt.text))
			if !fault.Is(err, fault.Invalid, "request") || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, %v; want %s", root, err, tt.want)
			}
		})
	}
	if _, err := oas.Parse([]byte(nested(100))); err != nil {
		t.Errorf("a document as deep as may be: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"a": [1, {"$ref": "#/a"}]}`, "a: &x [1]\nb: *x", "? a\n: b", "%YAML 1.1\n---\na: !!binary x", "\x00", "{"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		root, err := oas.Parse(text)
		if err == nil && root == nil {
			t.Error("neither a document nor an error")
		}
		if _, err := json.Marshal(root); err != nil {
			t.Errorf("the tree is more than JSON: %v", err)
		}
	})
}
