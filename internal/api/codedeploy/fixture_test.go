package codedeploy

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"sluice/internal/account"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/client"
	"sluice/internal/function"
	"sluice/internal/rollout"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var update = flag.Bool("update", false, "write the golden files anew")

type (
	object map[string]any
	list   []any
)

const role = "arn:aws:iam::000000000000:role/deploy"

var here = function.Scope{Account: "000000000000", Region: "us-east-1"}

// desk is the API on records of its own. Its service is not started: deployments stay as they were created or put,
// until they are stopped.
type desk struct {
	t       testing.TB
	store   *store.Store
	traffic *traffic
	server  *wire.Server
	start   func() // goes on with the deployments
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	records, err := store.Open(context.Background(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, store: records, traffic: &traffic{}}
	rollouts := rollout.NewService(rollout.ServiceConfig{Store: records, Traffic: d.traffic, Hooks: d.traffic})
	d.start = func() {
		if err := rollouts.Start(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	d.server = wire.NewServer(wire.Config{
		Logger: slog.New(slog.DiscardHandler), Keys: nobody{}, Anyone: &sigv4.Identity{Account: here.Account},
	}, New(rollouts))
	t.Cleanup(func() {
		rollouts.Close()
		if err := records.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

type nobody struct{}

func (nobody) Secret(string, string) (sigv4.Identity, bool) { return sigv4.Identity{}, false }

// traffic stands in for the functions. Every alias exists and may be moved, unless it is broken.
type traffic struct{ broken atomic.Bool }

func (f *traffic) Claim(ctx context.Context, m function.Move) error { return f.Move(ctx, m) }

func (f *traffic) Move(context.Context, function.Move) error {
	if f.broken.Load() {
		return errors.New("the disk is full")
	}
	return nil
}

func (f *traffic) Warm(context.Context, function.ID, function.Number) error { return nil }

// RunHook leaves the decision to the test.
func (f *traffic) RunHook(ctx context.Context, _ rollout.HookCall) (rollout.HookRun, error) {
	<-ctx.Done()
	return rollout.HookRun{}, ctx.Err()
}

// call makes a signed request and returns the status and the body of the answer.
func (d *desk) call(operation string, in any) (int, []byte) {
	d.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		d.t.Fatal(err)
	}
	return serve(d.t, d.server, operation, body)
}

func serve(t testing.TB, server *wire.Server, operation string, body []byte) (int, []byte) {
	t.Helper()
	c := client.Client{URL: "http://sluice", Key: account.NewKey()}
	header := http.Header{"X-Amz-Target": {"CodeDeploy_20141006." + operation}, "Content-Type": {"application/x-amz-json-1.1"}}
	r, err := c.Request(context.Background(), "codedeploy", "POST", "/", header, body)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	return w.Code, w.Body.Bytes()
}

// must makes a call that succeeds, and returns what it answers.
func (d *desk) must(operation string, in any) object {
	d.t.Helper()
	status, body := d.call(operation, in)
	var out object
	if status == 200 && len(body) > 0 {
		if err := json.Unmarshal(body, &out); err != nil {
			d.t.Fatalf("%s: %v in %s", operation, err, body)
		}
	}
	if status != 200 {
		d.t.Fatalf("%s %v: %d %s", operation, in, status, body)
	}
	return out
}

// refused makes a call that fails for the request's sake, and returns the error's name and message.
func (d *desk) refused(operation string, in any) (code, message string) {
	d.t.Helper()
	status, body := d.call(operation, in)
	var out struct {
		Type    string `json:"__type"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal(body, &out); err != nil || status != 400 || out.Message == "" {
		d.t.Errorf("%s %v: %d %s", operation, in, status, body)
	}
	return out.Type, out.Message
}

func (d *desk) wantRefused(want, operation string, in any) {
	d.t.Helper()
	if code, message := d.refused(operation, in); code != want {
		d.t.Errorf("%s %v: %s (%s), want %s", operation, in, code, message, want)
	}
}

// put writes records past the API, so that their IDs and times are known.
func (d *desk) put(records ...any) {
	d.t.Helper()
	err := d.store.WriteRollouts(context.Background(), func(tx rollout.Tx) error {
		var failures error
		for _, record := range records {
			switch r := record.(type) {
			case *rollout.Application:
				failures = errors.Join(failures, tx.PutApplication(r))
			case *rollout.Group:
				failures = errors.Join(failures, tx.PutGroup(r))
			case *rollout.Config:
				failures = errors.Join(failures, tx.PutConfig(r))
			case *rollout.Deployment:
				failures = errors.Join(failures, tx.PutDeployment(r))
			}
		}
		return failures
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

// transcript is a golden file of requests and whole answers.
type transcript struct {
	*desk
	text bytes.Buffer
}

func (tr *transcript) ask(title, operation string, in object) {
	tr.t.Helper()
	request, err := json.Marshal(in)
	if err != nil {
		tr.t.Fatal(err)
	}
	status, body := tr.call(operation, in)
	fmt.Fprintf(&tr.text, "== %s\n%s %s\n%d\n", title, operation, request, status)
	if len(body) > 0 {
		if err := json.Indent(&tr.text, body, "", "  "); err != nil {
			tr.t.Errorf("%s: %v in %s", title, err, body)
		}
	}
	tr.text.WriteByte('\n')
}

func (tr *transcript) compare(name string) {
	tr.t.Helper()
	compareGolden(tr.t, name, tr.text.Bytes())
}

func compareGolden(t testing.TB, name string, got []byte) {
	t.Helper()
	golden := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	wanted := bytes.Split(want, []byte("\n"))
	for i, line := range bytes.Split(got, []byte("\n")) {
		if i >= len(wanted) || !bytes.Equal(line, wanted[i]) {
			t.Fatalf("%s differs from line %d on:\n%s", golden, i+1, line)
		}
	}
	if len(got) < len(want) {
		t.Errorf("%s goes on behind the answers", golden)
	}
}

// noon is when records of these tests were made.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 848_000_000, time.UTC)
