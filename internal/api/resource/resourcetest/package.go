package resourcetest

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"testing"

	"sluice/internal/client"
)

// Zipped is a package of one file.
func Zipped(t testing.TB, name, content string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	file, err := w.Create(name)
	if err == nil {
		_, err = file.Write([]byte(content))
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Put puts an object into a bucket: BUCKET/KEY.
func (f *Fixture) Put(path string, content []byte) {
	f.T.Helper()
	if status, text := f.S3(http.MethodPut, path, content); status != http.StatusOK {
		f.T.Fatalf("put %s: %d: %s", path, status, text)
	}
}

// S3 makes a request to S3 about BUCKET/KEY or BUCKET?SETTING.
func (f *Fixture) S3(method, path string, content []byte) (status int, body string) {
	f.T.Helper()
	sum := sha256.Sum256(content)
	c := client.Client{URL: f.url, Key: f.key, Region: f.Region}
	r, err := c.Request(f.T.Context(), "s3", method, "/"+path, http.Header{"X-Amz-Content-Sha256": {hex.EncodeToString(sum[:])}}, content)
	if err != nil {
		f.T.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		f.T.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		f.T.Fatal(err)
	}
	return answer.StatusCode, string(text)
}
