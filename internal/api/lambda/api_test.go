package lambda

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"sluice/internal/account"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/client"
	"sluice/internal/function"
	"sluice/internal/functionurl"
	"sluice/internal/layer"
	"sluice/internal/permission"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

const functions = "/2015-03-31/functions/"

// fixture is the API on a real store, with functions that answer what they are given.
type fixture struct {
	server http.Handler
	signer client.Client
}

// newFixture has a function f whose version 1 is named by the alias LIVE, and a version 2 of another role.
func newFixture(t *testing.T) *fixture {
	t.Helper()
	records, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = records.Close() })
	running := function.NewService(records, packages{}, echo{}, echo{})
	service := New(Config{
		Functions:   running,
		Permissions: newPermissions(records, running),
		Layers:      layer.NewService(records, packages{}),
		Events:      newEvents(t, records, running),
		Downloads:   NewDownloads(packages{}, "secret", slog.New(slog.DiscardHandler)),
		URLs:        functionurl.NewService(records),
		Address:     func(c *functionurl.Config) string { return "http://" + c.ID + ".test/" },
	})
	config := wire.Config{Logger: slog.New(slog.DiscardHandler), Keys: nobody{}, Anyone: &sigv4.Identity{Account: "000000000000"}}
	f := &fixture{wire.NewServer(config, service), client.Client{URL: "http://sluice", Key: account.NewKey()}}
	f.create(t, `{"FunctionName":"f"}`)
	f.must(t, "POST", functions+"f/versions", `{}`)
	f.must(t, "POST", functions+"f/aliases", `{"Name":"LIVE","FunctionVersion":"1"}`)
	f.configure(t, `{"Role":"arn:aws:iam::000000000000:role/other"}`)
	f.must(t, "POST", functions+"f/versions", `{}`)
	return f
}

// newPermissions are the permissions of functions that are running.
func newPermissions(records *store.Store, running *function.Service) *permission.Service {
	s := permission.NewService(records)
	running.OnDelete(s.Deleted)
	return s
}

// create makes a function with the members of a JSON object, and what they leave out. It returns the configuration.
func (f *fixture) create(t *testing.T, members string) map[string]any {
	t.Helper()
	return f.must(t, "POST", functions, creation(t, members))
}

func creation(t *testing.T, members string) string {
	t.Helper()
	request := map[string]any{
		"FunctionName": "g", "Runtime": "python3.12", "Handler": "index.handler",
		"Role": "arn:aws:iam::000000000000:role/r", "Code": map[string]any{"ZipFile": "emlw"},
	}
	if err := json.Unmarshal([]byte(members), &request); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// configure changes f's configuration as soon as no update is in progress, and returns what the answer shows.
func (f *fixture) configure(t *testing.T, members string) map[string]any {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; {
		status, _, body := f.call(t, "PUT", functions+"f/configuration", members)
		if status == http.StatusOK {
			return object(t, body)
		}
		if status != http.StatusConflict || time.Now().After(deadline) {
			t.Fatalf("status %d: %s", status, body)
		}
	}
}

// must makes a call that has to succeed and returns its body.
func (f *fixture) must(t *testing.T, method, path, body string) map[string]any {
	t.Helper()
	status, _, text := f.call(t, method, path, body)
	if status >= 300 {
		t.Fatalf("%s %s: status %d: %s", method, path, status, text)
	}
	return object(t, text)
}

func (f *fixture) call(t *testing.T, method, path, body string, header ...string) (status int, code, text string) {
	t.Helper()
	headers := http.Header{}
	for i := 0; i+1 < len(header); i += 2 {
		headers.Set(header[i], header[i+1])
	}
	r, err := f.signer.Request(t.Context(), "lambda", method, path, headers, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	f.server.ServeHTTP(w, r)
	return w.Code, w.Header().Get("X-Amzn-Errortype"), w.Body.String()
}

func object(t *testing.T, text string) map[string]any {
	t.Helper()
	var o map[string]any
	if err := json.NewDecoder(strings.NewReader(text)).Decode(&o); err != nil && !errors.Is(err, io.EOF) {
		t.Fatalf("%v: %s", err, text)
	}
	return o
}

// packages takes any bytes for a package.
type packages struct{}

func (packages) Put(_ context.Context, zip function.Content) (function.Code, error) {
	h := sha256.New()
	_, err := io.Copy(h, io.NewSectionReader(zip, 0, zip.Size()))
	return function.Code{SHA256: base64.StdEncoding.EncodeToString(h.Sum(nil)), Size: zip.Size()}, err
}

func (p packages) Check(ctx context.Context, zip function.Content) (function.Code, error) {
	return p.Put(ctx, zip)
}
func (packages) Open(context.Context, string) (*os.File, error) { return nil, os.ErrNotExist }

// echo is a host, a pool and a meter.
type echo struct{}

func (echo) Pool(*function.Version) function.Pool { return echo{} }
func (echo) Invoke(_ context.Context, call *function.Call) (*function.Outcome, error) {
	return &function.Outcome{Payload: call.Payload}, nil
}
func (echo) Warm(context.Context, int) error   { return nil }
func (echo) Provision(int, func())             {}
func (echo) Provisioned() function.Provisioned { return function.Provisioned{} }
func (echo) Hold()                             {}
func (echo) Release()                          {}
func (echo) Retire()                           {}
func (echo) Record(function.Sample)            {}
