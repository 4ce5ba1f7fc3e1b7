package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

func TestGenerateCountsAnswersAndFailures(t *testing.T) {
	var served atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if string(body) != "hello" || r.Header.Get("X-Signed") != "yes" {
			t.Errorf("body %q, header %v", body, r.Header)
		}
		if served.Add(1)%2 == 0 {
			w.WriteHeader(http.StatusTooManyRequests)
		}
		w.Write([]byte("answer"))
	}))
	defer s.Close()
	r, err := http.NewRequest("POST", s.URL+"/path", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Signed", "yes")
	got, err := generate(t.Context(), r, []byte("hello"), 2, 50*time.Millisecond)
	if err != nil || got.requests != int(served.Load()) || got.failed != got.requests/2 || got.p50 == 0 || got.p99 < got.p50 {
		t.Errorf("result %+v, %v; the server answered %d", got, err, served.Load())
	}
}

func TestGenerateReportsABrokenConnection(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		panic(http.ErrAbortHandler)
	}))
	defer s.Close()
	r, _ := http.NewRequest("POST", s.URL, nil)
	if _, err := generate(t.Context(), r, nil, 1, 50*time.Millisecond); err == nil {
		t.Error("no error")
	}
}
