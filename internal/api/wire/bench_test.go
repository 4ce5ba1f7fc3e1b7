package wire_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"sluice/internal/api/shape/lambda"
	"sluice/internal/api/wire"
)

// sink is a ResponseWriter that keeps nothing.
type sink struct{ header http.Header }

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) Write(b []byte) (int, error) { return len(b), nil }
func (s *sink) WriteHeader(int)             {}

// BenchmarkInvoke is what wire adds to an invocation: signature, routing, reading and dispatch.
func BenchmarkInvoke(b *testing.B) {
	body := []byte(`{"name":"sluice-20"}`)
	s := wire.NewService(&lambda.Model)
	wire.HandleRaw(s, "Invoke", func(w http.ResponseWriter, r *wire.Request) error {
		if r.Label("FunctionName") != "hello" {
			b.Fatal("another function")
		}
		if qualifier, ok := r.Query("Qualifier"); !ok || qualifier != "live" {
			b.Fatal("another qualifier")
		}
		_, err := w.Write(r.Body)
		return err
	})
	server := serverOf(s)
	req := served(b, ask{method: "POST", path: things + "/hello/invocations?Qualifier=live", body: string(body)}.request(b))
	reader := bytes.NewReader(body)
	req.Body = io.NopCloser(reader)
	w := &sink{header: http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		reader.Reset(body)
		clear(w.header)
		server.ServeHTTP(w, req)
	}
	if w.header.Get("X-Amzn-Errortype") != "" {
		b.Fatal(w.header)
	}
}

// BenchmarkDeleteAlias is a typed operation: decoding and validation besides.
func BenchmarkDeleteAlias(b *testing.B) {
	f := newFixture()
	req := served(b, ask{method: "DELETE", path: things + "/hello/aliases/live"}.request(b))
	w := &sink{header: http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		clear(w.header)
		f.server.ServeHTTP(w, req)
	}
}

// BenchmarkNewServer is wire's part of the server's start.
func BenchmarkNewServer(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		serverOf(wire.NewService(&lambda.Model))
	}
}
