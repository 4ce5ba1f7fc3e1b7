package logs

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
	"time"

	"sluice/internal/account"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/client"
	"sluice/internal/logfile"
	"sluice/internal/logs"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var update = flag.Bool("update", false, "write the golden files anew")

type (
	object map[string]any
	list   []any
)

const owner = "000000000000"

// desk is the API on records and files of its own.
type desk struct {
	t      testing.TB
	logs   *logs.Service
	server *wire.Server
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	records, err := store.Open(context.Background(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	files, err := logfile.Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	service := logs.NewService(logs.Config{Store: records, Files: files})
	if err := service.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		service.Close()
		for _, closed := range []error{files.Close(), records.Close()} {
			if closed != nil {
				t.Error(closed)
			}
		}
	})
	return &desk{t, service, serverOf(New(Config{Logs: service}))}
}

func serverOf(s *wire.Service) *wire.Server {
	return wire.NewServer(wire.Config{
		Logger: slog.New(slog.DiscardHandler), Keys: nobody{}, Anyone: &sigv4.Identity{Account: owner},
	}, s)
}

type nobody struct{}

func (nobody) Secret(string, string) (sigv4.Identity, bool) { return sigv4.Identity{}, false }

// call makes a signed request and returns the status and the body of the answer.
func call(t testing.TB, server *wire.Server, operation string, in any) (int, []byte) {
	t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	c := client.Client{URL: "http://sluice", Key: account.NewKey()}
	header := http.Header{"X-Amz-Target": {"Logs_20140328." + operation}, "Content-Type": {"application/x-amz-json-1.1"}}
	r, err := c.Request(context.Background(), "logs", "POST", "/", header, body)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	return w.Code, w.Body.Bytes()
}

// must makes a call that succeeds, and returns what it answers.
func (d *desk) must(operation string, in object) object {
	d.t.Helper()
	status, body := call(d.t, d.server, operation, in)
	if status != http.StatusOK {
		d.t.Fatalf("%s %v: %d %s", operation, in, status, body)
	}
	var out object
	if len(body) > 0 {
		if err := json.Unmarshal(body, &out); err != nil {
			d.t.Fatalf("%s: %v in %s", operation, err, body)
		}
	}
	return out
}

// wantRefused makes a call that fails for the request's sake, and wants the error's name and message.
func (d *desk) wantRefused(operation string, in object, code, message string) {
	d.t.Helper()
	status, body := call(d.t, d.server, operation, in)
	var out struct {
		Type    string `json:"__type"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal(body, &out); err != nil || status != http.StatusBadRequest || out.Type != code || out.Message != message {
		d.t.Errorf("%s %v: %d %s", operation, in, status, body)
	}
}

// groupOf creates a group with streams.
func (d *desk) groupOf(name string, streams ...string) {
	d.t.Helper()
	d.must("CreateLogGroup", object{"logGroupName": name})
	for _, stream := range streams {
		d.must("CreateLogStream", object{"logGroupName": name, "logStreamName": stream})
	}
}

// put adds messages to a stream, a second apart and the last a second ago.
func (d *desk) put(group, stream string, messages ...string) object {
	d.t.Helper()
	events := list{}
	began := time.Now().Add(-time.Duration(len(messages)) * time.Second).UnixMilli()
	for i, message := range messages {
		events = append(events, object{"timestamp": began + int64(i)*1000, "message": message})
	}
	return d.must("PutLogEvents", object{"logGroupName": group, "logStreamName": stream, "logEvents": events})
}

// column returns a member of each item of a list in an answer.
func column(answer object, items, member string) []any {
	found := []any{}
	all, _ := answer[items].([]any)
	for _, item := range all {
		found = append(found, item.(map[string]any)[member])
	}
	return found
}

// transcript is a golden file of requests and whole answers, with what differs from run to run masked.
type transcript struct {
	*desk
	text bytes.Buffer
}

var masks = []struct {
	found *regexp.Regexp
	mask  string
}{
	{regexp.MustCompile(`"eventId": "\d{56}"`), `"eventId": "<id>"`},
	{regexp.MustCompile(`\b1[6-9]\d{11}\b`), `<time>`},
	{regexp.MustCompile(`"next(Forward|Backward|)Token": "[^"]+"`), `"next${1}Token": "<token>"`},
}

func (tr *transcript) ask(title, operation string, in object) {
	tr.t.Helper()
	request, err := json.Marshal(in)
	if err != nil {
		tr.t.Fatal(err)
	}
	status, body := call(tr.t, tr.server, operation, in)
	var answer bytes.Buffer
	fmt.Fprintf(&answer, "== %s\n%s %s\n%d\n", title, operation, request, status)
	if len(body) > 0 {
		if err := json.Indent(&answer, body, "", "  "); err != nil {
			tr.t.Errorf("%s: %v in %s", title, err, body)
		}
	}
	text := answer.Bytes()
	for _, m := range masks {
		text = m.found.ReplaceAll(text, []byte(m.mask))
	}
	tr.text.Write(append(text, '\n'))
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
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from:\n%s", golden, got)
	}
}
