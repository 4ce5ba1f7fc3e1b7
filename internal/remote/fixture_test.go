package remote_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/fxamacker/cbor/v2"

	"sluice/internal/account"
	"sluice/internal/clock"
	"sluice/internal/demo"
	"sluice/internal/deployer"
	"sluice/internal/fault"
	"sluice/internal/remote"
	"sluice/internal/server"
)

func TestMain(m *testing.M) {
	if os.Getenv("_HANDLER") == demo.Handler {
		if err := demo.Bootstrap(); err != nil {
			os.Exit(1)
		}
	}
	// Most of the time goes by while the server lets a function settle: more tests at once than there are cores.
	flag.Parse()
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	os.Exit(run(m))
}

// shared is one server for all tests, at which an hour lasts a second. Each test has a region of its own there.
var shared *server.Server

func run(m *testing.M) int {
	folder, err := os.MkdirTemp("", "remote")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	shared, err = server.Start(context.Background(), server.Config{
		Listen: "127.0.0.1:0", Data: folder, Scale: clock.Scale(3600), Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		panic(err)
	}
	code := m.Run()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := shared.Close(ctx); err != nil {
		panic(err)
	}
	return code
}

// endpoint is what is tested, on a whole server unless a test answers itself.
type endpoint struct {
	*remote.Endpoint
	t         *testing.T
	meddler   *meddler
	variables map[string]string
}

// meddler stands between SDK and server. It counts requests, and before and after look at each: before answers in the
// server's place if it returns true, after drops the connection without the server's answer.
type meddler struct {
	http.Handler
	before, after func(http.ResponseWriter, *http.Request) bool

	mu    sync.Mutex
	calls []string // METHOD PATH, or the operation where the path does not tell it
}

func (m *meddler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.Method + " " + r.URL.Path
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		_, name, _ = strings.Cut(target, ".")
	}
	m.mu.Lock()
	m.calls = append(m.calls, name)
	before, after := m.before, m.after
	m.mu.Unlock()
	if before != nil && before(w, r) {
		return
	}
	if after != nil && after(w, r) {
		m.Handler.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	}
	m.Handler.ServeHTTP(w, r)
}

// since returns the calls that do makes.
func (m *meddler) since(do func()) []string {
	m.mu.Lock()
	m.calls = nil
	m.mu.Unlock()
	do()
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.calls
}

// meddle looks at each request before the server sees it, and after it answered.
func (m *meddler) meddle(before, after func(http.ResponseWriter, *http.Request) bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.before, m.after = before, after
}

// regions counts those that tests took.
var regions atomic.Int64

// open is a part of the server where nothing is yet.
func open(t *testing.T) endpoint {
	t.Helper()
	target, err := url.Parse(shared.URL())
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	proxy.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError) // of calls that were given up
	n := regions.Add(1) - 1
	region := fmt.Sprintf("eu-%c%c-1", 'a'+n/26, 'a'+n%26) // in the form of AWS's
	return connected(t, region, shared.Key(), proxy)
}

// answering is an endpoint whose answers a test gives itself.
func answering(t *testing.T, answer http.HandlerFunc) endpoint {
	t.Helper()
	return connected(t, "eu-central-1", account.Key{ID: "AKIDEXAMPLE", Secret: "secret"}, answer)
}

