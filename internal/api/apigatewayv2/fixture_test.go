package apigatewayv2_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/internal/client"
	"sluice/internal/server"
	"sluice/internal/store/prepared"
)

var update = flag.Bool("update", false, "write the golden files anew")

type object = map[string]any

// desk is the API of a whole server.
type desk struct {
	t       *testing.T
	client  client.Client
	replies strings.Builder // to what record asked
	ids     []string        // that the server made up, in the order in which they were seen
}

func newDesk(t *testing.T) *desk {
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
	return &desk{t: t, client: client.Client{URL: s.URL(), Key: s.Key()}}
}

// ask sends a request, whose body is sent as JSON, and returns also the code of an error.
func (d *desk) ask(method, path string, body any) (status int, answer, code string) {
	d.t.Helper()
	var content []byte
	if body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			d.t.Fatal(err)
		}
	}
	r, err := d.client.Request(d.t.Context(), "apigateway", method, path, http.Header{"Content-Type": {"application/json"}}, content)
	if err != nil {
		d.t.Fatal(err)
	}
	reply, err := http.DefaultClient.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	defer reply.Body.Close()
	read, err := io.ReadAll(reply.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return reply.StatusCode, string(read), reply.Header.Get("X-Amzn-Errortype")
}

// must is a call that has to succeed.
func (d *desk) must(method, path string, body any) (out object) {
	d.t.Helper()
	status, answer, _ := d.ask(method, path, body)
	if status >= http.StatusMultipleChoices {
		d.t.Fatalf("%s %s: %d %s", method, path, status, answer)
	}
	if answer != "" {
		if err := json.Unmarshal([]byte(answer), &out); err != nil {
			d.t.Fatalf("%s %s: %s: %v", method, path, answer, err)
		}
	}
	return out
}

// refused is a call that has to fail with a code and a part of the message.
func (d *desk) refused(method, path string, body any, status int, code, part string) {
	d.t.Helper()
	got, answer, named := d.ask(method, path, body)
	if got != status || named != code || !strings.Contains(answer, part) {
		d.t.Errorf("%s %s: %d %s %s\nwant %d %s with %q", method, path, got, named, answer, status, code, part)
	}
}

var (
	made  = regexp.MustCompile(`"(?:apiId|routeId|integrationId|authorizerId|deploymentId)":"([a-z0-9]{6,})"`)
	dated = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|\d{4}-\d\d-\d\d \d\d:\d\d:\d\dUTC`)
	port  = regexp.MustCompile(`localhost:\d+`)
)

// record makes a call whose whole answer is to be looked at, with what the server made up named by its order.
func (d *desk) record(method, path string, body any) (out object) {
	d.t.Helper()
	status, answer, _ := d.ask(method, path, body)
	for _, found := range made.FindAllStringSubmatch(answer, -1) {
		if !slices.Contains(d.ids, found[1]) {
			d.ids = append(d.ids, found[1])
		}
	}
	asked, err := json.Marshal(body)
	if err != nil {
		d.t.Fatal(err)
	}
	shown := port.ReplaceAllString(dated.ReplaceAllString(answer, "TIME"), "localhost:PORT")
	var tidy bytes.Buffer
	if json.Indent(&tidy, []byte(shown), "", " ") == nil {
		shown = tidy.String()
	}
	fmt.Fprintf(&d.replies, "== %s %s %s: %d\n%s\n", method, d.hidden(path), d.hidden(string(asked)), status, d.hidden(shown))
	_ = json.Unmarshal([]byte(answer), &out) // not all answers are objects
	return out
}

func (d *desk) hidden(text string) string {
	for i, id := range d.ids {
		text = strings.ReplaceAll(text, id, fmt.Sprintf("ID%d", i+1))
	}
	return text
}

// compare looks at all that was recorded.
func (d *desk) compare(golden string) {
	d.t.Helper()
	golden = filepath.Join("testdata", golden)
	if *update {
		if err := os.WriteFile(golden, []byte(d.replies.String()), 0o644); err != nil {
			d.t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || string(want) != d.replies.String() {
		d.t.Errorf("%v; the answers are\n%s", err, d.replies.String())
	}
}

const function = "arn:aws:lambda:us-east-1:000000000000:function:"
