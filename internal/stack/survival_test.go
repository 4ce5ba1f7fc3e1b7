package stack_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"sluice/internal/stack"
	"sluice/internal/store"
	"sluice/internal/store/prepared"
)

var errKilled = errors.New("the server was killed")

// mortal is a store and a provider that die together after some writes: what comes later fails and changes nothing.
type mortal struct {
	stack.Store
	*cloud
	mu     sync.Mutex
	writes int // that are left; guarded by mu
	fails  map[string]bool
	hold   <-chan struct{} // an order that fails waits for it; nil: it does not
}

func (m *mortal) dead() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.writes <= 0
}

func (m *mortal) WriteStacks(ctx context.Context, write func(stack.Tx) error) error {
	m.mu.Lock()
	m.writes--
	dead := m.writes <= 0
	m.mu.Unlock()
	if dead {
		return errKilled
	}
	return m.Store.WriteStacks(ctx, write)
}

func (m *mortal) ReadStacks(ctx context.Context, read func(stack.Reader) error) error {
	if m.dead() {
		return errKilled
	}
	return m.Store.ReadStacks(ctx, read)
}

// Each order may find the server dead before it is carried out, or after that.
func (m *mortal) Create(ctx context.Context, o *stack.Order) (*stack.Made, error) {
	if err := m.refusal("create", o); err != nil {
		return nil, err
	}
	return m.cloud.Create(ctx, o)
}

func (m *mortal) Update(ctx context.Context, o *stack.Order) (*stack.Made, error) {
	if err := m.refusal("update", o); err != nil {
		return nil, err
	}
	return m.cloud.Update(ctx, o)
}

func (m *mortal) Delete(ctx context.Context, o *stack.Order) error {
	if err := m.refusal("delete", o); err != nil {
		return err
	}
	return m.cloud.Delete(ctx, o)
}

func (m *mortal) refusal(verb string, o *stack.Order) error {
	switch {
	case m.dead():
		return errKilled
	case !o.Undo && m.fails[verb+" "+o.LogicalID]:
		if m.hold != nil {
			<-m.hold
		}
		return errors.New("refused")
	}
	return nil
}

// design is a random set of things: by logical ID their values, their own names, and to which others they refer.
type design map[string]struct {
	value, name int
	needs       []string
}

func designs(t *rapid.T) design {
	d := design{}
	ids := []string{"A", "B", "C", "D", "E"}
	for i, id := range ids {
		if i > 0 && rapid.Bool().Draw(t, "without "+id) {
			continue
		}
		spec := d[id]
		spec.value, spec.name = rapid.IntRange(0, 2).Draw(t, "value"), rapid.IntRange(0, 1).Draw(t, "name")
		for _, other := range ids[:i] {
			if _, there := d[other]; there && rapid.Bool().Draw(t, id+" needs "+other) {
				spec.needs = append(spec.needs, other)
			}
		}
		d[id] = spec
	}
	return d
}

func (d design) template() string {
	var b strings.Builder
	b.WriteString("Resources:\n")
	for _, id := range slices.Sorted(maps.Keys(d)) {
		fmt.Fprintf(&b, "  %s:\n    Type: Test::Thing\n    Properties:\n      Value: '%d'\n      Name: %s%d\n", id, d[id].value, id, d[id].name)
		if needs := d[id].needs; len(needs) > 0 {
			fmt.Fprintf(&b, "      Needed: !Join [',', [!Ref %s]]\n", strings.Join(needs, ", !Ref "))
		}
	}
	return b.String()
}

// values are what a cloud has when the design is there.
func (d design) values() (found []string) {
	for id, spec := range d {
		found = append(found, fmt.Sprintf("%s%d=%d", id, spec.name, spec.value))
	}
	slices.Sort(found)
	return found
}

// world is one history of servers that are killed on one set of records, as rapid draws it.
type world struct {
	*mortal
	t       *testing.T
	rt      *rapid.T
	service *stack.Service
	there   []string // what the cloud has to have
	updates bool     // the stack was made
}

// live starts a server that is killed after some writes.
func (w *world) live(writes int) {
	w.mu.Lock()
	w.writes = writes
	w.mu.Unlock()
	w.service = stack.New(stack.Config{Store: w.mortal, Provider: w.mortal})
	if err := w.service.Start(w.t.Context()); err != nil && !errors.Is(err, errKilled) {
		w.rt.Fatal(err)
	}
}

// rest lets servers be killed and started until the stack rests; nil if there is none.
func (w *world) rest() *stack.Stack {
	for {
		found, err := w.service.Stack(w.t.Context(), scope, "shop")
		if err == nil {
			if found, err = w.service.Wait(w.t.Context(), found.ID); err == nil {
				return found
			}
		} else if !w.dead() {
			return nil
		}
		w.service.Close()
		w.live(rapid.SampledFrom([]int{3, 7, 15, 1000}).Draw(w.rt, "writes of the next server"))
	}
}