func connected(t *testing.T, region string, key account.Key, handler http.Handler) endpoint {
	t.Helper()
	m := &meddler{Handler: handler}
	front := httptest.NewUnstartedServer(m)
	front.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	front.Start()
	t.Cleanup(front.Close)
	e := endpoint{t: t, meddler: m, variables: map[string]string{
		"AWS_ENDPOINT_URL": front.URL, "AWS_REGION": region, "AWS_ACCESS_KEY_ID": key.ID, "AWS_SECRET_ACCESS_KEY": key.Secret,
	}}
	err := within(e.variables, func() (err error) {
		e.Endpoint, err = remote.Open(t.Context(), remote.Config{
			Poll: time.Millisecond, Backoff: time.Millisecond, Follow: time.Millisecond, Resolution: time.Second,
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// environment guards what the SDK is told, so that tests can run side by side: it is read when an endpoint is opened.
var environment sync.Mutex

// within runs something in an environment in which the SDK is told nothing but the variables.
func within(variables map[string]string, do func() error) error {
	environment.Lock()
	defer environment.Unlock()
	for _, name := range []string{
		"AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
		"AWS_PROFILE", "AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE",
	} {
		if err := os.Setenv(name, variables[name]); err != nil {
			return err
		}
	}
	for name, value := range map[string]string{
		"AWS_CONFIG_FILE": "/nowhere/config", "AWS_SHARED_CREDENTIALS_FILE": "/nowhere/credentials", "AWS_EC2_METADATA_DISABLED": "true",
	} {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	return do()
}

// sdk is the SDK's configuration, for what a test prepares itself.
func (e endpoint) sdk() (cfg aws.Config) {
	e.t.Helper()
	err := within(e.variables, func() (err error) {
		cfg, err = config.LoadDefaultConfig(e.t.Context())
		return err
	})
	if err != nil {
		e.t.Fatal(err)
	}
	return cfg
}

const role = "arn:aws:iam::000000000000:role/r"

// program is a package that answers with its version, or fails with RATE=bad. Other comments make other code.
func program(t *testing.T, comment string) deployer.Code {
	t.Helper()
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	zip, err := demo.Package([]byte("#!/bin/sh\n# " + comment + "\nexec '" + executable + "'\n"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "code.zip")
	if err := os.WriteFile(file, zip, 0o600); err != nil {
		t.Fatal(err)
	}
	return deployer.Code{File: file, Source: "code.zip"}
}

// wanted is a function that can be created.
func wanted(t *testing.T, name string) deployer.Function {
	return deployer.Function{Name: name, Alias: "LIVE", Code: program(t, "1"), Settings: deployer.Settings{
		Runtime: "provided.al2023", Handler: demo.Handler, Role: role,
	}}
}

// create makes a function.
func (e endpoint) create(name string) deployer.Version {
	e.t.Helper()
	return need(e.Create(e.t.Context(), wanted(e.t, name)))(e.t)
}

// release makes a version of the function, with other code.
func (e endpoint) release(name, comment string) deployer.Version {
	e.t.Helper()
	need(e.UpdateCode(e.t.Context(), name, program(e.t, comment), "", ""))(e.t)
	return need(e.Publish(e.t.Context(), name, "", "", ""))(e.t)
}

// find finds a function that has to be there.
func (e endpoint) find(name string) *deployer.Found {
	e.t.Helper()
	found := need(e.Find(e.t.Context(), name, "LIVE"))(e.t)
	if found == nil {
		e.t.Fatalf("there is no %s", name)
	}
	return found
}

// need is for calls that have to succeed.
func need[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// refused fails the test unless err is of the kind and says want.
func refused(t *testing.T, err error, kind fault.Kind, noun, want string) {
	t.Helper()
	if !fault.Is(err, kind, noun) || !strings.Contains(err.Error(), want) {
		t.Errorf("%v: %v %q; want %v %q with %q", err, kindOf(err), nounOf(err), kind, noun, want)
	}
}

func kindOf(err error) fault.Kind {
	if err == nil {
		return fault.Internal
	}
	return fault.Of(err).Kind
}

func nounOf(err error) string {
	if err == nil {
		return ""
	}
	return fault.Of(err).Noun
}

// eventually waits until ask says yes.
func eventually(t *testing.T, what string, ask func() bool) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for !ask() {
		select {
		case <-deadline:
			t.Fatalf("%s: not in 20 seconds", what)
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// reply answers as an AWS service does in JSON.
func reply(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Amzn-Errortype", code)
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]string{"__type": code, "message": message})
}

// replyCBOR answers as CloudWatch does.
func replyCBOR(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/cbor")
	w.Header().Set("Smithy-Protocol", "rpc-v2-cbor")
	w.WriteHeader(status)
	cbor.NewEncoder(w).Encode(map[string]string{"__type": code, "message": message})
}
