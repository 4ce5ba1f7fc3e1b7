package lambda

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/internal/api/wire"
	"sluice/internal/fault"
)

// shelf answers Open with a file or an error.
type shelf struct {
	file string
	err  error
}

func (s shelf) Open(context.Context, string) (*os.File, error) {
	if s.err != nil {
		return nil, s.err
	}
	return os.Open(s.file)
}

// load gives a location out, changes it, lets a time pass and loads it. It returns the answer and what was logged.
func load(t *testing.T, from Packages, change func(string) string, later time.Duration) (*httptest.ResponseRecorder, string) {
	t.Helper()
	var log bytes.Buffer
	d := NewDownloads(from, "secret", slog.New(slog.NewTextHandler(&log, nil)))
	now := time.Unix(1772362800, 0)
	d.now = func() time.Time { return now }
	location := d.location(&wire.Request{HTTP: httptest.NewRequest("GET", "http://localhost:4566/", nil)}, "sum")
	if !strings.HasPrefix(location, "http://localhost:4566"+DownloadPath) {
		t.Errorf("location %q is not on the server that was asked", location)
	}
	now = now.Add(later)
	w := httptest.NewRecorder()
	d.ServeHTTP(w, httptest.NewRequest("GET", change(location), nil))
	return w, log.String()
}

func TestDownloads(t *testing.T) {
	file := filepath.Join(t.TempDir(), "package")
	if err := os.WriteFile(file, []byte("zip"), 0o600); err != nil {
		t.Fatal(err)
	}
	same := func(location string) string { return location }
	replace := func(from, to string) func(string) string {
		return func(location string) string { return strings.Replace(location, from, to, 1) }
	}
	for name, tt := range map[string]struct {
		from   shelf
		change func(string) string
		later  time.Duration
		status int
		body   string
		logged string
	}{
		"at once":             {shelf{file: file}, same, 0, http.StatusOK, "zip", ""},
		"after ten minutes":   {shelf{file: file}, same, 10 * time.Minute, http.StatusOK, "zip", ""},
		"later":               {shelf{file: file}, same, 10*time.Minute + time.Second, http.StatusForbidden, "expired", ""},
		"another package":     {shelf{file: file}, replace("sum", "other"), 0, http.StatusForbidden, "changed", ""},
		"another end":         {shelf{file: file}, replace("expires=", "expires=9"), 0, http.StatusForbidden, "changed", ""},
		"no end":              {shelf{file: file}, replace("expires=", "x="), 0, http.StatusForbidden, "changed", ""},
		"no signature":        {shelf{file: file}, replace("signature=", "x="), 0, http.StatusForbidden, "changed", ""},
		"a package that left": {shelf{err: fault.Errorf(fault.NotFound, "package", "gone")}, same, 0, http.StatusNotFound, "not there any more", ""},
		"a broken disk":       {shelf{err: errors.New("input/output error")}, same, 0, http.StatusInternalServerError, "can't be read", "input/output error"},
	} {
		t.Run(name, func(t *testing.T) {
			w, log := load(t, tt.from, tt.change, tt.later)
			body, err := io.ReadAll(w.Result().Body)
			if err != nil || w.Code != tt.status || !strings.Contains(string(body), tt.body) {
				t.Errorf("answered %d %q; want %d with %q", w.Code, body, tt.status, tt.body)
			}
			if (tt.logged == "") != (log == "") || !strings.Contains(log, tt.logged) || strings.Contains(string(body), "input/output") {
				t.Errorf("logged %q, told %q", log, body)
			}
		})
	}
}