// operate makes the stack, or updates it, to a random design with random failures. It returns false if the stack is of no use any more.
func (w *world) operate() bool {
	d := designs(w.rt)
	w.fails = map[string]bool{}
	for _, id := range slices.Sorted(maps.Keys(d)) {
		w.fails[rapid.SampledFrom([]string{"none ", "none ", "none ", "none ", "none ", "none ", "create ", "update "}).Draw(w.rt, "failure")+id] = true
	}
	w.live(rapid.SampledFrom([]int{1000, 25, 15, 8, 4, 2}).Draw(w.rt, "writes"))
	var err error
	if !w.updates {
		_, err = w.service.Create(w.t.Context(), request(d.template()))
	} else {
		_, err = w.service.Update(w.t.Context(), request(d.template()))
		if err == nil && rapid.Bool().Draw(w.rt, "cancelled") {
			w.service.Cancel(w.t.Context(), scope, "shop", "")
		}
	}
	found := w.rest()
	w.service.Close()
	switch {
	case found == nil || err != nil: // nothing began, or there was nothing to change
	case found.Status == stack.CreateComplete || found.Status == stack.UpdateComplete:
		w.there, w.updates = d.values(), true
	case found.Status == stack.RollbackComplete:
		w.there = nil
	case found.Status != stack.UpdateRollbackComplete:
		w.rt.Fatalf("the stack rests in %s %s", found.Status, found.Reason)
	}
	if got := w.values(); !slices.Equal(got, w.there) {
		w.rt.Fatalf("there is %v, want %v; orders %v", got, w.there, w.told())
	}
	return found == nil || found.Status != stack.RollbackComplete
}

// end deletes the stack, after which nothing may be left.
func (w *world) end() {
	w.fails = nil
	w.live(1000)
	defer func() { w.service.Close() }()
	if err := w.service.Delete(w.t.Context(), stack.Deletion{Scope: scope, Name: "shop"}); err != nil {
		w.rt.Fatal(err)
	}
	if left := w.rest(); left != nil && left.Status != stack.DeleteComplete {
		w.rt.Fatalf("the stack rests in %s", left.Status)
	}
	if left := w.values(); len(left) > 0 || len(w.clashes) > 0 {
		w.rt.Fatalf("left are %v; at once came %v", left, w.clashes)
	}
	for name, times := range w.made {
		if w.deleted[name] != times {
			w.rt.Fatalf("%s was made %d times and deleted %d times; orders %v", name, times, w.deleted[name], w.told())
		}
	}
}

// Whatever fails, and whenever the server is killed: each operation ends, in what was asked for or in what was there before, nothing is made
// twice, and nothing is left behind.
func TestOperationsSurviveFailuresAndKills(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		records, err := store.Open(t.Context(), store.Config{Folder: prepared.Folder(t, t.TempDir())})
		if err != nil {
			rt.Fatal(err)
		}
		defer records.Close()
		w := &world{mortal: &mortal{Store: records, cloud: newCloud()}, t: t, rt: rt}
		for range rapid.IntRange(2, 4).Draw(rt, "operations") {
			if !w.operate() {
				break
			}
		}
		w.end()
	})
}

// What a killed server had begun to make when something else failed is there, perhaps, and nobody has noted so.
func TestRollbackFindsWhatAKilledServerHadBegunToMake(t *testing.T) {
	b := newBench(t)
	m := &mortal{Store: b.store, cloud: b.cloud, writes: 1000, fails: map[string]bool{"create B": true}}
	begun := make(chan struct{})
	b.cloud.after = func(ctx context.Context, verb string, o *stack.Order) error {
		if verb == "create" && !o.Repeated {
			close(begun)
			<-ctx.Done() // the failure of B is on disk
			m.mu.Lock()
			m.writes = 0
			m.mu.Unlock()
		}
		return nil
	}
	m.hold = begun
	b.cfg.Store, b.cfg.Provider = m, m
	b.Service = stack.New(b.cfg)
	s, err := b.Create(t.Context(), request(things("A=1", "B=1")))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Wait(t.Context(), s.ID); !errors.Is(err, errKilled) {
		t.Fatalf("the server was not killed: %v", err)
	}
	m.writes, m.fails = 1000, nil
	b.restart()
	wantStatus(t, b.rest(s.ID), stack.RollbackComplete, "")
	wantLines(t, "the orders", b.cloud.told(), []string{"create A", "create A repeated", "delete A"})
	wantLines(t, "what is there", b.cloud.values(), nil)
}
