package payload

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// shown writes an answer as HTTP does, headers in their names' order.
func shown(a *Answer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d", a.Status)
	for _, name := range slices.Sorted(maps.Keys(a.Header)) {
		for _, value := range a.Header[name] {
			fmt.Fprintf(&b, "|%s: %s", name, value)
		}
	}
	return b.String() + "|" + string(a.Body)
}

const asJSON = "200|Content-Type: application/json|"

func TestAnswersAreInferred(t *testing.T) { // recordings test_lambda_url_invocation
	for _, tt := range []struct{ name, answer, want string }{
		{"an object", `{"hello": "world"}`, asJSON + `{"hello":"world"}`},
		{"an object keeps its order", `{"b": 1, "a": [ ]}`, asJSON + `{"b":1,"a":[]}`},
		{"a list", `["hello", 3, true]`, asJSON + `["hello",3,true]`},
		{"a text", `"hello"`, asJSON + `hello`},
		{"a text with escapes", `"a\"\u00fc\n"`, asJSON + "a\"ü\n"},
		{"an integer", `3`, asJSON + `3`},
		{"a fraction", `3.1`, asJSON + `3.1`},
		{"a truth", ` true `, asJSON + `true`},
		{"nothing", `null`, asJSON + `null`},
		{"no JSON", `<p>`, asJSON + `<p>`},
		{"no bytes", ``, asJSON},
		{"a body without a status", `{"body":"x"}`, asJSON + `{"body":"x"}`},
		{"another spelling of the status", `{"StatusCode":404}`, asJSON + `{"StatusCode":404}`},
		{"no status", `{"statusCode":null}`, asJSON + `{"statusCode":null}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := ReadAnswer([]byte(tt.answer))
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(a); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestAnswersInParts(t *testing.T) {
	for _, tt := range []struct{ name, answer, want string }{
		{"a status alone", `{"statusCode":204}`, "204|Content-Type: application/json|"},
		{"a status in quotes", `{"statusCode":"418","body":"i'm a teapot"}`, "418|Content-Type: application/json|i'm a teapot"},
		{"a status with a fraction", `{"statusCode":201.0}`, "201|Content-Type: application/json|"},
		{"headers", `{"statusCode":200,"headers":{"content-type":"text/html","X-Number":1,"x-truth":true,"x-none":null},"body":"<p>"}`,
			"200|Content-Type: text/html|X-Number: 1|X-Truth: true|<p>"},
		{"no headers", `{"statusCode":200,"headers":null}`, asJSON},
		{"headers of the connection", `{"statusCode":200,"headers":{"Connection":"close","transfer-encoding":"chunked","Content-Length":"7"},"body":"x"}`, asJSON + "x"},
		{"cookies", `{"statusCode":200,"cookies":["a=1; Secure","b=2"]}`,
			"200|Content-Type: application/json|Set-Cookie: a=1; Secure|Set-Cookie: b=2|"},
		{"a body in base64", `{"statusCode":200,"isBase64Encoded":true,"body":"AP8="}`, asJSON + "\x00\xff"},
		{"a body that only looks so", `{"statusCode":200,"isBase64Encoded":false,"body":"AP8="}`, asJSON + "AP8="},
		{"an object for a body", `{"statusCode":200,"body":{"foo": "bar"}}`, asJSON + `{"foo":"bar"}`},
		{"no body", `{"statusCode":200,"body":null}`, asJSON},
		{"members that nobody knows", `{"statusCode":200,"multiValueHeaders":{"a":["b"]},"other":1}`, asJSON},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := ReadAnswer([]byte(tt.answer))
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(a); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestMalformedAnswers(t *testing.T) {
	for _, answer := range []string{
		`{"statusCode":"many"}`, `{"statusCode":99}`, `{"statusCode":101}`, `{"statusCode":600}`, `{"statusCode":200.5}`, `{"statusCode":{}}`,
		`{"statusCode":200,"headers":[]}`, `{"statusCode":200,"headers":{"a":["b"]}}`, `{"statusCode":200,"headers":{"a b":"c"}}`,
		`{"statusCode":200,"headers":{"":"c"}}`, `{"statusCode":200,"headers":{"a":"b\r\nc: d"}}`,
		`{"statusCode":200,"cookies":"a=1"}`, `{"statusCode":200,"cookies":["a\n"]}`,
		`{"statusCode":200,"isBase64Encoded":true,"body":"%"}`,
	} {
		t.Run(answer, func(t *testing.T) {
			if a, err := ReadAnswer([]byte(answer)); !errors.Is(err, ErrMalformed) {
				t.Errorf("got %+v, %v", a, err)
			}
		})
	}
}

func FuzzReadAnswer(f *testing.F) {
	for _, seed := range []string{`{"statusCode":200,"headers":{"a":1},"cookies":["c"],"body":"x","isBase64Encoded":true}`, `"x"`, `[`, ``, `{}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		a, err := ReadAnswer(answer)
		if err != nil {
			if !errors.Is(err, ErrMalformed) {
				t.Errorf("error %v", err)
			}
			return
		}
		if a.Status < 200 || a.Status > 599 || a.Header.Get("Content-Type") == "" && len(a.Header["Content-Type"]) == 0 {
			t.Errorf("answer %+v", a)
		}
		for name, values := range a.Header {
			if !isToken(name) || slices.ContainsFunc(values, func(v string) bool { return !isField(v) }) {
				t.Errorf("header %q: %q", name, values)
			}
		}
	})
}
