package resource_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/internal/account"
	"sluice/internal/api/resource"
	"sluice/internal/api/wire"
	"sluice/internal/client"
	"sluice/internal/clock"
	"sluice/internal/server"
	"sluice/internal/stack"
	"sluice/internal/store/prepared"
)

const (
	owner    = "000000000000"
	region   = "us-east-1"
	roleARN  = "arn:aws:iam::" + owner + ":role/r"
	lambda   = "arn:aws:lambda:" + region + ":" + owner + ":function:"
	theStack = "arn:aws:cloudformation:" + region + ":" + owner + ":stack/app/5a7f"
)

type object = map[string]any

// fixture is a server whose provider takes orders.
type fixture struct {
	t        testing.TB
	provider *resource.Provider
	url      string
	key      account.Key
	region   string
	count    int
}

// newFixture starts a server of the test's own: for what belongs to an account and to no region, such as roles.
func newFixture(t testing.TB, scale clock.Scale) *fixture {
	t.Helper()
	s := start(t, t.TempDir(), scale)
	t.Cleanup(func() {
		if err := closed(s); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return &fixture{t: t, provider: s.provider, url: s.URL(), key: s.Key(), region: region}
}

// running is a server with what makes the resources of its stacks.
type running struct {
	*server.Server
	provider *resource.Provider
}

func start(t testing.TB, data string, scale clock.Scale) (s running) {
	t.Helper()
	var err error
	s.Server, err = server.Start(context.WithoutCancel(t.Context()), server.Config{
		Listen: "127.0.0.1:0", Data: prepared.Folder(t, data), Scale: scale, Logger: slog.New(slog.DiscardHandler),
		Provider: func(own stack.Provider) stack.Provider {
			s.provider = own.(*resource.Provider)
			return own
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closed(s running) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	return s.Close(ctx)
}

// shared are the servers that tests have together, by their scales. Each test has a region to itself.
var shared struct {
	sync.Mutex
	folder  string
	servers map[clock.Scale]running
	regions int
}

// inRegion returns a region of a server that other tests use as well.
func inRegion(t testing.TB, scale clock.Scale) *fixture {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	s, there := shared.servers[scale]
	if !there {
		s = start(t, filepath.Join(shared.folder, fmt.Sprint(scale)), scale)
		shared.servers[scale] = s
	}
	shared.regions++
	name := "us-test" + string(rune('a'+shared.regions/26)) + string(rune('a'+shared.regions%26)) + "-1"
	return &fixture{t: t, provider: s.provider, url: s.URL(), key: s.Key(), region: name}
}

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "resource")
	if err != nil {
		panic(err)
	}
	shared.folder, shared.servers = folder, map[clock.Scale]running{}
	code := m.Run()
	for _, s := range shared.servers {
		err = errors.Join(err, closed(s))
	}
	if err := errors.Join(err, os.RemoveAll(folder)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// arn is that of something in the fixture's region, name that of a function.
func (f *fixture) arn(service, rest string) string {
	return "arn:aws:" + service + ":" + f.region + ":" + owner + ":" + rest
}

func (f *fixture) function(name string) string { return f.arn("lambda", "function:"+name) }

// order is one with a token of its own.
func (f *fixture) order(logicalID, resourceType string, properties object) *stack.Order {
	f.count++
	return &stack.Order{
		Stack:     stack.Owner{Account: owner, Region: f.region, ID: theStack, Name: "app", Tags: map[string]string{"team": "blue"}},
		LogicalID: logicalID, Type: resourceType, PhysicalID: "app-" + logicalID + "-0123456789AB",
		Token: fmt.Sprintf("0b9d3c1e-6a5f-4c1e-9a3e-%012d", f.count), Properties: properties,
	}
}

// create carries out an order that has to succeed, and makes it one for what there is now.
func (f *fixture) create(o *stack.Order) *stack.Made {
	f.t.Helper()
	made, err := f.provider.Create(f.t.Context(), o)
	if err != nil {
		f.t.Fatalf("create %s: %v", o.LogicalID, err)
	}
	o.PhysicalID, o.Attributes = made.PhysicalID, made.Attributes
	return made
}

// change is an order to update what another made, with some properties changed; nil takes one away.
func (f *fixture) change(o *stack.Order, changes object) *stack.Order {
	next := f.order(o.LogicalID, o.Type, object{})
	next.PhysicalID, next.Attributes, next.Old, next.UpdatePolicy = o.PhysicalID, o.Attributes, o.Properties, o.UpdatePolicy
	for _, properties := range []object{o.Properties, changes} {
		for name, value := range properties {
			if next.Properties[name] = value; value == nil {
				delete(next.Properties, name)
			}
		}
	}
	return next
}

func (f *fixture) update(o *stack.Order) *stack.Made {
	f.t.Helper()
	made, err := f.provider.Update(f.t.Context(), o)
	if err != nil {
		f.t.Fatalf("update %s: %v", o.LogicalID, err)
	}
	return made
}

// delete deletes what an order made, twice: the second time it is gone.
func (f *fixture) delete(o *stack.Order) {
	f.t.Helper()
	for range 2 {
		if err := f.provider.Delete(f.t.Context(), o); err != nil {
			f.t.Fatalf("delete %s: %v", o.LogicalID, err)
		}
	}
}

// call calls an operation that has to succeed.
func (f *fixture) call(service, operation string, in object) object {
	f.t.Helper()
	out, err := f.try(service, operation, in)
	if err != nil {
		f.t.Fatalf("%s: %v", operation, err)
	}
	return out
}

func (f *fixture) try(service, operation string, in object) (object, error) {
	return f.provider.Call(f.t.Context(), wire.Origin{Account: owner, Region: f.region}, service, operation, in)
}

// missing checks that a call is refused with a code.
func (f *fixture) missing(service, operation string, in object, code string) {
	f.t.Helper()
	var refused *wire.Error
	if _, err := f.try(service, operation, in); !errors.As(err, &refused) || refused.Code != code {
		f.t.Errorf("%s: %v, want %s", operation, err, code)
	}
}

// at returns a value in an answer, by the names and numbers on the way to it.
func at(value any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			found, _ := value.(map[string]any)
			value = found[step]
		case int:
			found, _ := value.([]any)
			if step >= len(found) {
				return nil
			}
			value = found[step]
		}
	}
	return value
}

// equal compares as text, so that numbers may be of any type.
func (f *fixture) equal(what string, got, want any) {
	f.t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		f.t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// notes collects what an order notes.
type notes struct {
	mu  sync.Mutex
	all []string
}

func (n *notes) of(o *stack.Order) *notes {
	o.Note = func(reason string) {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.all = append(n.all, reason)
	}
	return n
}

func (n *notes) text() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return strings.Join(n.all, "\n")
}

// eventually waits until something is so.
func eventually(t testing.TB, what string, so func() bool) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !so() {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not in 20 s", what)
		}
		<-time.After(2 * time.Millisecond)
	}
}

// zipped is a package of one file.
func zipped(t testing.TB, name, content string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	file, err := w.Create(name)
	if err == nil {
		_, err = file.Write([]byte(content))
	}
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// put puts an object into a bucket: BUCKET/KEY.
func (f *fixture) put(path string, content []byte) {
	f.t.Helper()
	sum := sha256.Sum256(content)
	c := client.Client{URL: f.url, Key: f.key, Region: f.region}
	r, err := c.Request(f.t.Context(), "s3", http.MethodPut, "/"+path, http.Header{"X-Amz-Content-Sha256": {hex.EncodeToString(sum[:])}}, content)
	if err != nil {
		f.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		f.t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(answer.Body)
		f.t.Fatalf("put %s: %s: %s", path, answer.Status, text)
	}
}
