package host

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/host/sandbox"
)

// packages is a Packages in a folder.
type packages struct{ dir string }

func (p packages) Open(_ context.Context, sha256 string) (*os.File, error) {
	f, err := os.Open(filepath.Join(p.dir, strings.ReplaceAll(sha256, "/", "_")))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Errorf(fault.NotFound, "package", "no package %s", sha256)
	}
	return f, err
}

func (p packages) put(t testing.TB, content []byte) string {
	t.Helper()
	digest := sha256.Sum256(content)
	name := base64.StdEncoding.EncodeToString(digest[:])
	path := filepath.Join(p.dir, strings.ReplaceAll(name, "/", "_"))
	if _, err := os.Stat(path); err == nil {
		return name // somebody may be reading it
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// memoryLogs is a Logs in memory.
type memoryLogs struct {
	mu     sync.Mutex
	events []string
	names  []string
	closed int
}

func (l *memoryLogs) Stream(account, region, group, stream string) (LogStream, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.names = append(l.names, strings.Join([]string{account, region, group, stream}, " "))
	return memoryStream{l}, nil
}

type memoryStream struct{ logs *memoryLogs }

func (s memoryStream) Append(_ time.Time, message []byte) {
	s.logs.mu.Lock()
	defer s.logs.mu.Unlock()
	s.logs.events = append(s.logs.events, string(message))
}

func (s memoryStream) Close() error {
	s.logs.mu.Lock()
	defer s.logs.mu.Unlock()
	s.logs.closed++
	return nil
}

func (l *memoryLogs) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.events)
}

// rig is a host with its surroundings.
type rig struct {
	*Host
	logs *memoryLogs
	code packages
	dir  string
	open string // a folder that the functions see too
}

// newRig starts a host in a temporary folder and stops it with the test.
func newRig(t testing.TB, change func(*Config)) *rig {
	t.Helper()
	r := &rig{logs: &memoryLogs{}, code: packages{t.TempDir()}, dir: t.TempDir(), open: t.TempDir()}
	cfg := Config{Dir: r.dir, Packages: r.code, Logs: r.logs, Share: []string{r.open}}
	if change != nil {
		change(&cfg)
	}
	h, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = h
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the log says %q", r.logs.all())
		}
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := h.Close(ctx); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return r
}

// folder returns a new folder that the functions see too.
func (r *rig) folder(t testing.TB) string {
	t.Helper()
	folder, err := os.MkdirTemp(r.open, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// zipped makes a package. A name that ends in * is executable.
func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range files {
		header := &zip.FileHeader{Name: strings.TrimSuffix(name, "*"), Method: zip.Deflate}
		header.SetMode(0o644)
		if strings.HasSuffix(name, "*") {
			header.SetMode(0o755)
		}
		f, err := w.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// version makes a version with these files.
func (r *rig) version(t testing.TB, runtime, handler string, files map[string]string) *function.Version {
	t.Helper()
	content := zipped(t, files)
	return &function.Version{
		Function: function.ID{Scope: function.Scope{Account: "111111111111", Region: "us-east-1"}, Name: "fn-1"},
		Number:   3,
		Config:   function.Config{Runtime: runtime, Handler: handler, Timeout: 60, Memory: 1024},
		Code:     function.Code{SHA256: r.code.put(t, content), Size: int64(len(content))},
	}
}

// custom is a version whose bootstrap is this test binary.
func (r *rig) custom(t testing.TB, handler string) *function.Version {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// The race detector would make each process that ends well wait for a second.
	script := "#!/bin/sh\nGORACE=atexit_sleep_ms=0 HOST_TEST_BOOTSTRAP=1 exec '" + self + "'\n"
	return r.version(t, "provided.al2023", handler, map[string]string{"bootstrap*": script})
}

// unpackedAt is where a package's files are, or those of several over one another.
func (r *rig) unpackedAt(t testing.TB, sums ...string) string {
	t.Helper()
	u, err := r.Host.code.use(t.Context(), sums...)
	if err != nil {
		t.Fatal(err)
	}
	return u.path
}

var requests atomic.Int64

// ask invokes a version with an event and returns how it ended.
func ask(t testing.TB, p function.Pool, event string) *function.Outcome {
	t.Helper()
	outcome, err := p.Invoke(t.Context(), newCall(event))
	if err != nil {
		t.Fatalf("Invoke(%.100s): %v", event, err)
	}
	return outcome
}

func newCall(event string) *function.Call {
	return &function.Call{
		RequestID: requestID(), InvokedARN: "arn:aws:lambda:us-east-1:111111111111:function:fn-1:LIVE",
		Payload: []byte(event), Tail: true,
	}
}

func requestID() string {
	n := requests.Add(1)
	return "00000000-0000-4000-8000-" + string(append(bytes.Repeat([]byte{'0'}, 12-len(digits(n))), digits(n)...))
}

func digits(n int64) string { return string(must(json.Marshal(n))) }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// wantOutcome compares an outcome's payload as JSON, and whether it failed.
func wantOutcome(t testing.TB, o *function.Outcome, failed bool, payload string) {
	t.Helper()
	if o.Failed != failed || !sameJSON(t, o.Payload, payload) {
		t.Errorf("outcome: failed %v, payload %.500s; want %v, %.500s", o.Failed, o.Payload, failed, payload)
	}
}

func sameJSON(t testing.TB, got []byte, want string) bool {
	t.Helper()
	var a, b any
	if json.Unmarshal(got, &a) != nil || json.Unmarshal([]byte(want), &b) != nil {
		return string(got) == want
	}
	return bytes.Equal(must(json.Marshal(a)), must(json.Marshal(b)))
}

// lines returns the tail of an outcome, line by line.
func lines(o *function.Outcome) []string {
	return strings.Split(strings.TrimSuffix(string(o.Tail), "\n"), "\n")
}

// eventually waits for something that happens in another process or goroutine.
func eventually(t testing.TB, what string, happened func() bool) {
	t.Helper()
	deadline := time.NewTimer(10 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !happened() {
		select {
		case <-tick.C:
		case <-deadline.C:
			t.Fatalf("not within 10 s: %s", what)
		}
	}
}

// pidsOf are a program's processes, its own first.
func pidsOf(p program) []int {
	switch p := p.(type) {
	case caged:
		return sandbox.Descendants(p.Keeper())
	case *bare:
		return append([]int{p.os.Pid}, sandbox.Descendants(p.os.Pid)...)
	}
	return nil
}
