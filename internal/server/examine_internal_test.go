package server

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/internal/host"
	"sluice/internal/host/sandbox"
)

func states(findings []Finding) string {
	var all []string
	for _, f := range findings {
		all = append(all, f.Subject+" "+f.State)
	}
	return strings.Join(all, ", ")
}

func TestSandboxFindings(t *testing.T) {
	forbidden := errors.New("forbidden")
	for _, tt := range []struct {
		name    string
		support sandbox.Support
		want    string
	}{
		{"everything", sandbox.Support{Landlock: 7, Limits: true},
			"system yes, namespaces yes, landlock yes, files yes, processes yes, number of processes yes, private /tmp yes, open files and file size yes, memory yes"},
		{"Landlock that keeps signals in", sandbox.Support{Namespaces: forbidden, Landlock: 6, Limits: true},
			"system yes, namespaces no, landlock yes, files yes, processes yes, number of processes no, private /tmp no, open files and file size yes, memory yes"},
		{"an older Landlock", sandbox.Support{Namespaces: forbidden, Landlock: 5, Limits: true},
			"system yes, namespaces no, landlock yes, files yes, processes no, number of processes no, private /tmp no, open files and file size yes, memory yes"},
		{"nothing", sandbox.Support{Namespaces: forbidden, Children: forbidden},
			"system yes, namespaces no, landlock no, files no, processes no, number of processes no, private /tmp no, open files and file size no, memory partly"},
	} {
		if got := states(sandboxFindings(tt.support)); got != tt.want {
			t.Errorf("%s: %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

func TestInterpreterFindings(t *testing.T) {
	got := interpreterFindings([]host.Interpreter{{Language: "Python", Version: "3.12.1", Path: "/py"}})
	if states(got) != "Python yes, Node.js no" || got[0].Detail != "3.12.1 at /py" || got[1].Needed || got[1].Advice == "" {
		t.Errorf("%+v", got)
	}
}

func TestExamineFolder(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	closed, open := filepath.Join(folder, "closed"), filepath.Join(folder, "open")
	if err := errors.Join(os.WriteFile(file, nil, 0o600), os.Mkdir(closed, 0o700), os.Mkdir(open, 0o700), os.Chmod(open, 0o750)); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		closed: Yes, open: Partly, file: No, filepath.Join(folder, "a/b/new"): Yes, filepath.Join(file, "below"): No,
	} {
		if f := examineFolder(path); f.State != want || !f.Needed || (want == Yes) != (f.Advice == "") {
			t.Errorf("%s: %+v, want %s", path, f, want)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "a")); !os.IsNotExist(err) {
		t.Errorf("it made the folder: %v", err)
	}
}

func TestExaminePort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	sluice := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/_sluice/health" {
			t.Errorf("asked for %s", r.URL.Path)
		}
	}))
	defer sluice.Close()
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	free := taken.Addr().String()
	if err := taken.Close(); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		free: Yes, sluice.Listener.Addr().String(): Yes, other.Listener.Addr().String(): No, "nonsense": No,
	} {
		if f := examinePort(t.Context(), Config{Listen: address}); f.State != want || !f.Needed {
			t.Errorf("%s: %+v, want %s", address, f, want)
		}
	}
}

func TestExamineClock(t *testing.T) {
	for year, want := range map[int]string{1970: No, 2024: No, 2025: Yes, 2040: Yes} {
		if f := examineClock(time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)); f.State != want {
			t.Errorf("%d: %+v", year, f)
		}
	}
}
