package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"sluice/internal/client"
)

func TestVisitorsNoteTheLastCallThatMetAVersion(t *testing.T) {
	const met, more = 20, 3 * visitorCount
	var mu sync.Mutex
	var calls int
	var last time.Time // when the last call came that met version 2
	over := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		version := "1"
		if calls++; calls <= met {
			version, last = "2", time.Now()
		}
		if calls == met+more {
			close(over)
		}
		w.Header().Set("X-Amz-Executed-Version", version)
		fmt.Fprint(w, "{}")
	}))
	defer s.Close()
	began := time.Now()
	v := visit(t.Context(), &client.Client{URL: s.URL}, "/invocations", "2")
	<-over
	if got := v.end(); got.Before(began) || got.After(last) {
		t.Errorf("the last call that met version 2 began at %v; the first began at %v, and it came at %v", got, began, last)
	}
	if again := v.end(); again != v.last {
		t.Errorf("asked again, it says %v", again)
	}
}
