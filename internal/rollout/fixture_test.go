package rollout_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"sluice/internal/fault"
	"sluice/internal/function"
	"sluice/internal/rollout"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var scope = function.Scope{Account: "123456789012", Region: "eu-central-1"}

const role = "arn:aws:iam::123456789012:role/deploy"

// openStore opens records that are closed with the test.
func openStore(t testing.TB, folder string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), store.Config{Folder: prepared.Folder(t, folder)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// newService returns a started service on records of its own whose aliases can't fail.
func newService(t testing.TB) *rollout.Service {
	t.Helper()
	return startService(t, rollout.ServiceConfig{Store: openStore(t, t.TempDir()), Traffic: newTraffic()})
}

func startService(t testing.TB, cfg rollout.ServiceConfig) *rollout.Service {
	t.Helper()
	s := rollout.NewService(cfg)
	if err := s.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// mustGroup makes a group of the application app, which it makes if it is missing.
func mustGroup(t testing.TB, s *rollout.Service, name, config string) {
	t.Helper()
	ctx := context.Background()
	if _, err := s.CreateApplication(ctx, scope, "app", nil); err != nil && !fault.Is(err, fault.Conflict, "application") {
		t.Fatal(err)
	}
	_, err := s.CreateGroup(ctx, rollout.Group{Scope: scope, Application: "app", Name: name, Config: config, ServiceRole: role})
	if err != nil {
		t.Fatal(err)
	}
}

func wantFault(t testing.TB, err error, kind fault.Kind, noun string) {
	t.Helper()
	if !fault.Is(err, kind, noun) {
		t.Errorf("error %v, want %s %q", err, kind, noun)
	}
}

// request asks for a deployment of the function f's alias live from version 1 to 2 in a group.
func request(group string) rollout.Request {
	return rollout.Request{Scope: scope, Application: "app", Group: group,
		Revision: rollout.Revision{Type: "AppSpecContent", Content: yamlSpec}}
}

// traffic stands in for the functions: every alias exists and points to version 1, unless it was moved.
type traffic struct {
	mu      sync.Mutex
	aliases map[string]*alias // by function and name
	refuse  error             // what a claim meets with
	broken  error             // what a move meets with
	missing bool              // whether moves find no alias
	version function.Number   // that every alias points to which was not moved; 0 means 1
	warming chan struct{}     // if not nil, Warm waits for it
}

type alias struct {
	owner   string
	moves   []function.Move // each, as it was made
	changed []time.Time
}

// at is the version that the alias points to alone.
func (a *alias) at(first function.Number) function.Number {
	if len(a.moves) == 0 {
		return max(first, 1)
	}
	last := a.moves[len(a.moves)-1]
	if last.Weight == 1 {
		return last.Target
	}
	return last.Current
}

func newTraffic() *traffic { return &traffic{aliases: map[string]*alias{}} }

func (f *traffic) alias(m function.Move) *alias {
	key := m.Function.Name + ":" + m.Alias
	if f.aliases[key] == nil {
		f.aliases[key] = &alias{}
	}
	return f.aliases[key]
}

func (f *traffic) Claim(_ context.Context, m function.Move) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	a := f.alias(m)
	switch {
	case f.refuse != nil:
		return f.refuse
	case a.owner != "" && a.owner != m.Deployment:
		return fault.Errorf(fault.Conflict, "deployment", "The alias is being moved by the deployment %s.", a.owner)
	case a.owner == "" && a.at(f.version) != m.Current && (!m.Return || a.at(f.version) != m.Target):
		return fault.Errorf(fault.Conflict, "alias", "The alias points to version %v.", a.at(f.version))
	}
	a.owner = m.Deployment
	return nil
}

func (f *traffic) Move(_ context.Context, m function.Move) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	a := f.alias(m)
	switch {
	case f.broken != nil:
		return f.broken
	case f.missing:
		return fault.Errorf(fault.NotFound, "alias", "There is no such alias.")
	case a.owner != m.Deployment && m.Last:
		return nil
	case a.owner != m.Deployment:
		return fault.Errorf(fault.Conflict, "deployment", "The alias is not the deployment %s's to move.", m.Deployment)
	}
	a.moves = append(a.moves, m)
	a.changed = append(a.changed, time.Now())
	if m.Last {
		a.owner = m.Heir
	}
	return nil
}

func (f *traffic) Warm(ctx context.Context, _ function.ID, _ function.Number) error {
	if f.warming != nil {
		select {
		case <-f.warming:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (f *traffic) set(change func(*traffic)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(f)
}

// weights are the shares in percent that the alias live of a function was given, without repetitions.
func (f *traffic) weights(name string) (weights []int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a := f.aliases[name+":live"]; a != nil {
		for _, m := range a.moves {
			weights = append(weights, int(m.Weight*100+0.5))
		}
	}
	return slices.Compact(weights)
}

var errBroken = errors.New("the disk is full")

func mustCreate(t testing.TB, s *rollout.Service, r rollout.Request) *rollout.Deployment {
	t.Helper()
	d, err := s.CreateDeployment(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// finish waits until a deployment shows its end, for half a minute at most.
func finish(t testing.TB, s *rollout.Service, d *rollout.Deployment) *rollout.Deployment {
	t.Helper()
	deadline := time.After(30 * time.Second)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		found, err := s.Deployment(context.Background(), d.Scope, d.ID)
		if err != nil {
			t.Fatal(err)
		}
		if found.Status().Ended() {
			return found
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("the deployment %s is %s", d.ID, found.Status())
		}
	}
}
