package iam

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"sluice/internal/account"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/client"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var update = flag.Bool("update", false, "write the golden files anew")

const owner = "000000000000"

// desk is the API on records of its own.
type desk struct {
	t       *testing.T
	keys    *account.Keyring
	key     account.Key
	server  *wire.Server
	records *store.Store
	replies strings.Builder // to what record asked
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	records, err := store.Open(context.Background(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := records.Close(); err != nil {
			t.Error(err)
		}
	})
	key := account.NewKey()
	ring := account.NewKeyring(owner, key)
	service := New(Config{Accounts: account.NewService(records), Keys: ring})
	server := wire.NewServer(wire.Config{Logger: slog.New(slog.DiscardHandler), Keys: keys{ring}}, service)
	return &desk{t: t, keys: ring, key: key, server: server, records: records}
}

type keys struct{ ring *account.Keyring }

func (k keys) Secret(id, token string) (sigv4.Identity, bool) {
	h, ok := k.ring.Holder(id, token)
	return sigv4.Identity{AccessKeyID: id, Secret: h.Secret, Account: h.Account, ARN: h.ARN(), Expires: h.Expires}, ok
}

// call makes a signed request with parameters that stand in pairs, and returns the status and the body of the answer.
func (d *desk) call(operation string, parameters ...string) (int, string) {
	return d.as(client.Client{Key: d.key}, operation, parameters...)
}

func (d *desk) as(c client.Client, operation string, parameters ...string) (int, string) {
	d.t.Helper()
	form := url.Values{"Action": {operation}, "Version": {"2010-05-08"}}
	for i := 0; i < len(parameters); i += 2 {
		form.Set(parameters[i], parameters[i+1])
	}
	c.URL = "http://sluice"
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	r, err := c.Request(context.Background(), "iam", "POST", "/", header, []byte(form.Encode()))
	if err != nil {
		d.t.Fatal(err)
	}
	w := httptest.NewRecorder()
	d.server.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// must makes a call that succeeds, and returns what it answers.
func (d *desk) must(operation string, parameters ...string) string {
	d.t.Helper()
	status, body := d.call(operation, parameters...)
	if status != http.StatusOK {
		d.t.Fatalf("%s %q: %d %s", operation, parameters, status, body)
	}
	return body
}

// wantRefused makes a call that fails, and wants the status, the error's code and a part of the body.
func (d *desk) wantRefused(status int, code, part, operation string, parameters ...string) {
	d.t.Helper()
	got, body := d.call(operation, parameters...)
	if got != status || !strings.Contains(body, "<Type>Sender</Type><Code>"+code+"</Code>") || !strings.Contains(body, part) {
		d.t.Errorf("%s: %d %s\nwant %d %s with %q", operation, got, body, status, code, part)
	}
}

// record makes a call whose whole answer is to be looked at.
func (d *desk) record(operation string, parameters ...string) {
	d.t.Helper()
	status, body := d.call(operation, parameters...)
	fmt.Fprintf(&d.replies, "== %s %q: %d\n%s\n", operation, parameters, status, plain(body))
}

var changing = []struct {
	pattern *regexp.Regexp
	stand   string
}{
	{regexp.MustCompile(`(AROA|ANPA)[A-Z2-7]{17}`), "${1}ID"},
	{regexp.MustCompile(`20[0-9-]{8}T[0-9:]{8}Z`), "TIME"},
	{regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`), "UUID"},
}

// plain is an answer with stand-ins for what is another one each time, each element that has others in it on a line.
func plain(body string) string {
	for _, c := range changing {
		body = c.pattern.ReplaceAllString(body, c.stand)
	}
	return strings.ReplaceAll(body, "><", ">\n<")
}

// wantGolden compares all recorded answers with a file.
func (d *desk) wantGolden(name string) {
	d.t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(d.replies.String()), 0o644); err != nil {
			d.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || string(want) != d.replies.String() {
		d.t.Errorf("%v; the answers are\n%s", err, d.replies.String())
	}
}

// session is a client that acts as a role.
func (d *desk) session(role string) client.Client {
	s := d.keys.NewSession(account.Grant{Role: role, Name: "f", Lasts: time.Hour}, time.Now())
	return client.Client{Key: s.Key, Token: s.Token}
}
