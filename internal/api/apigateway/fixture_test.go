package apigateway_test

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

// call sends a request; a body that is no text is sent as JSON.
func (d *desk) call(method, path string, body any) (status int, answer string) {
	d.t.Helper()
	status, answer, _ = d.ask(method, path, body)
	return status, answer
}

// ask also returns the code of an error.
func (d *desk) ask(method, path string, body any) (status int, answer, code string) {
	d.t.Helper()
	content, text := body.(string)
	header := http.Header{}
	if !text && body != nil {
		coded, err := json.Marshal(body)
		if err != nil {
			d.t.Fatal(err)
		}
		content = string(coded)
		header.Set("Content-Type", "application/json")
	}
	r, err := d.client.Request(d.t.Context(), "apigateway", method, path, header, []byte(content))
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
	status, answer := d.call(method, path, body)
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
	made  = regexp.MustCompile(`"(id|rootResourceId|parentId|cacheNamespace|deploymentId|value)":"([a-zA-Z0-9]{6,})"`)
	dated = regexp.MustCompile(`("(?:createdDate|lastUpdatedDate)":)[0-9.e+]+`)
)

// record makes a call whose whole answer is to be looked at, with what the server made up named by its order.
func (d *desk) record(method, path string, body any) object {
	d.t.Helper()
	status, answer := d.call(method, path, body)
	for _, found := range made.FindAllStringSubmatch(answer, -1) {
		if !d.knows(found[2]) {
			d.ids = append(d.ids, found[2])
		}
	}
	asked, err := json.Marshal(body)
	if err != nil {
		d.t.Fatal(err)
	}
	shown := dated.ReplaceAllString(answer, `${1}TIME`)
	var tidy bytes.Buffer
	if json.Indent(&tidy, []byte(strings.ReplaceAll(shown, "TIME", "0")), "", " ") == nil {
		shown = tidy.String()
	}
	fmt.Fprintf(&d.replies, "== %s %s %s: %d\n%s\n", method, d.hidden(path), d.hidden(string(asked)), status, d.hidden(shown))
	var out object
	_ = json.Unmarshal([]byte(answer), &out) // not all answers are objects
	return out
}

func (d *desk) knows(id string) bool {
	for _, known := range d.ids {
		if known == id {
			return true
		}
	}
	return false
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

// patch is the body of an update.
func patch(operations ...object) object { return object{"patchOperations": operations} }

func replace(path string, value any) object {
	return object{"op": "replace", "path": path, "value": value}
}
