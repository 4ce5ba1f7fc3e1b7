// Package desk is a client's desk at a whole server, for the tests of the rooms below internal/api that speak JSON over REST: it
// asks, and records answers for golden files.
//
// What the answers should be does not belong here. Only tests call it.
package desk

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"sluice/internal/client"
	"sluice/internal/server"
	"sluice/internal/store/prepared"
)

// Object is a JSON object.
type Object = map[string]any

// Desk asks one service. It is of one test.
type Desk struct {
	T       *testing.T // which fails; a subtest may take it over
	client  client.Client
	service string
	record  record
}

// New starts a server that ends with the test. service is what requests are signed for.
func New(t *testing.T, service string, hide Hide) *Desk {
	t.Helper()
	s, err := server.Start(t.Context(), server.Config{Listen: "127.0.0.1:0", Data: prepared.Folder(t, t.TempDir()), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		if err := s.Close(ctx); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return &Desk{T: t, client: client.Client{URL: s.URL(), Key: s.Key()}, service: service, record: record{hide: hide}}
}

// Ask sends a request, whose body is sent as JSON if it is no text, and returns the answer, and the code of an error.
func (d *Desk) Ask(method, path string, body any) (status int, answer, code string) {
	d.T.Helper()
	content, text := body.(string)
	header := http.Header{}
	if !text && body != nil {
		coded, err := json.Marshal(body)
		if err != nil {
			d.T.Fatal(err)
		}
		content = string(coded)
		header.Set("Content-Type", "application/json")
	}
	r, err := d.client.Request(d.T.Context(), d.service, method, path, header, []byte(content))
	if err != nil {
		d.T.Fatal(err)
	}
	reply, err := http.DefaultClient.Do(r)
	if err != nil {
		d.T.Fatal(err)
	}
	defer reply.Body.Close()
	read, err := io.ReadAll(reply.Body)
	if err != nil {
		d.T.Fatal(err)
	}
	return reply.StatusCode, string(read), reply.Header.Get("X-Amzn-Errortype")
}

// Must is a call that has to succeed.
func (d *Desk) Must(method, path string, body any) (out Object) {
	d.T.Helper()
	status, answer, _ := d.Ask(method, path, body)
	if status >= http.StatusMultipleChoices {
		d.T.Fatalf("%s %s: %d %s", method, path, status, answer)
	}
	if answer != "" {
		if err := json.Unmarshal([]byte(answer), &out); err != nil {
			d.T.Fatalf("%s %s: %s: %v", method, path, answer, err)
		}
	}
	return out
}

// Refused is a call that has to fail with a code and a part of the message.
func (d *Desk) Refused(method, path string, body any, status int, code, part string) {
	d.T.Helper()
	got, answer, named := d.Ask(method, path, body)
	if got != status || named != code || !strings.Contains(answer, part) {
		d.T.Errorf("%s %s: %d %s %s\nwant %d %s with %q", method, path, got, named, answer, status, code, part)
	}
}
