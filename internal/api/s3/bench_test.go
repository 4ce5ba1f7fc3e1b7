package s3_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

func newRecorder() *httptest.ResponseRecorder { return httptest.NewRecorder() }

const benchSize = 50 << 20

func BenchmarkPutObject(b *testing.B) {
	s := newBench(b)
	content := bytes.Repeat([]byte("0123456789abcdef"), benchSize/16)
	b.SetBytes(benchSize)
	n := byte(0)
	for b.Loop() {
		n++
		content[0] = n // other content each time
		r, err := http.NewRequest("PUT", s.url+"/bkt/k", bytes.NewReader(content))
		if err != nil {
			b.Fatal(err)
		}
		s.ok(s.send(s.sign(r, "UNSIGNED-PAYLOAD")))
	}
}

func BenchmarkGetObject(b *testing.B) {
	s := newBench(b)
	r, err := http.NewRequest("PUT", s.url+"/bkt/k", bytes.NewReader(make([]byte, benchSize)))
	if err != nil {
		b.Fatal(err)
	}
	s.ok(s.send(s.sign(r, "UNSIGNED-PAYLOAD")))
	b.SetBytes(benchSize)
	for b.Loop() {
		got, err := http.DefaultTransport.RoundTrip(s.sign(s.request("GET", "/bkt/k", ""), "UNSIGNED-PAYLOAD"))
		if err != nil {
			b.Fatal(err)
		}
		if n, err := io.Copy(io.Discard, got.Body); n != benchSize || err != nil {
			b.Fatal(n, err)
		}
		got.Body.Close()
	}
}

// A small object costs what it takes to get it and its record to disk.
func BenchmarkPutSmallObject(b *testing.B) {
	s := newBench(b)
	n := byte(0)
	for b.Loop() {
		n++
		s.ok(s.call("PUT", "/bkt/k", string([]byte{n})))
	}
}
