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
	count    int
}

func newFixture(t testing.TB, scale clock.Scale) *fixture {
	t.Helper()
	data := prepared.Folder(t, t.TempDir())
	s, err := server.Start(t.Context(), server.Config{Listen: "127.0.0.1:0", Data: data, Scale: scale, Logger: slog.New(slog.DiscardHandler)})
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
	return &fixture{t: t, provider: s.Resources(), url: s.URL(), key: s.Key()}
}

// order is one with a token of its own.
func (f *fixture) order(logicalID, resourceType string, properties object) *stack.Order {
	f.count++
	return &stack.Order{
		Stack:     stack.Owner{Account: owner, Region: region, ID: theStack, Name: "app", Tags: map[string]string{"team": "blue"}},
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
	return f.provider.Call(f.t.Context(), wire.Origin{Account: owner, Region: region}, service, operation, in)
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
	c := client.Client{URL: f.url, Key: f.key}
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
