package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sluice/internal/client"
)

func TestGuardMeasuresEachRelease(t *testing.T) {
	g, err := measureGuard(t.Context(), self(t), 120, time.Minute, 2)
	if err != nil || len(g.closings) != 2 {
		t.Fatalf("%d releases were closed, %v", len(g.closings), err)
	}
	for _, took := range g.closings {
		if took <= 0 || took > 30*time.Second {
			t.Errorf("closed %v after the end of the period", took)
		}
	}
}

// fake is a server that gives one answer after the other, and the last for ever.
func fake(t *testing.T, answers ...any) *instance {
	t.Helper()
	next := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := json.NewEncoder(w).Encode(answers[min(next, len(answers)-1)]); err != nil {
			t.Error(err)
		}
		next++
	}))
	t.Cleanup(s.Close)
	return &instance{client: &client.Client{URL: s.URL}}
}

func TestAwaitClosing(t *testing.T) {
	alias := func(version string, weights object) object {
		return object{"FunctionVersion": version, "RoutingConfig": object{"AdditionalVersionWeights": weights}}
	}
	closed, split, passed := alias("1", nil), alias("1", object{"2": 0.1}), alias("2", nil)
	t.Run("after it was open", func(t *testing.T) {
		began := time.Now()
		if at, err := fake(t, closed, split, split, closed, split).awaitClosing(t.Context(), "live"); err != nil || at.Before(began) {
			t.Errorf("closed at %v, %v", at, err)
		}
	})
	t.Run("the version arrives", func(t *testing.T) {
		if _, err := fake(t, closed, split, passed).awaitClosing(t.Context(), "live"); err == nil || !strings.Contains(err.Error(), "version 2") {
			t.Errorf("error %v, want one that names the version", err)
		}
	})
}
