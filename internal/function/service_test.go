package function_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

// bench is a Service on a real store, with processes that only say which version they are.
type bench struct {
	*function.Service
	host  *fakeHost
	meter *fakeMeter
	store *store.Store
	id    function.ID
}

func newBench(t *testing.T) *bench {
	t.Helper()
	records, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { records.Close() })
	b := &bench{host: &fakeHost{}, meter: &fakeMeter{}, store: records}
	b.Service = function.NewService(records, fakePackages{}, b.host, b.meter)
	b.id = function.ID{Scope: function.Scope{Account: "000000000000", Region: "us-east-1"}, Name: "calculator"}
	return b
}

// create makes the bench's function with the given code.
func (b *bench) create(t *testing.T, code string) *function.Version {
	t.Helper()
	v, err := b.Create(t.Context(), function.Creation{ID: b.id, Config: config(), Package: strings.NewReader(code)})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// release publishes code as the next version; the first call creates the function.
func (b *bench) release(t *testing.T, code string) function.Number {
	t.Helper()
	if _, err := b.Find(t.Context(), b.id, ""); err != nil {
		b.create(t, code)
	} else if _, err := b.UpdateCode(t.Context(), b.id, function.CodeChange{Package: strings.NewReader(code)}); err != nil {
		t.Fatal(err)
	}
	v, err := b.Publish(t.Context(), b.id, function.Publication{})
	if err != nil {
		t.Fatal(err)
	}
	return v.Number
}

// alias makes an alias of two fresh versions that points to the first.
func (b *bench) alias(t *testing.T, name string) *function.Alias {
	t.Helper()
	for n := range 2 {
		b.release(t, fmt.Sprintf("code %d", n+1))
	}
	a, err := b.CreateAlias(t.Context(), b.id, name, function.AliasChange{Version: new(function.Number(1))})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// invoke returns the version that ran.
func (b *bench) invoke(t *testing.T, qualifier string) function.Number {
	t.Helper()
	answer, err := b.Invoke(t.Context(), &function.Invocation{Function: b.id, Qualifier: qualifier})
	if err != nil {
		t.Fatal(err)
	}
	return answer.Executed
}

func config() function.Config {
	return function.Config{Runtime: "provided.al2023", Handler: "bootstrap", Role: "arn:aws:iam::000000000000:role/r"}
}

// wantFault fails unless err is of the kind and about the noun.
func wantFault(t *testing.T, err error, kind fault.Kind, noun string) {
	t.Helper()
	if !fault.Is(err, kind, noun) {
		t.Errorf("error %v, want %v %q", err, kind, noun)
	}
}

type fakePackages struct{}

func (fakePackages) Put(_ context.Context, zip function.Content) (function.Code, error) {
	if zip == nil { // a test that does not care
		zip = strings.NewReader("")
	}
	content, err := io.ReadAll(io.NewSectionReader(zip, 0, zip.Size()))
	if err != nil || string(content) == "broken" {
		return function.Code{}, fault.Errorf(fault.Invalid, "package", "broken: %w", err)
	}
	sum := sha256.Sum256(content)
	return function.Code{SHA256: base64.StdEncoding.EncodeToString(sum[:]), Size: zip.Size(), Unzipped: zip.Size()}, nil
}

func (p fakePackages) Check(ctx context.Context, zip function.Content) (function.Code, error) {
	return p.Put(ctx, zip)
}

type fakeHost struct {
	mu    sync.Mutex
	pools []*fakePool
}

func (h *fakeHost) Pool(v *function.Version) function.Pool {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := &fakePool{version: v}
	h.pools = append(h.pools, p)
	return p
}

// retired returns the numbers of the versions whose pools were retired, in the order of the pools.
func (h *fakeHost) retired() (numbers []function.Number) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.pools {
		if p.retirements > 0 {
			numbers = append(numbers, p.version.Number)
		}
	}
	return numbers
}

// holds is how often a version is held.
func (h *fakeHost) holds(n function.Number) (holds int) {
	for _, p := range h.pools {
		if p.version.Number == n {
			holds += p.holds
		}
	}
	return holds
}

type fakePool struct {
	fakeProvision
	version     *function.Version
	retirements int
	warmed      int
	holds       int
	err         error  // what Invoke answers, if anything
	during      func() // runs while a call runs
	mu          sync.Mutex
	last        function.Call // callers may run at once, hence mu
}

func (p *fakePool) Invoke(_ context.Context, call *function.Call) (*function.Outcome, error) {
	if p.err != nil {
		return nil, p.err
	}
	call.Begin()
	defer call.End()
	if p.during != nil {
		p.during()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = *call
	return &function.Outcome{Provisioned: call.Provisioned, Payload: []byte(p.version.Code.SHA256), Failed: string(call.Payload) == "fail"}, nil
}

func (p *fakePool) Warm(_ context.Context, n int) error { p.warmed = n; return nil }
func (p *fakePool) Hold()                               { p.holds++ }
func (p *fakePool) Release()                            { p.holds-- }
func (p *fakePool) Retire()                             { p.retirements++ }

type fakeMeter struct {
	mu      sync.Mutex
	samples []function.Sample
}

func (m *fakeMeter) Record(s function.Sample) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.samples = append(m.samples, s)
}
