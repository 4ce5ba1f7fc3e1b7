package doctor

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/internal/host"
)

func states(findings []Finding) string {
	var all []string
	for _, f := range findings {
		all = append(all, f.Subject+" "+f.State)
	}
	return strings.Join(all, ", ")
}

func TestInterpreterFindings(t *testing.T) {
	got := interpreterFindings([]host.Interpreter{{Language: "Python", Version: "3.12.1", Path: "/py"}})
	if states(got) != "Python yes, Node.js no" || got[0].Detail != "3.12.1 at /py" || got[1].Needed || got[1].Advice == "" {
		t.Errorf("%+v", got)
	}
}

func TestExamineClock(t *testing.T) {
	for year, want := range map[int]string{1970: No, 2024: No, 2025: Yes, 2040: Yes} {
		if f := examineClock(time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)); f.State != want {
			t.Errorf("%d: %+v", year, f)
		}
	}
}

func TestExamineLooksAtEverythingAndLeavesNothing(t *testing.T) {
	data := t.TempDir()
	findings := Examine(t.Context(), Plan{Listen: "127.0.0.1:0", Data: data})
	subjects := map[string]bool{}
	for _, f := range findings {
		if subjects[f.Subject] || f.Detail == "" || f.State != Yes && f.State != Partly && f.State != No {
			t.Errorf("%+v", f)
		}
		subjects[f.Subject] = true
	}
	for _, want := range []string{"namespaces", "memory", "Python", "Node.js", "*.localhost", "data folder", "file system", "port", "clock"} {
		if !subjects[want] {
			t.Errorf("nothing is said of %s", want)
		}
	}
	if left, err := filepath.Glob(filepath.Join(data, "*")); err != nil || len(left) > 0 {
		t.Errorf("left are %v, %v", left, err)
	}
}
