package conformance_test

import (
	"context"
	"errors"
	"flag"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/internal/client"
	"sluice/internal/clock"
	"sluice/internal/conformance"
	"sluice/internal/server"
	"sluice/internal/store/prepared"
)

const (
	copies = "testdata/aws-recordings"
	// elsewhere is a folder beside the repository with more recordings, which a clone need not have.
	elsewhere = "../../../shared/conformance/aws-recordings"
)

// served are the services that recordings may call. Those of lambda-runtime visit function URLs too.
var served = []string{"lambda", "logs", "cloudwatch", "s3", "http", "cloudformation", "apigateway", "apigatewayv2", "iam", "sts", "ssm"}

// also lets somebody who builds a service see how far it is.
var also = flag.String("also", "", "further `services` whose recordings are replayed, such as cloudformation,apigateway")

func TestServerAnswersAsRecorded(t *testing.T) {
	recordings := load(t, copies)
	if len(recordings) == 0 {
		t.Fatal("there are no recordings in " + copies)
	}
	for _, r := range recordings {
		if service, ok := unserved(r); ok {
			t.Errorf("%s calls %s, which is not served: take it out", r.File, service)
		}
		t.Run(r.File, func(t *testing.T) { replay(t, r) })
	}
}

func TestServerAnswersAsRecordedElsewhere(t *testing.T) {
	if _, err := os.Stat(filepath.FromSlash(elsewhere)); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("there are no more recordings than those in %s: %v", copies, err)
	}
	copied := map[string]bool{}
	for _, r := range load(t, copies) {
		copied[r.File] = true
	}
	for _, r := range load(t, elsewhere) {
		if _, ok := unserved(r); ok || copied[r.File] {
			continue
		}
		t.Run(r.File, func(t *testing.T) { replay(t, r) })
	}
}

func load(t *testing.T, folder string) []*conformance.Recording {
	t.Helper()
	recordings, err := conformance.LoadAll(filepath.FromSlash(folder))
	if err != nil {
		t.Fatal(err)
	}
	return recordings
}

func unserved(r *conformance.Recording) (service string, ok bool) {
	for _, service := range r.Services() {
		if !slices.Contains(served, service) && !slices.Contains(strings.Split(*also, ","), service) {
			return service, true
		}
	}
	return "", false
}

// replay fails on every deviation that is not known, and on every known one that did not occur.
func replay(t *testing.T, r *conformance.Recording) {
	t.Parallel()
	expected := map[place]bool{}
	for _, k := range known {
		if k.File == r.File {
			expected[k.place] = true
		}
	}
	for _, d := range conformance.Replay(t.Context(), r, start(t, scale(r)), func(step int, path string) bool {
		return expected[place{r.File, step, path}]
	}) {
		at := place{d.File, d.Step, d.Path}
		if !expected[at] {
			t.Errorf("%s", d)
		}
		delete(expected, at)
	}
	for at := range expected {
		t.Errorf("step %d: %s is as AWS answers: take it from the known deviations", at.Step, at.Path)
	}
}

// scale shortens the minutes between the tries of an event invocation. Other recordings have no use for it.
func scale(r *conformance.Recording) clock.Scale {
	if strings.HasPrefix(r.File, "lambda-runtime/") {
		return 60
	}
	return 1
}

// start starts a server on which nothing has been made yet.
func start(t *testing.T, scale clock.Scale) *client.Client {
	t.Helper()
	s, err := server.Start(t.Context(), server.Config{
		Listen: "127.0.0.1:0", Data: prepared.Folder(t, t.TempDir()), Account: "111111111111", MaxProcesses: 2, Scale: scale,
		Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := s.Close(ctx); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return &client.Client{URL: s.URL(), Key: s.Key(), HTTP: &http.Client{Transport: transport, Timeout: time.Minute}}
}
