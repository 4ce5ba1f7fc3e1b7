package cloudformation

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"sluice/internal/account"
	"sluice/internal/api/wire"
	"sluice/internal/api/wire/sigv4"
	"sluice/internal/client"
	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/stack"
	"sluice/internal/stack/transform"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var update = flag.Bool("update", false, "write the golden files anew")

const owner = "000000000000"

// desk is the API on records of its own, with resources that are nowhere and two objects.
type desk struct {
	t       *testing.T
	key     account.Key
	server  *wire.Server
	stacks  *stack.Service
	records *store.Store
	replies strings.Builder // to what record asked
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	records, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	stacks := stack.New(stack.Config{Store: records, Provider: things{}, Expand: expand, Alarms: silence{}, Logger: slog.New(slog.DiscardHandler)})
	if err := stacks.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stacks.Close()
		if err := records.Close(); err != nil {
			t.Error(err)
		}
	})
	key := account.NewKey()
	service := New(Config{Stacks: stacks, Types: things{}, Objects: shelf{}})
	server := wire.NewServer(wire.Config{Logger: slog.New(slog.DiscardHandler), Keys: keys{account.NewKeyring(owner, key)}}, service)
	return &desk{t: t, key: key, server: server, stacks: stacks, records: records}
}

type keys struct{ ring *account.Keyring }

func (k keys) Secret(id, token string) (sigv4.Identity, bool) {
	h, ok := k.ring.Holder(id, token)
	return sigv4.Identity{AccessKeyID: id, Secret: h.Secret, Account: h.Account, ARN: h.ARN(), Expires: h.Expires}, ok
}

// expand applies transforms, and knows no snippets.
func expand(_ context.Context, source stack.Source) (map[string]any, error) {
	return transform.Expand(source, transform.Options{})
}

// silence are alarms of which none rings.
type silence struct{}

func (silence) Ringing(context.Context, string) (bool, error) { return false, nil }

// things makes resources of one type. What its Value says happens: "fail" can't be made, "wait" is not ready before it is cancelled, "hold"
// can't be gone back to, and "stay" can't be deleted.
type things struct{}

var thing = &stack.Schema{
	Type: "Test::Any::Thing", Attributes: []string{"Arn"},
	Properties: map[string]*stack.Property{
		"Name":  {Kind: stack.String, Replaces: true},
		"Value": {Kind: stack.String, Required: true},
		"Tags":  {Kind: stack.Map, Items: &stack.Property{Kind: stack.String}},
		"Rules": {Kind: stack.List, Items: &stack.Property{Kind: stack.Object, Fields: map[string]*stack.Property{"Rate": {Kind: stack.Number}}}},
		"Text":  {Kind: stack.JSON},
		"Any":   {},
	},
}

func (things) Schema(resourceType string) (*stack.Schema, bool) {
	return thing, resourceType == thing.Type
}

func (things) Create(ctx context.Context, o *stack.Order) (*stack.Made, error) {
	if err := outcome(ctx, o); err != nil {
		return nil, err
	}
	return &stack.Made{PhysicalID: "thing-" + o.LogicalID, Attributes: map[string]any{"Arn": "arn:thing:" + o.LogicalID}}, nil
}

func outcome(ctx context.Context, o *stack.Order) error {
	switch value := o.Properties["Value"]; {
	case value == "fail", value == "hold" && o.Undo:
		return errors.New("Resource handler returned message: it fails")
	case value == "wait":
		<-ctx.Done()
		return context.Cause(ctx)
	}
	return nil
}

func (things) Update(ctx context.Context, o *stack.Order) (*stack.Made, error) {
	if err := outcome(ctx, o); err != nil {
		return nil, err
	}
	return &stack.Made{PhysicalID: o.PhysicalID, Attributes: o.Attributes}, nil
}

// Commit has nothing to do.
func (things) Commit(context.Context, *stack.Order) error { return nil }

func (things) Delete(_ context.Context, o *stack.Order) error {
	if o.Properties["Value"] == "stay" {
		return errors.New("Resource handler returned message: it stays")
	}
	return nil
}

// shelf has the objects simple.json and policy.json in the bucket "shelf".
type shelf struct{}

