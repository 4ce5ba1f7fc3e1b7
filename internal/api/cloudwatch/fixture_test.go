package cloudwatch

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"sluice/internal/account"
	"sluice/internal/alarm"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/client"
	"sluice/internal/dashboard"
	"sluice/internal/function"
	"sluice/internal/metric"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var update = flag.Bool("update", false, "write the golden files anew")

type (
	object map[string]any
	items  []any
)

var here = function.Scope{Account: "000000000000", Region: "us-east-1"}

// desk is the API on records of its own. Nothing evaluates its alarms: they stay as they were put, until a test sets
// their state.
type desk struct {
	t       testing.TB
	alarms  *alarm.Service
	metrics *metric.Service
	server  *wire.Server
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	records, err := store.Open(context.Background(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, metrics: metric.NewService(metric.Config{})}
	d.alarms = alarm.NewService(alarm.ServiceConfig{Store: records, Metrics: d.metrics, Scale: 0.001})
	d.server = serverOf(New(Config{Metrics: d.metrics, Alarms: d.alarms, Dashboards: dashboard.NewService(records)}))
	if err := d.alarms.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		d.alarms.Close()
		if err := records.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func serverOf(s *wire.Service) *wire.Server {
	return wire.NewServer(wire.Config{
		Logger: slog.New(slog.DiscardHandler), Keys: nobody{}, Anyone: &sigv4.Identity{Account: here.Account},
	}, s)
}

type nobody struct{}

func (nobody) Secret(string, string) (sigv4.Identity, bool) { return sigv4.Identity{}, false }

// call makes a signed request in JSON and returns the status and the body of the answer.
func (d *desk) call(operation string, in any) (int, []byte) {
	d.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		d.t.Fatal(err)
	}
	header := http.Header{"X-Amz-Target": {"GraniteServiceVersion20100801." + operation}, "Content-Type": {"application/x-amz-json-1.0"}}
	w := serve(d.t, d.server, header, body)
	return w.Code, w.Body.Bytes()
}

func serve(t testing.TB, server *wire.Server, header http.Header, body []byte) *httptest.ResponseRecorder {
	t.Helper()
	c := client.Client{URL: "http://sluice", Key: account.NewKey()}
	r, err := c.Request(context.Background(), "monitoring", "POST", "/", header, body)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	return w
}

// must makes a call that succeeds, and returns what it answers.
func (d *desk) must(operation string, in any) object {
	d.t.Helper()
	status, body := d.call(operation, in)
	var out object
	if err := json.Unmarshal(body, &out); err != nil || status != 200 {
		d.t.Fatalf("%s %v: %d %s %v", operation, in, status, body, err)
	}
	return out
}

// refused makes a call that fails, and returns the error's name and message.
func (d *desk) refused(operation string, in any) (code, message string) {
	d.t.Helper()
	status, body := d.call(operation, in)
	var out struct {
		Type    string `json:"__type"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal(body, &out); err != nil || status < 400 || status >= 500 {
		d.t.Errorf("%s %v: %d %s", operation, in, status, body)
	}
	return out.Type, out.Message
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
	if err := json.Indent(&tr.text, body, "", "  "); err != nil {
		tr.t.Errorf("%s: %v in %s", title, err, body)
	}
	tr.text.WriteByte('\n')
}

// moments are the times in an answer, which differ each time.
var moments = regexp.MustCompile(`1[0-9]{9}\.[0-9]{3}|20[0-9]{2}-[0-9-]+T[0-9:.]+(Z|\+0000)`)

func (tr *transcript) compare(name string) {
	tr.t.Helper()
	compareGolden(tr.t, name, moments.ReplaceAll(tr.text.Bytes(), []byte("TIME")))
}

func compareGolden(t testing.TB, name string, got []byte) {
	t.Helper()
	golden := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got\n%s\nwant\n%s", golden, got, want)
	}
}
