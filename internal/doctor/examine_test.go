package doctor

import (
	"errors"
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

func TestNamesFinding(t *testing.T) {
	for _, tt := range []struct {
		name      string
		addresses []string
		err       error
		want      string
	}{
		{"this machine", []string{"127.0.0.1", "::1"}, nil, "resolves to this machine"},
		{"unknown", nil, errors.New("lookup id.lambda-url.us-east-1.localhost on 10.0.0.2:53: no such host"), "names below localhost don't resolve here"},
		{"no address", nil, nil, "names below localhost don't resolve here"},
		{"elsewhere", []string{"127.0.0.1", "192.0.2.1"}, nil, "names below localhost lead to 192.0.2.1, which is not this machine"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := namesFinding(tt.addresses, tt.err)
			if f.Detail != tt.want || f.Needed || (f.State == Yes) == strings.Contains(f.Advice, "/_sluice/url/ID/") {
				t.Errorf("%+v, want %s", f, tt.want)
			}
		})
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
	for _, want := range []string{"namespaces", "memory", "Python", "Node.js", "*.localhost", "AWS CLI", "data folder", "file system", "port", "clock"} {
		if !subjects[want] {
			t.Errorf("nothing is said of %s", want)
		}
	}
	if left, err := filepath.Glob(filepath.Join(data, "*")); err != nil || len(left) > 0 {
		t.Errorf("left are %v, %v", left, err)
	}
}