func (shelf) ReadObject(_ context.Context, _ function.Scope, bucket, key, _ string, limit int64) ([]byte, error) {
	switch {
	case bucket != "shelf":
		return nil, fault.Errorf(fault.NotFound, "bucket", "The specified bucket does not exist")
	case key == "simple.json":
		return []byte(simple), nil
	case key == "policy.json":
		return []byte(allowsAll), nil
	case key == "binary":
		return []byte("\xff"), nil
	}
	return nil, fault.Errorf(fault.NotFound, "object", "The specified key does not exist.")
}

const (
	simple    = `{"Resources":{"One":{"Type":"Test::Any::Thing","Properties":{"Value":"1"}}}}`
	allowsAll = `{"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"}]}`
)

// call makes a signed request with parameters that stand in pairs, and returns the status and the body of the answer.
func (d *desk) call(operation string, parameters ...string) (int, string) {
	d.t.Helper()
	form := url.Values{"Action": {operation}, "Version": {"2010-05-15"}}
	for i := 0; i < len(parameters); i += 2 {
		form.Set(parameters[i], parameters[i+1])
	}
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	c := client.Client{Key: d.key, URL: "http://sluice:4566"}
	r, err := c.Request(d.t.Context(), "cloudformation", "POST", "/", header, []byte(form.Encode()))
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
	if got != status || !strings.Contains(body, "<Code>"+code+"</Code>") || !strings.Contains(body, part) {
		d.t.Errorf("%s: %d %s\nwant %d %s with %q", operation, got, body, status, code, part)
	}
}

// record makes a call whose whole answer is to be looked at.
func (d *desk) record(operation string, parameters ...string) string {
	d.t.Helper()
	status, body := d.call(operation, parameters...)
	fmt.Fprintf(&d.replies, "== %s %q: %d\n%s\n", operation, masked(fmt.Sprint(parameters)), status, strings.ReplaceAll(masked(body), "><", ">\n<"))
	return body
}

// settle waits until a stack does nothing more, and returns its ID.
func (d *desk) settle(name string) string {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), 20*time.Second)
	defer cancel()
	found, err := d.stacks.Stack(ctx, here, name)
	if err == nil {
		found, err = d.stacks.Wait(ctx, found.ID)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return found.ID
}

// create makes a stack and waits for it.
func (d *desk) create(name, template string, parameters ...string) string {
	d.t.Helper()
	d.must("CreateStack", append([]string{"StackName", name, "TemplateBody", template}, parameters...)...)
	return d.settle(name)
}

// here is where the desk's stacks are.
var here = function.Scope{Account: owner, Region: "us-east-1"}

// valued is a template of one thing with a value.
func valued(value string) string { return strings.Replace(simple, `"1"`, strconv.Quote(value), 1) }

// wantIn makes a call that succeeds, and wants parts in its answer.
func (d *desk) wantIn(parts []string, operation string, parameters ...string) {
	d.t.Helper()
	body := d.must(operation, parameters...)
	for _, part := range parts {
		if !strings.Contains(body, part) {
			d.t.Errorf("%s answers no %s:\n%s", operation, part, body)
		}
	}
}

// wantStatus waits until a stack, named or by its ID, does nothing more, and wants its status, and its reason with a part.
func (d *desk) wantStatus(id, status, reason string) {
	d.t.Helper()
	d.settle(id)
	parts := []string{"<StackStatus>" + status + "</StackStatus>"}
	if reason != "" {
		parts = append(parts, "<StackStatusReason>"+reason)
	}
	d.wantIn(parts, "DescribeStacks", "StackName", id)
}

var changing = []struct {
	pattern *regexp.Regexp
	stand   string
}{
	{regexp.MustCompile(`20[0-9-]{8}T[0-9:.]{8,12}Z`), "TIME"},
	{regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`), "UUID"},
	{regexp.MustCompile(`(_[A-Z]+-)[0-9TZ:.-]{8,}`), "${1}TIME"},
}

// masked is a text with stand-ins for what is another one each time.
func masked(text string) string {
	for _, c := range changing {
		text = c.pattern.ReplaceAllString(text, c.stand)
	}
	return text
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
