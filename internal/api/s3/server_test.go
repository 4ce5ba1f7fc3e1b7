package s3_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"sluice/internal/api/s3"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/blob"
	"sluice/internal/bucket"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

// brokenKeys fail in a way that nobody expects.
type brokenKeys struct{}

func (brokenKeys) Secret(string, string) (sigv4.Identity, bool) { panic("the keys are gone") }

// A panic is answered as our own fault, and told to the log alone.
func TestAPanicIsAnswered(t *testing.T) {
	var log bytes.Buffer
	handler := s3.New(s3.Config{Keys: brokenKeys{}, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	b := &bench{t: t, region: "us-east-1", url: "http://127.0.0.1"}
	got := httptest.NewRecorder()
	handler.ServeHTTP(got, b.sign(b.request("GET", "/bkt/k", ""), "UNSIGNED-PAYLOAD"))
	if got.Code != 500 || !strings.Contains(got.Body.String(), "<Code>InternalError</Code>") || strings.Contains(got.Body.String(), "keys are gone") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if !strings.Contains(log.String(), "the keys are gone") || !strings.Contains(log.String(), "service=S3") {
		t.Errorf("logged %s", &log)
	}
}

// benchWithLog is a bench whose log may be written, and the folder of its blobs. The log may be read when it is closed.
func benchWithLog(t *testing.T) (b *bench, folder *blob.Folder, closeIt func()) {
	t.Helper()
	records, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, filepath.Join(t.TempDir(), "records"))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { records.Close() })
	if folder, err = blob.OpenFolder(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	b = &bench{t: t, log: &bytes.Buffer{}, region: "us-east-1"}
	b.buckets = bucket.NewService(bucket.Config{Store: records, Blobs: contents{folder}})
	b.handler = s3.New(s3.Config{Buckets: b.buckets, Keys: keys{}, Logger: slog.New(slog.NewTextHandler(b.log, nil))})
	server := httptest.NewServer(b.handler)
	t.Cleanup(server.Close)
	b.url = server.URL
	b.ok(b.call("PUT", "/bkt", ""))
	return b, folder, server.Close
}

// Content that is lost before the answer begins is an error; if it shows later, all that can be told is that the rest does
// not come.
func TestContentThatIsLost(t *testing.T) {
	b, folder, closeIt := benchWithLog(t)
	lose := func(content string) {
		t.Helper()
		if err := folder.Delete(t.Context(), bucket.SHA256.Of([]byte(content)).Value); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("at once", func(t *testing.T) {
		b.ok(b.call("PUT", "/bkt/k", "lost"))
		lose("lost")
		b.want(b.call("GET", "/bkt/k", ""), 500, "InternalError")
		if head := b.call("HEAD", "/bkt/k", ""); head.status != 200 {
			t.Errorf("HEAD: %d", head.status)
		}
	})
	t.Run("in the middle", func(t *testing.T) {
		id := b.begin("parts")
		b.ok(b.complete("parts", id, b.part("parts", id, 1, big), b.part("parts", id, 2, "the rest")))
		lose("the rest")
		got, err := http.DefaultTransport.RoundTrip(b.sign(b.request("GET", "/bkt/parts", ""), "UNSIGNED-PAYLOAD"))
		if err != nil {
			t.Fatal(err)
		}
		defer got.Body.Close()
		n, err := io.Copy(io.Discard, got.Body)
		if got.StatusCode != 200 || !errors.Is(err, io.ErrUnexpectedEOF) || n > int64(len(big)) {
			t.Errorf("%d with %d bytes, %v", got.StatusCode, n, err)
		}
	})
	closeIt()
	if !strings.Contains(b.log.String(), "content of an object is lost") {
		t.Errorf("logged %s", b.log)
	}
}
