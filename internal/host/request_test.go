package host

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"
)

func parse(text string) (*request, *bufio.Reader, error) {
	r := &request{}
	in := bufio.NewReaderSize(strings.NewReader(text), maxLine)
	return r, in, r.readHead(in)
}

func TestReadHead(t *testing.T) {
	for _, tt := range []struct {
		name, text   string
		method, path string
		length       int64
		expect, last bool
		errorType    string
	}{
		{"plain", "GET /a/b HTTP/1.1\r\nHost: x\r\n\r\n", "GET", "/a/b", 0, false, false, ""},
		{"bare line feeds", "GET /a HTTP/1.1\nHost: x\n\n", "GET", "/a", 0, false, false, ""},
		{"a query", "GET /a?b=c HTTP/1.1\r\n\r\n", "GET", "/a", 0, false, false, ""},
		{"a length", "POST /a HTTP/1.1\r\nContent-Length:  12 \r\n\r\n", "POST", "/a", 12, false, false, ""},
		{"chunks", "POST /a HTTP/1.1\r\nTRANSFER-ENCODING: Chunked\r\n\r\n", "POST", "/a", -1, false, false, ""},
		{"chunks and a length", "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", "POST", "/a", -1, false, false, ""},
		{"a question before the body", "POST /a HTTP/1.1\r\nExpect: 100-Continue\r\n\r\n", "POST", "/a", 0, true, false, ""},
		{"the end of the connection", "GET /a HTTP/1.1\r\nConnection: Close\r\n\r\n", "GET", "/a", 0, false, true, ""},
		{"the old version", "GET /a HTTP/1.0\r\n\r\n", "GET", "/a", 0, false, true, ""},
		{"the old version, going on", "GET /a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "GET", "/a", 0, false, false, ""},
		{"an error type", "POST /a HTTP/1.1\r\nlambda-runtime-function-error-type: A.B\r\n\r\n", "POST", "/a", 0, false, false, "A.B"},
		{"a value with colons", "GET /a HTTP/1.1\r\nA: b: c: d\r\n\r\n", "GET", "/a", 0, false, false, ""},
		{"an empty value", "GET /a HTTP/1.1\r\nA:\r\n\r\n", "GET", "/a", 0, false, false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, _, err := parse(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			got := []any{string(r.method), string(r.path), r.length, r.expect, r.last, string(r.errorType)}
			want := []any{tt.method, tt.path, tt.length, tt.expect, tt.last, tt.errorType}
			for i := range got {
				if got[i] != want[i] {
					t.Errorf("got %v, want %v", got, want)
					break
				}
			}
		})
	}
}

func TestReadHeadRefuses(t *testing.T) {
	for text, want := range map[string]error{
		"":                                    io.EOF,
		"GET":                                 errRequestLine,
		"GET /\r\n\r\n":                       errRequestLine,
		"GET  HTTP/1.1\r\n\r\n":               errRequestLine,
		" / HTTP/1.1\r\n\r\n":                 errRequestLine,
		"GET x HTTP/1.1\r\n\r\n":              errRequestLine,
		"GET / HTTP/1.1 \r\n\r\n":             errRequestLine,
		"GET / HTTP/1.1\r\n":                  errHeader,
		"GET / HTTP/1.1\r\nA\r\n\r\n":         errHeader,
		"GET / HTTP/1.1\r\nA : b\r\n\r\n":     errHeader,
		"GET / HTTP/1.1\r\nA: b":              errHeader,
		"P / HTTP/1.1\r\nContent-Length: +1":  errHeader,
		"P / HTTP/1.1\r\nContent-Length:\r\n": errLength,
		"P / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n": errLength,
		"P / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n":     errBody,
	} {
		if _, _, err := parse(text); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
	}
}

func TestReadBodyLeavesTheNextRequest(t *testing.T) {
	const next = "GET /next HTTP/1.1\r\n\r\n"
	for _, text := range []string{
		"POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody" + next,
		"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n" + next,
		"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\nA: b\r\nC: d\r\n\r\n" + next,
	} {
		r, in, err := parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if body, err := r.readBody(in); err != nil || string(body) != "body" {
			t.Errorf("%q: body %q, %v", text, body, err)
		}
		if rest, err := io.ReadAll(in); err != nil || string(rest) != next {
			t.Errorf("%q: left %q, %v", text, rest, err)
		}
	}
}

func TestReadBodyRefuses(t *testing.T) {
	const chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
	for text, want := range map[string]error{
		"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nshort":       errBody,
		"POST / HTTP/1.1\r\nContent-Length: 7000000\r\n\r\nshort": errBody,
		"POST / HTTP/1.1\r\nContent-Length: 4000000000\r\n\r\n":   errBody,
		chunked + "5\r\nab":          errBody,
		chunked + "x\r\n":            errBody,
		chunked + "2\r\nabc\r\n0":    errBody,
		chunked + "2\r\nab\r\n0\r\n": errHeader,
	} {
		r, in, err := parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if body, err := r.readBody(in); !errors.Is(err, want) {
			t.Errorf("%q: %q, %v, want %v", text, body, err, want)
		}
	}
}

func TestTheLargestAnswer(t *testing.T) {
	for _, head := range []string{
		"POST / HTTP/1.1\r\nContent-Length: 6291556\r\n\r\n", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n600064\r\n",
	} {
		r, in, err := parse(head + strings.Repeat("x", 0x600064) + "\r\n0\r\n\r\n")
		if err != nil {
			t.Fatal(err)
		}
		if body, err := r.readBody(in); err != nil || len(body) != maxResponse {
			t.Errorf("%q: %d bytes, %v", head, len(body), err)
		}
	}
}

func TestTrailers(t *testing.T) {
	long := strings.Repeat("x", 100_000)
	for _, tt := range []struct {
		name, text      string
		errorType, body string
		err             error
	}{
		{"none", "\r\n", "", "", nil},
		{"bare line feeds", "A: b\n\n", "", "", nil},
		{"an error", "Lambda-Runtime-Function-Error-Type: A.B\r\nlambda-runtime-function-error-body:e30=\r\n\r\n", "A.B", "e30=", nil},
		{"a long error", "Lambda-Runtime-Function-Error-Body: " + long + "\r\nA: b\r\n\r\n", "", long, nil},
		{"no end", "A: b\r\n", "", "", errHeader},
		{"an endless line", "A: " + strings.Repeat("x", maxHeaders), "", "", errHeaderSize},
		{"endless lines", strings.Repeat("A: "+long+"\r\n", 22), "", "", errHeaderSize},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := &request{}
			err := r.readTrailer(bufio.NewReaderSize(strings.NewReader(tt.text), maxLine))
			if !errors.Is(err, tt.err) || string(r.trailerType) != tt.errorType || string(r.trailerBody) != tt.body {
				t.Errorf("%v, type %q, body %.50q", err, r.trailerType, r.trailerBody)
			}
		})
	}
}

func TestABodyOfKnownLengthIsReadToItsEnd(t *testing.T) {
	for text, want := range map[string]error{"abcde": nil, "abc": nil, "ab": io.ErrUnexpectedEOF} {
		body := (&request{length: 3}).bodyReader(strings.NewReader(text))
		if got, err := io.ReadAll(body); !errors.Is(err, want) || err == nil && string(got) != "abc" {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}
