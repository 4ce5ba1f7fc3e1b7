package workspace_test

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/internal/clock"
	"sluice/internal/deployer/release"
	"sluice/internal/fault"
	"sluice/internal/server"
	"sluice/internal/workspace"
)

const project = `project: bonus
defaults: {runtime: python3.13, handler: app.handler, role: "arn:aws:iam::000000000000:role/lambda", code: src}
functions: {first: {}, second: {}}
environments: {prd: {hooks: {before: "./told.sh"}}}
`

// serve starts a server and points the SDK to it.
func serve(t *testing.T) {
	t.Helper()
	s, err := server.Start(t.Context(), server.Config{Listen: "127.0.0.1:0", Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": s.URL(), "AWS_ACCESS_KEY_ID": s.Key().ID, "AWS_SECRET_ACCESS_KEY": s.Key().Secret, "AWS_REGION": "eu-west-1",
		"AWS_CONFIG_FILE": "none", "AWS_SHARED_CREDENTIALS_FILE": "none", "XDG_CACHE_HOME": t.TempDir(), "SLUICE_USER": "ada",
	} {
		t.Setenv(name, value)
	}
}

// code writes a project with code and hook and returns the path of its sluice.yaml.
func code(t *testing.T) string {
	t.Helper()
	path := folder(t, map[string]string{"sluice.yaml": project, "told.sh": "echo $SLUICE_FUNCTION $SLUICE_TO $SLUICE_URL\n"})
	src := filepath.Join(filepath.Dir(path), "src")
	if err := os.Mkdir(src, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(src, "app.py"), []byte("def handler(event, context):\n    print('called')\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(filepath.Dir(path), "told.sh"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// deployed opens the project of path and deploys all of it.
func deployed(t *testing.T, path string, ask workspace.Ask) *workspace.Workspace {
	t.Helper()
	ask.File = path
	w, err := workspace.Open(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := w.Runner.Plan(t.Context(), w.Environment, release.Ask{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Runner.Deploy(t.Context(), plan, release.How{}); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestAWorkspaceJoinsWhatAReleaseNeeds(t *testing.T) {
	serve(t)
	var output bytes.Buffer
	var events []release.EventKind
	w := deployed(t, code(t), workspace.Ask{Output: &output, Observe: func(e release.Event) { events = append(events, e.Kind) }})
	address := os.Getenv("AWS_ENDPOINT_URL")
	if want := "bonus-prd-first 1 " + address + "/2015-03-31/functions/bonus-prd-first:1/invocations\n"; !strings.Contains(output.String(), want) {
		t.Errorf("the hook was told %q, want %q", output.String(), want)
	}
	if !slices.Contains(events, release.Published) || !slices.Contains(events, release.Finished) {
		t.Errorf("events %v", events)
	}
	if where := w.Where(); where != address+" (eu-west-1)" {
		t.Errorf("it is on %s", where)
	}
	if account, err := w.Account(t.Context()); err != nil || account != "000000000000" {
		t.Errorf("account %s, %v", account, err)
	}
	standings, err := w.Runner.Status(t.Context(), w.Environment)
	if err != nil || len(standings) != 2 || standings[0].Record == nil || standings[0].Record.By != "ada" {
		t.Errorf("%+v, %v", standings, err)
	}
}

func TestThePolicyIsForTheCallersAccount(t *testing.T) {
	serve(t)
	w, err := workspace.Open(t.Context(), workspace.Ask{File: code(t)})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := w.Runner.Plan(t.Context(), w.Environment, release.Ask{})
	if err != nil {
		t.Fatal(err)
	}
	policy, err := w.Policy(t.Context(), plan)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range policy.Statement {
		if slices.Contains(s.Action, "lambda:CreateFunction") && slices.ContainsFunc(s.Resource, func(arn string) bool {
			return strings.HasPrefix(arn, "arn:aws:lambda:eu-west-1:000000000000:function:bonus-prd-first")
		}) {
			return
		}
	}
	t.Errorf("%+v", policy)
}

func TestLogsOfAllFunctionsByTime(t *testing.T) {
	serve(t)
	w := deployed(t, code(t), workspace.Ask{})
	for _, key := range []string{"second", "first"} {
		if _, err := w.Runner.Invoke(t.Context(), w.Environment, key, "", []byte("{}")); err != nil {
			t.Fatal(err)
		}
	}
	query := workspace.LogQuery{Since: time.Now().Add(-time.Minute), Filter: "called"}
	follow(t, w, query, 2)
	var order []string
	for line, err := range w.Logs(t.Context(), query) {
		if err != nil {
			t.Fatal(err)
		}
		order = append(order, line.Function+" "+line.Version+" "+strings.TrimSpace(line.Message))
	}
	if want := []string{"second 1 called", "first 1 called"}; !slices.Equal(order, want) {
		t.Errorf("%q, want %q", order, want)
	}
}

// follow waits until so many events are there: what a function prints may come after its answer. That it returns shows that
// the readers end with the loop.
func follow(t *testing.T, w *workspace.Workspace, query workspace.LogQuery, events int) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	query.Follow = true
	for _, err := range w.Logs(ctx, query) {
		if err != nil {
			t.Fatal(err)
		}
		if events--; events == 0 {
			return
		}
	}
	t.Fatalf("%d events never came", events)
}

func TestAWSHasNoTimeScale(t *testing.T) {
	serve(t)
	t.Setenv("AWS_ENDPOINT_URL", "")
	os.Unsetenv("AWS_ENDPOINT_URL")
	path := code(t)
	for scale, ok := range map[clock.Scale]bool{0: true, 1: true, 60: false, 0.5: false} {
		w, err := workspace.Open(t.Context(), workspace.Ask{File: path, Scale: scale})
		if ok != (err == nil) || !ok && !fault.Is(err, fault.Invalid, "time scale") {
			t.Errorf("%v: %v", scale, err)
		}
		if ok && w.Where() != "AWS eu-west-1" {
			t.Errorf("it is on %s", w.Where())
		}
	}
}

// Without a server nobody waits for retries.
func TestAServerOfThisMachineThatDoesNotRun(t *testing.T) {
	serve(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_ENDPOINT_URL", address)
	_, err = workspace.Open(t.Context(), workspace.Ask{File: code(t)})
	if !fault.Is(err, fault.Unavailable, "endpoint") || !strings.Contains(err.Error(), address) || !strings.Contains(err.Error(), "`sluice up`") {
		t.Errorf("%v", err)
	}
	if _, err = workspace.Find(t.Context(), "f"); !fault.Is(err, fault.Unavailable, "endpoint") {
		t.Errorf("%v", err)
	}
}

func TestAFunctionThatExists(t *testing.T) {
	serve(t)
	deployed(t, code(t), workspace.Ask{})
	e, err := workspace.Find(t.Context(), "bonus-prd-first")
	if err != nil {
		t.Fatal(err)
	}
	if e.Versions != "1 (LIVE)" || e.Alias != "" || e.Settings.Handler != "app.handler" || len(e.Tags) != 0 {
		t.Errorf("%+v", e.Initial)
	}
	var zip bytes.Buffer
	if err := e.Download(t.Context(), &zip); err != nil || !bytes.HasPrefix(zip.Bytes(), []byte("PK")) {
		t.Errorf("%d bytes, %v", zip.Len(), err)
	}
	if _, err := workspace.Find(t.Context(), "nowhere"); !fault.Is(err, fault.NotFound, "function") {
		t.Errorf("%v", err)
	}
}
